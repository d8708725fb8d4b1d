import { defaultPosthog } from "../../model/posthog/hosts.ts";

/** Where events go when nothing else is said. */
export const defaultPosthogHost = defaultPosthog.ingest;

/** Share of traces when nothing else is said, in both apps. */
export const defaultTracesSampleRate = 0.1;

/** Sentry's environment when nothing else is said: alerts watch it. */
export const defaultSentryEnvironment = "production";

/** A variable's value; undefined for one that is set to nothing. */
export function given(value: string | undefined): string | undefined {
  const text = typeof value === "string" ? value.trim() : undefined;
  return text === "" ? undefined : text;
}
