import { environment, type VariableName } from "../../catalog/environment.ts";
import type { App, Variable } from "../../catalog/variable.ts";
import type { SourceName } from "../../catalog/variable-sources.ts";
import type { Access } from "./access.ts";

/** The value that a variable has to have, where it can be told without opening a secret; undefined otherwise. */
export function expectedValue(
  name: VariableName,
  { posthog, environment: stage, tracesSampleRate }: Access,
  dsns: Record<App, string | undefined>,
): string | undefined {
  const { source }: Variable = environment[name];
  const values: Record<SourceName, string | undefined> = {
    "posthog.projectKey": posthog.projectKey,
    "posthog.ingestHost": posthog.ingestHost,
    "sentry.browserDsn": dsns.browser,
    "sentry.serverDsn": dsns.server,
    "sentry.tracesSampleRate": tracesSampleRate,
    environment: stage,
    "redis.url": undefined,
  };
  return values[source];
}
