import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LimitHeaders } from "../../../src/resources/kernel/limits/headers.ts";
import { Limiter, longestWaitMs, type Reply } from "../../../src/resources/kernel/limits/limiter.ts";
import {
  limitsOf,
  publishedLimits,
  unlimited,
  unpublished,
  type VendorLimits,
} from "../../../src/resources/kernel/limits/published.ts";
import { VirtualClock } from "./virtual-clock.ts";

const insights = "/api/projects/1/insights/";
const posthog = publishedLimits.posthog;

interface Vendor {
  perMinute?: number;
  perHour?: number;
  /** How long a request travels, in each direction. */
  latencyMs?: number;
}

/** A vendor that counts as Django REST framework does: sliding windows, whole seconds in Retry-After. */
function vendor(clock: VirtualClock, { perMinute = Infinity, perHour = Infinity, latencyMs = 30 }: Vendor) {
  const windows = [
    { requests: perMinute, windowMs: 60_000, passed: [] as number[] },
    { requests: perHour, windowMs: 3_600_000, passed: [] as number[] },
  ];
  const seen: { at: number; refused: boolean }[] = [];
  let underWay = 0;
  const counts = { most: 0 };
  const arrive = (): LimitHeaders | undefined => {
    const now = clock.now();
    for (const window of windows) window.passed = window.passed.filter((at) => at > now - window.windowMs);
    const full = windows.filter(({ passed, requests }) => passed.length >= requests);
    const waits = full.map(({ passed, windowMs }) => windowMs - (now - (passed[0] ?? now)));
    seen.push({ at: now, refused: waits.length > 0 });
    if (waits.length > 0) return { waitMs: Math.ceil(Math.max(...waits) / 1000) * 1000 };
    for (const { passed } of windows) passed.push(now);
    return undefined;
  };
  return {
    seen,
    counts,
    refused: () => seen.filter(({ refused }) => refused),
    /** A request of another client. */
    byOthers: arrive,
    async send(): Promise<Reply<"done">> {
      underWay += 1;
      counts.most = Math.max(counts.most, underWay);
      await clock.sleep(latencyMs);
      const refusal = arrive();
      await clock.sleep(latencyMs);
      underWay -= 1;
      return { outcome: refusal ? "refused" : "passed", headers: refusal ?? {}, value: "done" };
    },
  };
}

function setUp(limits: VendorLimits, options: Vendor) {
  const clock = new VirtualClock();
  const lines: string[] = [];
  const limiter = new Limiter(limits, { vendor: "PostHog", clock, progress: (line) => lines.push(line) });
  const there = vendor(clock, options);
  const start = clock.now();
  const sendAll = (count: number, path = insights) =>
    clock.run(Promise.all(Array.from({ length: count }, () => limiter.run("POST", path, there.send))));
  return { clock, limiter, lines, there, sendAll, seconds: () => (clock.now() - start) / 1000 };
}

