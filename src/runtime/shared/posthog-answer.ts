/** The result of sending a batch. */
export type Outcome =
  /** @param lost number of events that could not be redacted, and so were not sent */
  | { readonly kind: "sent"; readonly lost: number }
  /** The vendor refuses it, now and later. */
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "too large" }
  /** Nobody could be reached, or the vendor asked to retry later. */
  | { readonly kind: "away"; readonly why: string; readonly retryAfterMs?: number };

export const quotaUsedUp = "the quota of events is used up";

/** Maximum milliseconds that PostHog's Retry-After may ask for. */
const mostWaitMs = 60_000;

/**
 * What an answer to a request with events means. Source: PostHog's rust/capture, which answers `{"status":"Ok"}` (older ones
 * `{"status":1}`), with `quota_limited` where it took nothing. Anything else that answers 200 has not taken them.
 */
export function outcomeOf(response: Response, text: string): Outcome {
  const { status, headers } = response;
  if (status === 413) return { kind: "too large" };
  if (status === 408 || status === 429 || status >= 500) {
    const seconds = Number(headers.get("retry-after") ?? Number.NaN);
    const why = `it answers ${status}`;
    return seconds > 0
      ? { kind: "away", why, retryAfterMs: Math.min(mostWaitMs, seconds * 1_000) }
      : { kind: "away", why };
  }
  if (status >= 300) return { kind: "refused", why: `it answers ${status}: key and host have to be of one region` };
  if (/^\s*</.test(text)) return { kind: "refused", why: "a web page answers: the host is not PostHog's" };
  if (!/"status"\s*:\s*(?:"Ok"|1\b)/i.test(text)) {
    return { kind: "refused", why: "what answers is not PostHog: it does not say that it took the events" };
  }
  if (/"quota_limited"\s*:\s*\[[^\]]*"events"/.test(text)) {
    return { kind: "refused", why: quotaUsedUp };
  }
  return { kind: "sent", lost: 0 };
}
