/** An answer's header by its name, in any case. */
export type AnswerHeaders = (name: string) => string | undefined;

/** What an answer's headers say about the vendor's limits. */
export interface Told {
  /** How long to wait before the next request, from Retry-After or a window that is used up. */
  waitMs?: number;
  /** Requests that are left until `waitMs` from now, or for an unknown time. */
  remaining?: number;
  /** How many requests may be under way at once. */
  concurrent?: number;
}

/**
 * Reads `Retry-After` (RFC 9110: seconds or a date), `Ratelimit-*` and `X-Ratelimit-*` (Render, Cloudflare) and
 * `X-Sentry-Rate-Limit-*` (getsentry/sentry: src/sentry/middleware/ratelimit.py). Unreadable ones are passed over.
 */
export function readLimits(header: AnswerHeaders, now: number): Told {
  const told: Told = {};
  const remaining = whole(first(header, ["ratelimit-remaining", "x-ratelimit-remaining", sentry("remaining")]));
  const resetMs = untilReset(first(header, ["ratelimit-reset", "x-ratelimit-reset", sentry("reset")]), now);
  const concurrent = whole(header(sentry("concurrentlimit")));
  const waits = [retryAfterMs(header("retry-after"), now), remaining === 0 ? resetMs : undefined];
  const waitMs = Math.max(...waits.map((wait) => wait ?? -1));
  if (waitMs >= 0) told.waitMs = waitMs;
  if (remaining !== undefined) told.remaining = remaining;
  if (concurrent !== undefined && concurrent > 0) told.concurrent = concurrent;
  return told;
}

const sentry = (name: string): string => `x-sentry-rate-limit-${name}`;

const first = (header: AnswerHeaders, names: string[]): string | undefined =>
  names.map(header).find((value) => value !== undefined);

const whole = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : undefined;

function retryAfterMs(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(text.trim())) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Seconds from now, or, where the number is that large, seconds since 1970: vendors do either. */
function untilReset(text: string | undefined, now: number): number | undefined {
  if (text === undefined || !/^\d+(\.\d+)?$/.test(text.trim())) return undefined;
  const seconds = Number(text);
  return seconds > 1_000_000_000 ? Math.max(0, seconds * 1000 - now) : seconds * 1000;
}
