import { isVendorError } from "../../resources/kernel/errors.ts";
import type { Cause } from "../access/lookup.ts";
import { isFailure } from "../command/failure.ts";
import { unlessAborted } from "../command/interrupted.ts";

/** What one look found. */
export interface Result {
  readonly outcome: "holds" | "fails" | "skipped";
  /** What was looked at. */
  readonly what: string;
  /** What was seen. */
  readonly evidence: string;
  /** What to do; there when it fails. */
  readonly fix?: string;
  /** What kept it from being looked at, where that has to be mended: it is told once, with all that it keeps from being known. */
  readonly cause?: Cause;
}

/** A question about what is live; it never changes anything but what it made itself. */
export interface Check<Context> {
  readonly name: string;
  readonly title: string;
  readonly run: (context: Context) => Promise<Result[]>;
}

/** A check with what it found. */
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

/** Not looked at, for a reason that is a fault by itself: nothing is known of it, and not all is well. */
export const unknown = (what: string, cause: Cause): Result => ({
  outcome: "skipped",
  what,
  evidence: `not looked at: ${cause.what}`,
  cause,
});

/** Why the apps of the local stack are not asked. */
export const appsDoNotRun = "the local apps run as long as `npm start` does: start it in another terminal";

/** Runs checks at once, but for those that are left out. What a vendor refuses is what a check found. */
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
    const fix = "mend that first, then look again";
    if (isVendorError(error)) return [unknown(title, { what: error.message, fix })];
    if (isFailure(error)) return [unknown(title, { what: error.message, fix: error.fix ?? fix })];
    throw error;
  }
}
