import { isVendorError } from "../../resources/kernel/errors.ts";
import type { Cause } from "../access/lookup.ts";
import { isFailure } from "../command/failure.ts";
import { unlessAborted } from "../command/interrupted.ts";

/** The result of one check. */
export interface Result {
  readonly outcome: "holds" | "fails" | "skipped";
  /** What was checked. */
  readonly what: string;
  /** What was seen. */
  readonly evidence: string;
  /** What to do; present when the check fails. */
  readonly fix?: string;
  /** The fault that prevented the check. It is reported once, with everything that it leaves unknown. */
  readonly cause?: Cause;
}

/** A check of something live. It changes nothing except what it created itself. */
export interface Check<Context> {
  readonly name: string;
  readonly title: string;
  readonly run: (context: Context) => Promise<Result[]>;
}

/** A check with its results. */
export interface CheckRun {
  readonly name: string;
  readonly title: string;
  readonly results: readonly Result[];
}

export const holds = (what: string, evidence: string): Result => ({ outcome: "holds", what, evidence });
export const fails = (what: string, evidence: string, fix: string): Result => ({
  outcome: "fails",
  what,
  evidence,
  fix,
});
export const skipped = (what: string, evidence: string): Result => ({ outcome: "skipped", what, evidence });

/** Not checked because of another fault: its result is unknown, and the report counts as broken. */
export const unknown = (what: string, cause: Cause): Result => ({
  outcome: "skipped",
  what,
  evidence: `not looked at: ${cause.what}`,
  cause,
});

/** Why the apps of the local stack are not checked. */
export const appsDoNotRun = "the local apps run as long as `npm start` does: start it in another terminal";

/** Runs the checks in parallel, except those to be skipped. A vendor's refusal becomes the check's result. */
export const runChecks = <Context extends { readonly signal: AbortSignal }>(
  checks: readonly Check<Context>[],
  context: Context,
  skip: readonly string[] = [],
): Promise<CheckRun[]> =>
  Promise.all(
    checks
      .filter(({ name }) => !skip.includes(name))
      .map(async (check) => ({ name: check.name, title: check.title, results: await resultsOf(check, context) })),
  );

async function resultsOf<Context extends { readonly signal: AbortSignal }>(
  { title, run }: Check<Context>,
  context: Context,
): Promise<Result[]> {
  try {
    return await unlessAborted(context.signal, run(context));
  } catch (error) {
    context.signal.throwIfAborted();
    const fix = "fix that first, then run this again";
    if (isVendorError(error)) return [unknown(title, { what: error.message, fix })];
    if (isFailure(error)) return [unknown(title, { what: error.message, fix: error.fix ?? fix })];
    throw error;
  }
}
