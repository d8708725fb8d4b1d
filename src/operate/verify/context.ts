import type { VariableName } from "../../catalog/environment.ts";
import type { App } from "../../catalog/variable.ts";
import type { Access } from "../access/access.ts";
import type { AppVariables } from "../access/apps.ts";
import type { DeployedDigests } from "../access/deployed-digests.ts";
import { expectedValue } from "../access/expected.ts";
import type { PostHogQueries } from "../access/posthog.ts";
import type { SentryReleases } from "../access/releases.ts";
import type { SentryIssues } from "../access/sentry.ts";
import type { DashboardView } from "../changes/dashboards.ts";
import type { Check } from "../checks/check.ts";
import type { Patience } from "../checks/eventually.ts";

/** Input of the checks: what the apps really have, and what they should have. */
export interface VerifyContext extends Patience {
  readonly access: Access;
  readonly apps: Readonly<Record<App, AppVariables>>;
  /** DSN of each app's key in Sentry, from the stack. */
  readonly dsns: Readonly<Record<App, string | undefined>>;
  /** What the last `up` wrote, for values that are only in its state. */
  readonly deployedDigests: DeployedDigests;
  readonly dashboards: readonly DashboardView[];
  readonly posthog: PostHogQueries;
  readonly sentry: SentryIssues;
  readonly releases: SentryReleases;
  /** Address of the deployed browser app; undefined when it is not known. */
  readonly appUrl: string | undefined;
  /** Whether there are apps to check: the local ones run only while `npm start` does. */
  readonly appsRun: boolean;
  readonly healthUrl: string;
}

export type VerifyCheck = Check<VerifyContext>;

/** The same context with one single attempt, for what is expected not to arrive. */
export const withoutPatience = (context: VerifyContext): VerifyContext => ({ ...context, patienceMs: 0 });

/** Compares a live value with the stack's, by digest if it is a secret. */
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
