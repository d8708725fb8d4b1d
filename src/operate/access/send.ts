import type { Dsn } from "../../model/sentry/dsn.ts";
import { type Fetched, fetched } from "./fetch.ts";

/** An event as PostHog's capture endpoint takes it (posthog.com/docs/api/capture). */
export interface SentEvent {
  readonly event: string;
  readonly distinct_id: string;
  /** Repeated: PostHog stores it once. */
  readonly uuid: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Sends one event to PostHog as an app would, around its helpers. Creates no person. PostHog answers 200 to any well-formed key. */
export function sendEvent(host: string, key: string, event: SentEvent, signal: AbortSignal): Promise<Fetched> {
  const properties = { $process_person_profile: false, $lib: "obs", ...event.properties };
  return fetched(
    `${host}/i/v0/e/`,
    {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ api_key: key, ...event, properties }),
    },
    signal,
  );
}

/** Sends one error to Sentry as an SDK would (develop.sentry.dev/sdk/data-model/envelopes). */
export function sendError(
  dsn: Dsn,
  error: Readonly<Record<string, unknown>> & { readonly event_id: string },
  signal: AbortSignal,
): Promise<Fetched> {
  const lines = [{ event_id: error.event_id }, { type: "event" }, error].map((line) => JSON.stringify(line));
  return fetched(
    dsn.envelopeUrl,
    {
      method: "POST",
      headers: {
        "Content-Type": "application/x-sentry-envelope",
        "X-Sentry-Auth": `Sentry sentry_version=7, sentry_client=obs/1.0, sentry_key=${dsn.publicKey}`,
      },
      body: `${lines.join("\n")}\n`,
    },
    signal,
  );
}
