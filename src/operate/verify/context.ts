import type { VariableName } from "../../catalog/environment.ts";
import type { App } from "../../catalog/variable.ts";
import type { Clock } from "../../resources/kernel/clock.ts";
import type { Access } from "../access/access.ts";
import type { AppVariables } from "../access/apps.ts";
import type { DeployedDigests } from "../access/deployed-digests.ts";
import { expectedValue } from "../access/expected.ts";
import type { PostHogQueries } from "../access/posthog.ts";
import type { SentryReleases } from "../access/releases.ts";
import type { SentryIssues } from "../access/sentry.ts";
import type { DashboardView } from "../changes/dashboards.ts";
import type { Check } from "../checks/check.ts";

/** What the checks work with: what the apps really have, and what the stack says that they should. */
export interface VerifyContext {
  readonly access: Access;
  readonly apps: Readonly<Record<App, AppVariables>>;
  /** DSN of each app's key in Sentry, as the stack made it. */
  readonly dsns: Readonly<Record<App, string | undefined>>;
  /** What the last `up` wrote, for what only its state says. */
  readonly deployedDigests: DeployedDigests;
  readonly dashboards: readonly DashboardView[];
  readonly posthog: PostHogQueries;
  readonly sentry: SentryIssues;
  readonly releases: SentryReleases;
  /** Where the deployed browser app is; undefined when nobody knows. */
  readonly appUrl: string | undefined;
  /** Whether there are apps to ask at all: the local ones run with `npm start` alone. */
  readonly appsRun: boolean;
  readonly healthUrl: string;
  /** How long something may take to arrive. */
  readonly patienceMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export type VerifyCheck = Check<VerifyContext>;

/** The same, for what is known not to arrive: it is looked for once. */
export const withoutPatience = (context: VerifyContext): VerifyContext => ({ ...context, patienceMs: 0 });

/** A live value beside what the stack says of it, by its digest where that is a secret. */
export function compareWithStack(
  name: VariableName,
  live: string,
  { access, dsns, deployedDigests }: Pick<VerifyContext, "access" | "dsns" | "deployedDigests">,
): "same" | "different" | "not compared" {
  const expected = expectedValue(name, access, dsns);
  const { digest, digests } = deployedDigests;
  const wanted = expected === undefined ? digests.kind === "value" && digests.value.get(name) : digest(expected);
  if (!wanted) return "not compared";
  return wanted === digest(live) ? "same" : "different";
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
