import { defaultPosthog } from "../../model/posthog/hosts.ts";

/** Where events go when nothing else is said. */
export const defaultPosthogHost = defaultPosthog.ingest;

/** Share of traces when nothing else is said, in both apps. */
export const defaultTracesSampleRate = 0.1;

/** Sentry's environment when nothing else is said: alerts watch it. */
export const defaultSentryEnvironment = "production";

/**
 * Ids that are nobody's: what an app writes when a value is missing. PostHog joins no persons by them
 * (plugin-server, person merging: `isDistinctIdIllegal`), and all who have one would be one person.
 */
export const idsOfNobody: readonly string[] = [
  ...["undefined", "null", "None", "none", "NaN", "nil", "[object Object]"],
  ...["true", "false", "True", "False"],
];

/** A variable's value; undefined for one that is set to nothing. */
export function nonEmpty(value: string | undefined): string | undefined {
  const text = typeof value === "string" ? value.trim() : undefined;
  return text === "" ? undefined : text;
}
