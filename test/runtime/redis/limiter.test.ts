import { beforeEach, describe, expect, test } from "vitest";
import type { LimitAnswer, RateLimit, RateLimitOptions } from "../../../src/runtime/redis/limiter.ts";
import { type Subject, subjectKinds } from "./subjects.ts";

const perMinute: RateLimitOptions = { limit: 5, windowSeconds: 60, whenRedisIsDown: "local" };

describe.for(subjectKinds)("a rate limit $name", ({ available, open, reasons }) => {
  let subject: Subject;
  let store: Subject["store"];
  let limit: RateLimit;

  beforeEach(async (context) => {
    if (!available) return context.skip();
    subject = await open(context.onTestFinished);
    store = subject.store;
    limit = store.rateLimit("prompts", perMinute);
  });

  const take = async (times: number, tenant = "t1", from = limit): Promise<LimitAnswer[]> => {
    const answers: LimitAnswer[] = [];
    for (let index = 0; index < times; index += 1) answers.push(await from.take(tenant));
    return answers;
  };
  const allowed = (answers: readonly LimitAnswer[]) => answers.filter((answer) => answer.allowed).length;

  test("lets through what it says, and says what is left", async () => {
    const answers = await take(6);
    expect(answers.map(({ allowed, remaining }) => [allowed, remaining])).toEqual([
      [true, 4],
      [true, 3],
      [true, 2],
      [true, 1],
      [true, 0],
      [false, 0],
    ]);
    expect(answers[0]).toMatchObject({ reason: reasons.yes, limit: 5, retryAfterMs: 0 });
    expect(answers[5]).toMatchObject({ reason: reasons.no, limit: 5 });
    expect(answers[5]?.retryAfterMs).toBeGreaterThan(55_000);
    expect(answers[5]?.retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  test("lets through the exact count of many at once", async () => {
    const many = store.rateLimit("burst", { ...perMinute, limit: 137 });
    expect(allowed(await Promise.all(Array.from({ length: 500 }, () => many.take("t1"))))).toBe(137);
  });

  test("begins anew when the window, counted from its first take, is over", async () => {
    await take(1);
    await subject.pass(40_000);
    expect(allowed(await take(5))).toBe(4);
    await subject.pass(20_001);
    expect(allowed(await take(6))).toBe(5);
  });

  test("counts tenants and buckets apart, whatever their names", async () => {
    const other = store.rateLimit("exports", perMinute);
    const tricky = [
      await take(5, "a"),
      await take(5, "a:b"),
      await take(5, "a", other),
      await take(5, "b", store.rateLimit("a:prompts", perMinute)),
      await take(5, "\ud800 broken"),
    ];
    expect(tricky.map(allowed)).toEqual([5, 5, 5, 5, 5]);
  });

  test("takes more than one at once, all or nothing", async () => {
    expect((await limit.take("t1", 4)).remaining).toBe(1);
    expect(await limit.take("t1", 2)).toMatchObject({ allowed: false, remaining: 1 });
    expect(await limit.take("t1", 1)).toMatchObject({ allowed: true, remaining: 0 });
    expect(await limit.take("t2", 6)).toMatchObject({ allowed: false, remaining: 5 });
    expect((await limit.take("t3", 0)).remaining).toBe(5);
    // An invalid cost counts as 1: no call is free.
    expect((await limit.take("t3", Number.NaN)).remaining).toBe(4);
    expect((await limit.take("t3", -3)).remaining).toBe(3);
  });

  describe("with the tenant's multiplier", () => {
    test("lets through more, less, nothing, and the usual again: at once", async () => {
      await store.setRateMultiplier("t1", 2);
      expect(allowed(await take(12))).toBe(10);
      expect(allowed(await take(12, "t2"))).toBe(5);
      await store.setRateMultiplier("t2", 1.5);
      expect(allowed(await take(12, "t2"))).toBe(2);
      await store.setRateMultiplier("t3", 0.5);
      expect(allowed(await take(12, "t3"))).toBe(2);
      await store.setRateMultiplier("t3", 0);
      expect(allowed(await take(1, "t3"))).toBe(0);
      await store.setRateMultiplier("t3", 1);
      expect(allowed(await take(12, "t3"))).toBe(3);
    });

    test("follows what an operator writes into Redis", async (context) => {
      if (!subject.write) return context.skip();
      await take(20);
      await subject.write("tenant:t1:rl_multiplier", "3");
      expect(allowed(await take(20))).toBe(10);
      await subject.write("tenant:t1:rl_multiplier", "many");
      expect(await limit.take("t1")).toMatchObject({ allowed: false, limit: 5 });
    });

    test("keeps a small limit above nothing, unless the factor is 0", async () => {
      await store.setRateMultiplier("t1", 0.01);
      expect(allowed(await take(3))).toBe(1);
    });
  });

  test("is one limit for all processes", async (context) => {
    const { other } = subject;
    if (!other) return context.skip();
    const there = other.rateLimit("prompts", perMinute);
    expect(allowed([...(await take(3)), ...(await take(3, "t1", there))])).toBe(5);
  });
});

describe("while Redis is away, a limit follows its policy and says so", () => {
  const kind = subjectKinds.find(({ name }) => name.includes("away"));
  const answers = async (
    onEnd: Parameters<NonNullable<typeof kind>["open"]>[0],
    options: Partial<RateLimitOptions>,
  ) => {
    if (!kind) throw new Error("no such subject");
    const { store } = await kind.open(onEnd);
    const limit = store.rateLimit("prompts", { ...perMinute, ...options });
    return [await limit.take("t1"), await limit.take("t1"), await limit.take("t1")];
  };

  test("open lets all through", async ({ onTestFinished }) => {
    for (const answer of await answers(onTestFinished, { limit: 1, whenRedisIsDown: "open" })) {
      expect(answer).toEqual({ allowed: true, reason: "redis_down_open", limit: 1, remaining: 1, retryAfterMs: 0 });
    }
  });

  test("open refuses a cost above the limit, which no window lets through", async ({ onTestFinished }) => {
    if (!kind) throw new Error("no such subject");
    const { store } = await kind.open(onTestFinished);
    const limit = store.rateLimit("prompts", { ...perMinute, whenRedisIsDown: "open" });
    expect(await limit.take("t1", 6)).toMatchObject({ allowed: false, reason: "limit_reached", limit: 5 });
    await store.setRateMultiplier("t1", 0);
    expect(await limit.take("t1")).toMatchObject({ allowed: false, reason: "limit_reached", limit: 0 });
    expect(await limit.take("t1", 0)).toMatchObject({ allowed: true, reason: "redis_down_open" });
  });

  test("closed lets nothing through, and does not blame the tenant", async ({ onTestFinished }) => {
    for (const answer of await answers(onTestFinished, { whenRedisIsDown: "closed" })) {
      expect(answer).toMatchObject({ allowed: false, reason: "redis_down_closed" });
    }
  });

  test("local counts up to a share of its own", async ({ onTestFinished }) => {
    const reasons = (await answers(onTestFinished, { whenRedisIsDown: "local", localLimit: 2 })).map(
      ({ reason }) => reason,
    );
    expect(reasons).toEqual(["redis_down_local", "redis_down_local", "redis_down_local_limit_reached"]);
  });
});
