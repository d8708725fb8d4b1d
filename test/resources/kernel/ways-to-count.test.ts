import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Limiter, type Reply } from "../../../src/resources/kernel/limits/limiter.ts";
import { unpublished } from "../../../src/resources/kernel/limits/published.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** Accepts a request (undefined), or refuses it for this many milliseconds. */
type Counter = (now: number) => number | undefined;

const minute = 60_000;

const ways: Record<string, (perMinute: number) => Counter> = {
  "back from each request": (perMinute) => {
    let passed: number[] = [];
    return (now) => {
      passed = passed.filter((at) => at > now - minute);
      if (passed.length >= perMinute) return minute - (now - (passed[0] ?? now));
      passed.push(now);
      return undefined;
    };
  },
  "from the first request on": (perMinute) => {
    let window = { from: Number.NEGATIVE_INFINITY, count: 0 };
    return (now) => {
      if (now >= window.from + minute) window = { from: now, count: 0 };
      if (window.count >= perMinute) return window.from + minute - now;
      window.count += 1;
      return undefined;
    };
  },
  "by the minutes of the clock": (perMinute) => {
    let window = { number: 0, count: 0 };
    return (now) => {
      const number = Math.floor(now / minute);
      if (number !== window.number) window = { number, count: 0 };
      if (window.count >= perMinute) return (number + 1) * minute - now;
      window.count += 1;
      return undefined;
    };
  },
  "by a bucket that fills again all the time": (perMinute) => {
    let bucket = { at: 0, left: perMinute };
    return (now) => {
      const left = Math.min(perMinute, bucket.left + ((now - bucket.at) * perMinute) / minute);
      bucket = { at: now, left };
      if (left < 1) return ((1 - left) * minute) / perMinute;
      bucket.left -= 1;
      return undefined;
    };
  },
};

interface Sent {
  at: number;
  isRefused: boolean;
}

/** Sends this many requests at once to a vendor that counts this way. */
async function sendAll(
  count: number,
  counter: Counter,
  { tells, startsAt = 20_000, latencyMs = 30 }: { tells: boolean; startsAt?: number; latencyMs?: number },
) {
  const clock = new VirtualClock();
  await clock.run(clock.sleep(startsAt));
  const start = clock.now();
  const sent: Sent[] = [];
  const send = async (): Promise<Reply<void>> => {
    await clock.sleep(latencyMs);
    const waitMs = counter(clock.now());
    sent.push({ at: clock.now() - start, isRefused: waitMs !== undefined });
    await clock.sleep(latencyMs);
    if (waitMs === undefined) return { outcome: "passed", headers: {}, value: undefined };
    return { outcome: "refused", headers: tells ? { waitMs: Math.ceil(waitMs / 1000) * 1000 } : {}, value: undefined };
  };
  const limiter = new Limiter(unpublished, { vendor: "It", clock, progress: () => {} });
  await clock.run(Promise.all(Array.from({ length: count }, () => limiter.run("POST", "/things", send))));
  return { sent, seconds: (clock.now() - start) / 1000 };
}

const refused = (sent: Sent[]): number[] => sent.filter(({ isRefused }) => isRefused).map(({ at }) => at);
const passed = (sent: Sent[]): number => sent.length - refused(sent).length;

/** The number of requests that are sent at once. */
const burst = 8;
const windows = ["back from each request", "from the first request on", "by the minutes of the clock"] as const;

/** When each run of consecutive refusals began. */
function refusedRuns(sent: Sent[]): number[] {
  return sent.flatMap(({ at, isRefused }, i) => (isRefused && !sent[i - 1]?.isRefused ? [at] : []));
}

const anyLimit = {
  perMinute: fc.integer({ min: 10, max: 60 }),
  startsAt: fc.integer({ min: 0, max: 59_999 }),
  latencyMs: fc.integer({ min: 1, max: 250 }),
};

describe.for(windows)("a vendor that counts %s", (way) => {
  const counting = ways[way] as (perMinute: number) => Counter;

  test("and says how long to wait: it refuses once for each window, and what was under way then", async () => {
    await fc.assert(
      fc.asyncProperty(fc.record(anyLimit), async ({ perMinute, ...rest }) => {
        const { sent, seconds } = await sendAll(4 * perMinute, counting(perMinute), { tells: true, ...rest });
        expect(passed(sent)).toBe(4 * perMinute);
        // Four windows are enough for them; with windows by the clock, the first one is shorter.
        expect(refusedRuns(sent).length).toBeLessThanOrEqual(4);
        expect(refused(sent).length).toBeLessThanOrEqual(4 * burst);
        expect(seconds).toBeLessThan(4 * 62);
      }),
      { numRuns: 30, examples: [[{ perMinute: 10, startsAt: 59_838, latencyMs: 6 }]] },
    );
  });

  test("and does not say how long to wait: it is asked less and less often", async () => {
    await fc.assert(
      fc.asyncProperty(fc.record(anyLimit), async ({ perMinute, ...rest }) => {
        const { sent } = await sendAll(4 * perMinute, counting(perMinute), { tells: false, ...rest });
        expect(passed(sent)).toBe(4 * perMinute);
        // After 1, 2, 4, 8, 16 and 32 seconds for each window.
        expect(refused(sent).length).toBeLessThanOrEqual(4 * (burst + 6));
      }),
      { numRuns: 30 },
    );
  });
});

test.for([true, false])(
  "a vendor whose limit fills again all the time is kept up with (it says how long to wait: %s)",
  async (tells) => {
    const { sent, seconds } = await sendAll(200, ways["by a bucket that fills again all the time"]?.(40) as Counter, {
      tells,
    });
    expect(passed(sent)).toBe(200);
    // Each refusal but those of the first burst is followed by a request that passes.
    expect(refused(sent).length).toBeLessThanOrEqual(160 + burst);
    // 160 of them at 40 a minute.
    expect(seconds).toBeLessThan(1.1 * 240);
  },
);
