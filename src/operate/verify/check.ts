import type { App } from "../../catalog/variable.ts";
import type { Clock } from "../../resources/kernel/clock.ts";
import { isVendorError } from "../../resources/kernel/errors.ts";
import type { Access } from "../access/access.ts";
import type { AppVariables } from "../access/apps.ts";
import type { PostHogQueries } from "../access/posthog.ts";
import type { SentryIssues } from "../access/sentry.ts";
import type { DashboardView } from "../changes/dashboards.ts";
import { isFailure } from "../command/failure.ts";

/** What one look found. */
export interface Result {
  readonly outcome: "holds" | "fails" | "skipped";
  /** What was looked at. */
  readonly what: string;
  /** What was seen. */
  readonly evidence: string;
  /** What to do; there when it fails. */
  readonly fix?: string;
}

/** What the checks work with: what the apps really have, and what the stack says that they should. */
export interface VerifyContext {
  readonly access: Access;
  readonly apps: Readonly<Record<App, AppVariables>>;
  /** DSN of each app's key in Sentry, as the stack made it. */
  readonly dsns: Readonly<Record<App, string | undefined>>;
  readonly dashboards: readonly DashboardView[];
  readonly posthog: PostHogQueries;
  readonly sentry: SentryIssues;
  /** Where the deployed browser app is; undefined when nobody said. */
  readonly appUrl: string | undefined;
  readonly healthUrl: string;
  /** How long something may take to arrive. */
  readonly patienceMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export interface Check {
  readonly name: string;
  readonly title: string;
  readonly run: (context: VerifyContext) => Promise<Result[]>;
}

export const holds = (what: string, evidence: string): Result => ({ outcome: "holds", what, evidence });
export const fails = (what: string, evidence: string, fix: string): Result => ({
  outcome: "fails",
  what,
  evidence,
  fix,
});
export const skipped = (what: string, evidence: string): Result => ({ outcome: "skipped", what, evidence });

/** Runs a check; what a vendor refuses is what it found. */
export async function resultsOf(
  { title, run }: Pick<Check, "title" | "run">,
  context: VerifyContext,
): Promise<Result[]> {
  try {
    return await run(context);
  } catch (error) {
    context.signal.throwIfAborted();
    if (isVendorError(error)) return [fails(title, error.message, "mend that first, then verify again")];
    if (isFailure(error)) return [fails(title, error.message, error.fix ?? "mend that first, then verify again")];
    throw error;
  }
}

const pauseMs = 2000;

/** Asks until there is an answer, as long as the patience lasts. Undefined: it never came. */
export async function eventually<T>(
  { clock, patienceMs, signal }: VerifyContext,
  ask: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const until = clock.now() + patienceMs;
  for (;;) {
    signal.throwIfAborted();
    const answer = await ask();
    if (answer !== undefined) return answer;
    const left = until - clock.now();
    if (left <= 0) return undefined;
    await clock.sleep(Math.min(pauseMs, left));
  }
}

/** "7 s" */
export const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`;