describe("published limits", () => {
  test("no request is refused, although there are more than a minute and more than an hour take", async () => {
    const { there, sendAll, lines, seconds } = setUp(posthog, { perMinute: 240, perHour: 1200 });
    await sendAll(1300);
    expect(there.refused()).toEqual([]);
    expect(there.seen).toHaveLength(1300);
    expect(seconds()).toBeGreaterThan(3600);
    // Four waits for a minute's window, one for the hour's: one log line each.
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^PostHog takes no more insight requests for now: going on in \d+ s; \d+ requests wait$/);
    expect(lines.at(-1)).toMatch(/going on in \d+ min/);
  });

  test("buckets do not wait for each other", async () => {
    const { there, limiter, clock, seconds } = setUp(posthog, {});
    const paths = [...Array(240).fill(insights), ...Array(480).fill("/api/projects/1/dashboards/")];
    await clock.run(Promise.all(paths.map((path) => limiter.run("GET", path, there.send))));
    expect(seconds()).toBeLessThan(60);
  });

  test("PostHog runs three queries at once", async () => {
    const { there, sendAll } = setUp(posthog, {});
    await sendAll(20, "/api/projects/1/query/");
    expect(there.counts.most).toBe(3);
  });

  test.for([
    ["Render", "PUT", "/services/srv-1/env-vars/A", 30],
    ["Render", "GET", "/services/srv-1/env-vars", 400],
    ["Render", "POST", "/services/srv-1/deploys", 10],
    ["PostHog", "PATCH", "/api/projects/1/dashboards/7/", 480],
    ["PostHog", "GET", "/api/environments/1/insights/?basic=true", 240],
    ["Cloudflare", "PATCH", "/accounts/a/pages/projects/b", 1200],
  ] as const)("%s takes %s %s %i times in its window", ([name, method, path, requests]) => {
    expect(limitsOf(name)(method, path).allowances[0]?.requests).toBe(requests);
  });

  test.for([
    ["GET", "/api/0/organizations/brandvx/detectors/7/", "/api/0/organizations/brandvx/detectors/8/", true],
    ["GET", "/api/0/organizations/brandvx/detectors/7/", "/api/0/organizations/brandvx/workflows/7/", false],
    ["GET", "/api/0/organizations/brandvx/detectors/?project=1", "/api/0/organizations/brandvx/detectors/7/", false],
    ["GET", "/api/0/projects/brandvx/ui/keys/a/", "/api/0/projects/brandvx/backend/keys/b/", true],
    ["GET", "/api/0/projects/brandvx/ui/keys/", "/api/0/projects/brandvx/ui/filters/", false],
  ] as const)("Sentry counts %s of %s and %s together: %s", ([method, one, other, isSame]) => {
    const bucket = (path: string) => publishedLimits.sentry(method, path).of;
    expect(bucket(one) === bucket(other)).toBe(isSame);
  });

  test("deploys of one service do not wait for those of another", () => {
    const buckets = ["srv-1", "srv-2"].map((id) => publishedLimits.render("POST", `/services/${id}/deploys`).of);
    expect(buckets).toEqual(["srv-1", "srv-2"]);
  });
});

