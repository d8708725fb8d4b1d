import { describe, expect, test } from "vitest";
import { readLimitHeaders } from "../../../src/resources/kernel/limits/headers.ts";

const now = Date.parse("2026-11-01T10:00:00Z");
const read = (headers: Record<string, string>) => readLimitHeaders((name) => headers[name], now);

describe("headers that tell of limits", () => {
  test.for([
    ["seconds", { "retry-after": "61" }, { waitMs: 61_000 }],
    ["a date", { "retry-after": "Sun, 01 Nov 2026 10:01:30 GMT" }, { waitMs: 90_000 }],
    ["a date that is over", { "retry-after": "Sun, 01 Nov 2026 09:00:00 GMT" }, { waitMs: 0 }],
    ["nonsense", { "retry-after": "soon" }, {}],
    ["what is left", { "ratelimit-remaining": "12", "ratelimit-reset": "40" }, { remaining: 12 }],
    [
      "a window that is used up",
      { "ratelimit-remaining": "0", "ratelimit-reset": "40" },
      { remaining: 0, waitMs: 40_000 },
    ],
    [
      "a window that is used up until a time",
      { "x-sentry-rate-limit-remaining": "0", "x-sentry-rate-limit-reset": String(now / 1000 + 9) },
      { remaining: 0, waitMs: 9000 },
    ],
    ["how many at once", { "x-sentry-rate-limit-concurrentlimit": "25" }, { concurrent: 25 }],
    [
      "a date, by the vendor's own clock",
      { "retry-after": "Sun, 01 Nov 2026 12:01:30 GMT", date: "Sun, 01 Nov 2026 12:00:00 GMT" },
      { waitMs: 90_000 },
    ],
    ["what is left, in one field", { ratelimit: '"default";r=50;t=30' }, { remaining: 50 }],
    [
      "the least that is left of several limits",
      { ratelimit: '"hour";r=900;t=1800, "burst";r=0;t=12', "ratelimit-policy": '"burst";q=100;w=60' },
      { remaining: 0, waitMs: 12_000 },
    ],
    [
      "what is left, as drafts of the field had it",
      { ratelimit: "limit=40, remaining=0, reset=9" },
      { remaining: 0, waitMs: 9000 },
    ],
    ["nothing", {}, {}],
  ] as const)("%s", ([, headers, told]) => {
    expect(read(headers)).toEqual(told);
  });
});
