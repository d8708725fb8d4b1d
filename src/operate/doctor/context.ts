import type { App } from "../../catalog/variable.ts";
import type { UpstashApi } from "../../resources/upstash/api.ts";
import type { Access } from "../access/access.ts";
import type { AppVariables } from "../access/apps.ts";
import type { PostHogQueries } from "../access/posthog.ts";
import type { SentryIssues } from "../access/sentry.ts";
import type { Check } from "../checks/check.ts";

/** What a diagnosis works with. */
export interface DoctorContext {
  readonly access: Access;
  readonly apps: Readonly<Record<App, AppVariables>>;
  readonly healthUrl: string;
  /** Whether there is a backend to ask at all: the local one runs with `npm start` alone. */
  readonly appsRun: boolean;
  /** Certificate authority that Redis is trusted by, as PEM, beside the machine's own. */
  readonly redisAuthority: string | undefined;
  /** Where PostHog takes events, by region: a key that is unknown in one may be known in another. */
  readonly regions: Readonly<Record<string, string>>;
  /** Undefined: there is no key for it. */
  readonly posthog: PostHogQueries | undefined;
  readonly sentry: SentryIssues | undefined;
  readonly upstash?: UpstashApi | undefined;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export type Symptom = Check<DoctorContext>;
