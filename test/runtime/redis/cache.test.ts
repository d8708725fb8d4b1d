import fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { createStateStore } from "../../../src/runtime/redis/index.ts";
import { type Subject, subjectKinds } from "./subjects.ts";

test("a load that never ends holds nobody for ever: after 10 s one of those who wait loads as well", async ({
  onTestFinished,
}) => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const store = createStateStore();
  const loads: string[] = [];
  void store.cached("k", 60, () => new Promise<string>(() => loads.push("first")));
  await vi.advanceTimersByTimeAsync(4_000);
  const waiting = ["second", "third"].map((who) => store.cached("k", 60, () => `${who} ${loads.push(who)}`));
  await vi.advanceTimersByTimeAsync(5_900);
  expect(loads).toEqual(["first"]);
  await vi.advanceTimersByTimeAsync(200);
  expect(await Promise.all(waiting)).toEqual(["second 2", "second 2"]);
  expect(loads).toEqual(["first", "second"]);
});

describe.for(subjectKinds)("the cache $name", ({ available, open }) => {
  let subject: Subject;
  let store: Subject["store"];

  beforeEach(async (context) => {
    if (!available) return context.skip();
    subject = await open(context.onTestFinished);
    store = subject.store;
  });

  test("gives back any JSON value", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.jsonValue(), async (key, value) => {
        await store.cacheSet(`value:${key}`, value);
        expect(await store.cacheGet(`value:${key}`)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 50 },
    );
  });

  test("tells a miss from a cached null", async () => {
    expect(await store.cacheGet("nothing")).toBeUndefined();
    await store.cacheSet("null", null);
    expect(await store.cacheGet("null")).toBeNull();
  });

  test("gives each caller a copy", async () => {
    const value = { list: [1] };
    await store.cacheSet("copy", value);
    value.list.push(2);
    const first = await store.cacheGet<{ list: number[] }>("copy");
    first?.list.push(3);
    expect(await store.cacheGet("copy")).toEqual({ list: [1] });
  });

  test("says once that what JSON cannot say is not cached, by its key as it may be shown", async ({
    onTestFinished,
  }) => {
    const messages: string[] = [];
    const own = createStateStore({ notice: ({ message }) => messages.push(message) });
    onTestFinished(() => own.close());
    let loads = 0;
    for (let call = 0; call < 3; call += 1) {
      expect(await own.cached("user:anna@example.com", 60, () => BigInt(++loads))).toBe(BigInt(loads));
      expect(await own.cached("nothing", 60, () => undefined)).toBeUndefined();
    }
    expect(loads).toBe(3);
    expect(messages).toEqual([expect.stringMatching(/^The value of user:\[email\] cannot be written as JSON/)]);
  });

  test("does not keep what JSON cannot say, and throws nothing", async () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    for (const value of [undefined, () => 1, 1n, loop, Symbol("x")]) {
      expect(await store.cacheSet("odd", value)).toBe("nowhere");
    }
    expect(await store.cacheGet("odd")).toBeUndefined();
  });

  test.for([
    { asked: 1, kept: 60 },
    { asked: -5, kept: 60 },
    { asked: Number.NaN, kept: 300 },
    { asked: 61, kept: 61 },
    { asked: undefined, kept: 300 },
    { asked: 1e9, kept: 86_400 },
    { asked: Number.POSITIVE_INFINITY, kept: 86_400 },
  ])("keeps a value for $kept s when asked for $asked", async ({ asked, kept }) => {
    await store.cacheSet("brief", "here", asked);
    await subject.pass((kept - 1) * 1_000);
    expect(await store.cacheGet("brief")).toBe("here");
    await subject.pass(1_001);
    expect(await store.cacheGet("brief")).toBeUndefined();
  });

  test("forgets what is deleted", async () => {
    await store.cacheSet("a", 1);
    await store.cacheSet("b", 2);
    await store.cacheDel("a", "b", "never set");
    await store.cacheDel();
    expect([await store.cacheGet("a"), await store.cacheGet("b")]).toEqual([undefined, undefined]);
  });

  test("counts, whoever counts at once", async () => {
    const counted = await Promise.all(Array.from({ length: 100 }, () => store.cacheIncr("hits")));
    expect(counted.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(await store.cacheIncr("hits", 5)).toBe(105);
    expect(await store.cacheIncr("hits", -10)).toBe(95);
    expect(await store.cacheGet("hits")).toBe(95);
  });

  test("counts on from a number that was set, and from 0 where something else stands", async () => {
    await store.cacheSet("number", 41);
    expect(await store.cacheIncr("number")).toBe(42);
    await store.cacheSet("text", "many");
    expect(await store.cacheIncr("text", 2)).toBe(2);
  });

  test("lets a counter live from its first use, not from its last", async () => {
    await store.cacheIncr("window", 1, 60);
    await subject.pass(40_000);
    expect(await store.cacheIncr("window", 1, 60)).toBe(2);
    await subject.pass(20_001);
    expect(await store.cacheIncr("window", 1, 60)).toBe(1);
  });

  describe("cached", () => {
    test("loads once for all who ask at once, and then not again", async () => {
      const load = vi.fn(async () => ({ figures: [1, 2] }));
      const ask = () => store.cached("kpis:t1", 60, load);
      const given = await Promise.all(Array.from({ length: 50 }, ask));
      given.push(await ask());
      expect(given).toEqual(Array.from({ length: 51 }, () => ({ figures: [1, 2] })));
      expect(load).toHaveBeenCalledOnce();
      expect(new Set(given).size).toBe(51);
    });

    test("loads again when the time is over", async () => {
      let loads = 0;
      const ask = () => store.cached("kpis:t2", 60, () => ++loads);
      expect([await ask(), await ask()]).toEqual([1, 1]);
      await subject.pass(60_001);
      expect(await ask()).toBe(2);
    });

    test("throws what the load throws to all who waited, keeps nothing, and tries again", async () => {
      const load = vi
        .fn<() => Promise<string>>()
        .mockRejectedValueOnce(new Error("database"))
        .mockResolvedValue("fine");
      const ask = () => store.cached("kpis:t3", 60, load);
      const outcomes = await Promise.allSettled([ask(), ask()]);
      expect(outcomes.map((outcome) => outcome.status)).toEqual(["rejected", "rejected"]);
      expect(await ask()).toBe("fine");
      expect(load).toHaveBeenCalledTimes(2);
    });

    test("gives the same on a miss as on a hit", async () => {
      const ask = () => store.cached<unknown>("kpis:t4", 60, () => ({ at: new Date(0), gone: undefined }));
      expect(await ask()).toEqual(await ask());
      expect(await ask()).toEqual({ at: "1970-01-01T00:00:00.000Z" });
    });

    test("gives what JSON cannot say, uncached", async () => {
      const load = vi.fn(() => undefined);
      expect(await store.cached("kpis:t5", 60, load)).toBeUndefined();
      expect(await store.cached("kpis:t5", 60, load)).toBeUndefined();
      expect(load).toHaveBeenCalledTimes(2);
    });

    test("caches null", async () => {
      const load = vi.fn(() => null);
      expect([await store.cached("kpis:t6", 60, load), await store.cached("kpis:t6", 60, load)]).toEqual([null, null]);
      expect(load).toHaveBeenCalledOnce();
    });

    test("loads once for all processes", async (context) => {
      const { other } = subject;
      if (!other) return context.skip();
      const load = vi.fn(async () => {
        await new Promise((resolve) => setTimeout(resolve, 60));
        return "loaded";
      });
      const asks = Array.from({ length: 20 }, (_, index) => (index % 2 ? store : other).cached("kpis:t7", 60, load));
      expect(new Set(await Promise.all(asks))).toEqual(new Set(["loaded"]));
      expect(load).toHaveBeenCalledOnce();
    });

    test("lets another process load when the first one fails", async (context) => {
      const { other } = subject;
      if (!other) return context.skip();
      let begun = () => {};
      const first = new Promise<void>((resolve) => {
        begun = resolve;
      });
      const failing = store.cached("kpis:t8", 60, async () => {
        begun();
        await new Promise((resolve) => setTimeout(resolve, 40));
        throw new Error("database");
      });
      await first;
      const waiting = other.cached("kpis:t8", 60, () => "from the other");
      await expect(failing).rejects.toThrow("database");
      expect(await waiting).toBe("from the other");
    });
  });

  test("takes what another program wrote for a miss if it is not JSON", async (context) => {
    if (!subject.write) return context.skip();
    await subject.write("foreign", "not json {");
    expect(await store.cacheGet("foreign")).toBeUndefined();
    expect(await store.cached("foreign", 60, () => "loaded")).toBe("loaded");
    expect(await store.cacheGet("foreign")).toBe("loaded");
  });
});
