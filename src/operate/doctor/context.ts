import type { App } from "../../catalog/variable.ts";
import type { UpstashApi } from "../../resources/upstash/api.ts";
import type { Access } from "../access/access.ts";
import type { AppVariables } from "../access/apps.ts";
import type { PostHogQueries } from "../access/posthog.ts";
import type { SentryIssues } from "../access/sentry.ts";
import type { Check } from "../checks/check.ts";

/** Input of all diagnoses. */
export interface DoctorContext {
  readonly access: Access;
  readonly apps: Readonly<Record<App, AppVariables>>;
  readonly healthUrl: string;
  /** Whether there is a backend to check: the local one runs only while `npm start` does. */
  readonly appsRun: boolean;
  /** An additional certificate authority for Redis, as PEM. */
  readonly redisAuthority: string | undefined;
  /** PostHog's ingestion hosts by region: a key that one region does not know may belong to another. */
  readonly regions: Readonly<Record<string, string>>;
  /** Undefined: there is no key for it. */
  readonly posthog: PostHogQueries | undefined;
  readonly sentry: SentryIssues | undefined;
  readonly upstash?: UpstashApi | undefined;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export type Symptom = Check<DoctorContext>;
