/** An answer's header by its name, in any case. */
export type AnswerHeaders = (name: string) => string | undefined;

/** The vendor's limits from an answer's headers. Each is absent when no header has it. */
export interface LimitHeaders {
  /** Milliseconds until the next request: Retry-After, or the time until an exhausted window resets. */
  waitMs?: number;
  /** Number of requests that the vendor still accepts in its current window. */
  remaining?: number;
  /** Maximum number of concurrent requests. */
  concurrent?: number;
}

/** More than the rounding of a Date header and the time of transmission. */
const clocksDifferMs = 5000;

/**
 * Reads `Retry-After` (RFC 9110: seconds or a date), `Ratelimit-*` and `X-Ratelimit-*` (Render), `Ratelimit`
 * (Cloudflare, developers.cloudflare.com/fundamentals/api/reference/limits) and `X-Sentry-Rate-Limit-*` (getsentry/sentry:
 * src/sentry/middleware/ratelimit.py). A header that cannot be read counts as absent.
 */
export function readLimitHeaders(header: AnswerHeaders, ownNow: number): LimitHeaders {
  const limits: LimitHeaders = {};
  // Times are the vendor's: a wrong clock on this machine must not change the wait.
  const sentAt = Date.parse(header("date") ?? "");
  const now = Math.abs(sentAt - ownNow) > clocksDifferMs ? sentAt : ownNow;
  const field = readField(header("ratelimit"));
  const remaining =
    whole(first(header, ["ratelimit-remaining", "x-ratelimit-remaining", sentry("remaining")])) ?? field.remaining;
  const resetMs =
    untilReset(first(header, ["ratelimit-reset", "x-ratelimit-reset", sentry("reset")]), now) ?? field.resetMs;
  const concurrent = whole(header(sentry("concurrentlimit")));
  const waits = [retryAfterMs(header("retry-after"), now), remaining === 0 ? resetMs : undefined];
  const waitMs = Math.max(...waits.map((wait) => wait ?? -1));
  if (waitMs >= 0) limits.waitMs = waitMs;
  if (remaining !== undefined) limits.remaining = remaining;
  if (concurrent !== undefined && concurrent > 0) limits.concurrent = concurrent;
  return limits;
}

/**
 * The smallest number of remaining requests in a `Ratelimit` field: `"default";r=50;t=30` (IETF draft on RateLimit
 * fields, version eight and later), or `limit=100, remaining=50, reset=30` (earlier).
 */
function readField(text: string | undefined): { remaining?: number; resetMs?: number } {
  if (text === undefined) return {};
  const number = (item: string, name: string) => whole(new RegExp(`(?:^|[;,\\s])${name}=(\\d+)`).exec(item)?.[1]);
  const items = /(^|[;,\s])remaining=/.test(text) ? [text] : text.split(",");
  const limits = items.flatMap((item) => {
    const remaining = number(item, "r") ?? number(item, "remaining");
    const reset = number(item, "t") ?? number(item, "reset");
    return remaining === undefined || reset === undefined ? [] : [{ remaining, resetMs: reset * 1000 }];
  });
  return limits.sort((a, b) => a.remaining - b.remaining || b.resetMs - a.resetMs)[0] ?? {};
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

/** Seconds from now or, for large numbers, seconds since 1970: vendors use both. */
function untilReset(text: string | undefined, now: number): number | undefined {
  if (text === undefined || !/^\d+(\.\d+)?$/.test(text.trim())) return undefined;
  const seconds = Number(text);
  return seconds > 1_000_000_000 ? Math.max(0, seconds * 1000 - now) : seconds * 1000;
}
