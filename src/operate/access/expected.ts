import { environment, type VariableName } from "../../catalog/environment.ts";
import type { ValueOriginName } from "../../catalog/value-origins.ts";
import type { App, Variable } from "../../catalog/variable.ts";
import type { Access } from "./access.ts";

/** The value that a variable must have, when it can be known without decrypting a secret; undefined otherwise. */
export function expectedValue(
  name: VariableName,
  { posthog, stage, tracesSampleRate }: Access,
  dsns: Record<App, string | undefined>,
): string | undefined {
  const { valueFrom }: Variable = environment[name];
  const values: Record<ValueOriginName, string | undefined> = {
    "posthog.projectKey": posthog.projectKey,
    "posthog.ingestHost": posthog.ingestHost,
    "posthog.flagsKey": undefined,
    "sentry.browserDsn": dsns.browser,
    "sentry.serverDsn": dsns.server,
    "sentry.tracesSampleRate": tracesSampleRate,
    stage,
    "redis.url": undefined,
  };
  return values[valueFrom];
}
