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

/** A share between 0 and 1; the default for none and for what is none. */
export function shareOf(value: string | undefined, otherwise: number): number {
  const share = given(value) === undefined ? Number.NaN : Number(value);
  return share >= 0 && share <= 1 ? share : otherwise;
}

/**
 * PostHog's project key, if it is one that may be sent. Personal (phx_…) and secret keys (phs_…) open the whole project
 * to whoever reads them: they are not used, and `warn` says so.
 */
export function projectKey(
  name: string,
  value: string | undefined,
  warn: (message: string) => void,
): string | undefined {
  const key = given(value);
  if (!key || !/^ph[xs]_/.test(key)) return key;
  warn(`${name} is no project key (phc_…) but a secret one; it is not used, and no event is sent.`);
  return undefined;
}