describe("limits that nobody publishes", () => {
  test("sixty insights against forty a minute: all are made, and the refusals are those of one burst", async () => {
    const { there, sendAll, lines, seconds } = setUp(posthog, { perMinute: 40 });
    await sendAll(60);
    const [first] = there.refused();
    const burst = there.refused().filter(({ at }) => at - (first?.at ?? 0) < 1000);
    expect(there.refused()).toEqual(burst);
    expect(burst.length).toBeLessThanOrEqual(8);
    expect(there.seen.filter(({ refused }) => !refused)).toHaveLength(60);
    expect(seconds()).toBeLessThan(63);
    expect(lines).toHaveLength(1);
  });

  test("any limit is met by one burst of refusals for each window, whatever the latency", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 100 }),
        fc.integer({ min: 1, max: 900 }),
        fc.integer({ min: 1, max: 250 }),
        async (perMinute, latencyMs, count) => {
          const { there, sendAll } = setUp(unpublished, { perMinute, latencyMs });
          await sendAll(count);
          expect(there.seen.filter(({ refused }) => !refused)).toHaveLength(count);
          const bursts = there.seen.filter(({ refused }, i) => refused && !there.seen[i - 1]?.refused);
          expect(bursts.length).toBeLessThan(Math.max(1, Math.ceil(count / perMinute)));
          expect(there.refused().length).toBeLessThanOrEqual(8 * bursts.length);
        },
      ),
      { numRuns: 40 },
    );
  });

  test.for([
    [2, 1],
    [2, 5],
    [3, 1],
    [5, 20],
  ] as const)("every %ith request refused for %i s costs those waits and no more", async ([every, waitSeconds]) => {
    const { clock, limiter, seconds } = setUp(posthog, {});
    const refusedAt: number[] = [];
    let sent = 0;
    const send = async (): Promise<Reply<void>> => {
      sent += 1;
      const isRefused = sent % every === 0;
      if (isRefused) refusedAt.push(clock.now());
      await clock.sleep(30);
      return isRefused
        ? { outcome: "refused", headers: { waitMs: waitSeconds * 1000 }, value: undefined }
        : { outcome: "passed", headers: {}, value: undefined };
    };
    // Five dashboards of eight tiles, created in parallel.
    const dashboard = async () => {
      for (let tile = 0; tile < 8; tile++) await limiter.run("POST", insights, send);
    };
    await clock.run(Promise.all(Array.from({ length: 5 }, dashboard)));
    expect(sent).toBe(40 + refusedAt.length);
    expect(seconds()).toBeLessThanOrEqual(refusedAt.length * waitSeconds + sent * 0.03);
  });

  test("after a refusal nothing is sent before the wait is over", async () => {
    const { there, sendAll } = setUp(unpublished, { perMinute: 10 });
    await sendAll(30);
    const waits = there.seen.map(({ at }, i) => at - (there.seen[i - 1]?.at ?? at));
    const longest = Math.max(...waits);
    expect(longest).toBeGreaterThan(58_000);
  });

  test("two processes with one key make all of theirs, each refused once for a window", async () => {
    const { there, limiter, clock, lines } = setUp(unpublished, { perMinute: 40 });
    const second = new Limiter(unpublished, { vendor: "PostHog", clock, progress: (line) => lines.push(line) });
    const all = [limiter, second].flatMap((one) =>
      Array.from({ length: 50 }, () => one.run("POST", insights, there.send)),
    );
    await clock.run(Promise.all(all));
    expect(there.seen.filter(({ refused }) => !refused)).toHaveLength(100);
    expect(there.refused().length).toBeLessThanOrEqual(2 * 2 * 8);
  });

  test("others who use the same limit cost no more than their window", async () => {
    const { there, sendAll } = setUp(unpublished, { perMinute: 50 });
    for (let i = 0; i < 45; i++) there.byOthers();
    await sendAll(40);
    expect(there.seen.filter(({ refused }) => !refused)).toHaveLength(45 + 40);
    expect(there.refused().length).toBeLessThanOrEqual(8);
  });
});

describe("a refusal", () => {
  /** Refuses once with this message, then accepts everything. */
  const once = (clock: VirtualClock, headers: LimitHeaders) => {
    const at: number[] = [];
    const send = async (): Promise<Reply<string>> => {
      at.push(clock.now());
      await clock.sleep(10);
      return at.length === 1
        ? { outcome: "refused", headers, value: "no" }
        : { outcome: "passed", headers: {}, value: "yes" };
    };
    return { at, send };
  };

  test("with Retry-After: 61 is waited for to the second, with one line", async () => {
    const { clock, limiter, lines } = setUp(posthog, {});
    const { at, send } = once(clock, { waitMs: 61_000 });
    expect(await clock.run(limiter.run("POST", insights, send))).toBe("yes");
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBe(61_010);
    expect(lines).toEqual(["PostHog takes no more insight requests for now: going on in 61 s"]);
  });

  test("without a wait is tried again after a second", async () => {
    const { clock, limiter, lines } = setUp(posthog, {});
    const { at, send } = once(clock, {});
    await clock.run(limiter.run("POST", "/api/projects/1/query/", send));
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBe(1010);
    expect(lines).toEqual([]);
  });

  test("that lasts longer than anybody waits ends the command and says until when", async () => {
    const { clock, limiter } = setUp(posthog, {});
    const { send } = once(clock, { waitMs: longestWaitMs + 1 });
    await expect(clock.run(limiter.run("POST", insights, send))).rejects.toThrow(
      /takes no more insight requests for 121 min/,
    );
  });

  test("that lasts longer than the one request may wait ends only that one, at once", async () => {
    const { clock, limiter, seconds } = setUp(posthog, {});
    const { at, send } = once(clock, { waitMs: 20_000 });
    const refused = limiter.run("POST", insights, send, 15_000);
    await expect(clock.run(refused)).rejects.toThrow("for 20 s: run the same command again after that");
    expect(seconds()).toBeLessThan(1);
    expect(await clock.run(limiter.run("POST", insights, send, 25_000))).toBe("yes");
    expect(at).toHaveLength(2);
  });

  test("that lasts longer than anybody waits holds for all that wait, and none of them is sent", async () => {
    const { clock, limiter } = setUp(posthog, {});
    let sent = 0;
    const send = async (): Promise<Reply<void>> => {
      sent += 1;
      await clock.sleep(10);
      return { outcome: "refused", headers: { waitMs: longestWaitMs + 1 }, value: undefined };
    };
    const all = Array.from({ length: 100 }, () => limiter.run("POST", insights, send));
    const ends = await clock.run(Promise.allSettled(all));
    expect(ends.every(({ status }) => status === "rejected")).toBe(true);
    expect(sent).toBe(8);
  });

  test("repeats as long as the vendor goes on refusing", async () => {
    const { clock, limiter } = setUp(posthog, {});
    let sent = 0;
    const send = async (): Promise<Reply<number>> => {
      sent += 1;
      return { outcome: sent <= 50 ? "refused" : "passed", headers: { waitMs: 5000 }, value: sent };
    };
    expect(await clock.run(limiter.run("POST", insights, send))).toBe(51);
  });
});

