import { liveVariables } from "../../../src/operate/access/apps.ts";
import { PostHogQueries } from "../../../src/operate/access/posthog.ts";
import { SentryReleases } from "../../../src/operate/access/releases.ts";
import { SentryIssues } from "../../../src/operate/access/sentry.ts";
import type { VerifyContext } from "../../../src/operate/verify/context.ts";
import { systemClock } from "../../../src/resources/kernel/clock.ts";
import type { Deployed } from "./deployed.ts";
import { writtenAt } from "./written.ts";

/** What the checks of `obs verify` work with at a deployed stack. They wait for nothing. */
export async function verifyContext(at: Deployed, change: Partial<VerifyContext> = {}): Promise<VerifyContext> {
  const { access, dsns, dashboards, appUrl } = at;
  return {
    ...{ access, dsns, appUrl, healthUrl: access.healthUrl, appsRun: true, patienceMs: 0, clock: systemClock },
    dashboards: dashboards as unknown as VerifyContext["dashboards"],
    apps: await liveVariables(access),
    deployedDigests: writtenAt(at),
    posthog: new PostHogQueries(access),
    sentry: new SentryIssues(access),
    releases: new SentryReleases(access),
    signal: new AbortController().signal,
    ...change,
  };
}
