import { defaultPosthog } from "../../model/posthog/hosts.ts";

/** Default address of events. */
export const defaultPosthogHost = defaultPosthog.ingest;

/** Default share of traces, in both apps. */
export const defaultTracesSampleRate = 0.1;

/** Default environment in Sentry: alerts watch it. */
export const defaultSentryEnvironment = "production";

/**
 * Placeholder ids, as an app writes for a missing value. PostHog merges no persons by them (plugin-server, person
 * merging: `isDistinctIdIllegal`), and everyone with the same one would be one person.
 */
export const idsOfNobody: readonly string[] = [
  ...["undefined", "null", "None", "none", "NaN", "nil", "[object Object]"],
  ...["true", "false", "True", "False"],
];

/** Whether an id may be somebody's. */
export function isSomebody(id: unknown): boolean {
  if (typeof id !== "string") return (typeof id === "number" && Number.isFinite(id)) || typeof id === "bigint";
  return id.trim() !== "" && !idsOfNobody.includes(id.trim());
}

/** A variable's value; undefined for an empty one. */
export function nonEmpty(value: string | undefined): string | undefined {
  const text = typeof value === "string" ? value.trim() : undefined;
  return text === "" ? undefined : text;
}