describe("what a vendor says in its headers", () => {
  const always = (clock: VirtualClock, headers: () => LimitHeaders) => {
    const at: number[] = [];
    const counts = { now: 0, most: 0 };
    const send = async (): Promise<Reply<void>> => {
      at.push(clock.now());
      counts.most = Math.max(counts.most, ++counts.now);
      await clock.sleep(10);
      counts.now -= 1;
      return { outcome: "passed", headers: headers(), value: undefined };
    };
    return { at, counts, send };
  };

  test("a window that is used up is waited for before anything is refused", async () => {
    const { clock, limiter } = setUp(unlimited(posthog), {});
    const { at, send } = always(clock, () => ({ remaining: 0, waitMs: 7000 }));
    for (let i = 0; i < 3; i++) await clock.run(limiter.run("GET", insights, send));
    expect(at.map((one) => one - (at[0] ?? 0))).toEqual([0, 7010, 14_020]);
  });

  test("a vendor that is unavailable is left alone until it wants to be asked again", async () => {
    const { clock, limiter } = setUp(unpublished, {});
    const at: number[] = [];
    const send = async (): Promise<Reply<void>> => {
      at.push(clock.now());
      await clock.sleep(10);
      const isFirst = at.length === 1;
      return {
        outcome: isFirst ? "unavailable" : "passed",
        headers: isFirst ? { waitMs: 61_000 } : {},
        value: undefined,
      };
    };
    for (let i = 0; i < 2; i++) await clock.run(limiter.run("GET", "/a", send));
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBe(61_010);
  });

  test("no more are under way than are left", async () => {
    const { clock, limiter } = setUp(unpublished, {});
    let left = 5;
    let refusals = 0;
    const send = async (): Promise<Reply<void>> => {
      await clock.sleep(5);
      left -= 1;
      if (left < 0) refusals += 1;
      const headers = { remaining: Math.max(0, left), ...(left <= 0 ? { waitMs: 60_000 } : {}) };
      if (left <= 0)
        void clock.sleep(60_000).then(() => {
          left = 5;
        });
      await clock.sleep(5);
      return { outcome: "passed", headers, value: undefined };
    };
    await clock.run(limiter.run("GET", "/a", send));
    await clock.run(Promise.all(Array.from({ length: 20 }, () => limiter.run("GET", "/a", send))));
    expect(refusals).toBe(0);
  });

  test("no more are under way than the vendor allows", async () => {
    const { clock, limiter } = setUp(unpublished, {});
    const { counts, send } = always(clock, () => ({ concurrent: 2 }));
    await clock.run(limiter.run("GET", "/a", send));
    await clock.run(Promise.all(Array.from({ length: 20 }, () => limiter.run("GET", "/a", send))));
    expect(counts.most).toBe(2);
  });
});
