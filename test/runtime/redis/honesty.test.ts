import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Redis } from "ioredis";
import { afterEach, describe, expect, test, vi } from "vitest";
import { askRedis } from "../../../src/runtime/redis/ask.ts";
import type { Notice } from "../../../src/runtime/redis/notice.ts";
import { createStateStore } from "../../../src/runtime/redis/state-store.ts";
import { startChaosProxy } from "../../support/chaos-proxy.ts";
import { redisServerPath, startRedisServer } from "../../support/redis-server.ts";
import { durationOf } from "./calls.ts";

afterEach(() => void vi.useRealTimers());

const perMinute = { limit: 5, windowSeconds: 60, whenRedisIsDown: "local" } as const;

async function withRedis(context: { skip(): never | void; onTestFinished(end: () => Promise<void>): void }) {
  const server = await startRedisServer(context.onTestFinished);
  const notices: Notice[] = [];
  const store = createStateStore({ url: server.url, notice: (notice) => notices.push(notice) });
  const client = new Redis(server.url);
  context.onTestFinished(async () => {
    client.disconnect();
    await store.close();
  });
  await store.ready(5_000);
  return { server, store, client, notices };
}

describe("an error of the program's own", () => {
  test("is thrown to who called, and counts against no connection", async (context) => {
    if (!redisServerPath) return context.skip();
    const { store, notices } = await withRedis(context);
    const hostile = {
      toString() {
        throw new TypeError("no text");
      },
    };
    for (let call = 0; call < 10; call += 1) {
      await expect((async () => store.cacheGet(hostile as never))()).rejects.toThrow(TypeError);
      await expect(store.circuitBreaker(`b${call}`).run(() => Promise.reject(new TypeError("mine")))).rejects.toThrow(
        "mine",
      );
    }
    expect(notices).toEqual([]);
    expect(await store.redisDetail()).toEqual({ status: "ok" });
    expect(await store.cacheSet("key", 1)).toBe("redis");
  });

  test("a process that is busy for longer than the deadline has no outage", async (context) => {
    if (!redisServerPath) return context.skip();
    const { store, notices } = await withRedis(context);
    for (let round = 0; round < 5; round += 1) {
      const asked = store.cacheSet("key", round);
      const until = performance.now() + 400;
      while (performance.now() < until);
      expect(await asked).toBe("redis");
    }
    expect(notices).toEqual([]);
  });
});

describe("keys that others wrote in another shape", () => {
  test("are read as what they are, replaced where they block, and told once each kind", async (context) => {
    if (!redisServerPath) return context.skip();
    const { store, client, notices } = await withRedis(context);
    const limit = store.rateLimit("prompts", perMinute);
    await client.set("ratelimit:t1:prompts", "9");
    await client.set("ratelimit:t2:prompts", "many", "EX", 60);
    await client.rpush("ratelimit:t3:prompts", "a");
    await client.set("ratelimit:t4:prompts", "77");
    for (const tenant of ["t1", "t2", "t3", "t4"]) {
      expect(await limit.take(tenant)).toMatchObject({ allowed: true, remaining: 4 });
      expect(await client.ttl(`ratelimit:${tenant}:prompts`)).toBeGreaterThan(50);
    }
    await client.rpush("kpis:t1", "a");
    expect(await store.cacheGet("kpis:t1")).toBeUndefined();
    expect(await store.cached("kpis:t1", 60, () => 7)).toBe(7);
    expect(await store.cacheGet("kpis:t1")).toBe(7);
    expect(notices.map(({ kind }) => kind)).toEqual(Array(4).fill("redis-found"));
    expect(store.redisCounts()).toMatchObject({ replaced: 5 });
    expect(await store.redisDetail()).toEqual({ status: "ok" });
  });
});

test("a counter that INCRBY refuses is replaced, and Redis is not taken for down", async (context) => {
  if (!redisServerPath) return context.skip();
  const { store, client, notices } = await withRedis(context);
  for (const [index, text] of ["007", "00", "-0"].entries()) {
    for (const whenRedisIsDown of ["open", "closed", "local"] as const) {
      await client.set(`ratelimit:t${index}:${whenRedisIsDown}`, text, "EX", 600);
      const limit = store.rateLimit(whenRedisIsDown, { ...perMinute, whenRedisIsDown });
      expect(await limit.take(`t${index}`)).toMatchObject({ reason: "within_limit", remaining: 4 });
    }
    await client.set(`visits:${index}`, text, "EX", 600);
    expect([await store.cacheIncr(`visits:${index}`, 2), await client.get(`visits:${index}`)]).toEqual([2, "2"]);
  }
  expect(notices).toEqual([
    expect.objectContaining({ kind: "redis-found", message: expect.stringContaining("is no counter") }),
  ]);
  expect(await store.redisDetail()).toEqual({ status: "ok" });
});

test("a counter at its limit with an expiry of 30 days does not block a limit of a minute", async (context) => {
  if (!redisServerPath) return context.skip();
  const { store, client, notices } = await withRedis(context);
  await client.set("ratelimit:t1:prompts", "5", "EX", 30 * 86_400);
  expect(await store.rateLimit("prompts", perMinute).take("t1")).toMatchObject({ allowed: true, remaining: 4 });
  expect(await client.ttl("ratelimit:t1:prompts")).toBeLessThanOrEqual(60);
  expect(notices).toEqual([expect.objectContaining({ message: expect.stringContaining("beyond its window") })]);
});

describe("a clock that is set back by an hour", () => {
  test.for(["in memory", "in Redis"])("ends no window later: %s", async (where, context) => {
    if (where === "in Redis" && !redisServerPath) return context.skip();
    vi.useFakeTimers({ toFake: ["Date"] });
    const store = where === "in Redis" ? (await withRedis(context)).store : createStateStore({ notice: () => {} });
    const limit = store.rateLimit("prompts", { ...perMinute, limit: 1, windowSeconds: 1 });
    await limit.take("t1");
    vi.setSystemTime(Date.now() - 3_600_000);
    const refused = await limit.take("t1");
    expect(refused.retryAfterMs).toBeLessThanOrEqual(1_000);
    await vi.waitFor(async () => expect((await limit.take("t1")).allowed).toBe(true), { timeout: 3_000 });
  });
});

test("a lock whose holder crashed is waited for no longer than the lock lives", async (context) => {
  if (!redisServerPath) return context.skip();
  const { server, store } = await withRedis(context);
  const holder = fork(fileURLToPath(new URL("hold-lock.ts", import.meta.url)), [server.url], {
    execArgv: ["--disable-warning=ExperimentalWarning"],
    silent: true,
  });
  await once(holder, "message");
  holder.kill("SIGKILL");
  await once(holder, "exit");
  let value: unknown;
  const waited = await durationOf(async () => {
    value = await store.cached("kpis:crash", 60, () => "mine");
  });
  expect(value).toBe("mine");
  expect(waited).toBeLessThan(1_000 + 500);
});

test.for([
  ["no expiry", 0],
  ["an expiry of an hour", 3_600],
] as const)("a lock with %s is waited for no longer than a lock lives", async ([, seconds], context) => {
  if (!redisServerPath) return context.skip();
  const { store, client } = await withRedis(context);
  await client.set("loading:kpis:t1", "by hand");
  if (seconds > 0) await client.expire("loading:kpis:t1", seconds);
  const waited = await durationOf(() => store.cached("kpis:t1", 60, () => "mine"));
  expect(waited).toBeLessThan(1_000 + 1_500);
  expect(await store.cacheGet("kpis:t1")).toBe("mine");
});

test("a miss with a slow Redis waits for it no longer than the deadline", async (context) => {
  if (!redisServerPath) return context.skip();
  const server = await startRedisServer(context.onTestFinished);
  const proxy = await startChaosProxy(server.port, context.onTestFinished);
  const store = createStateStore({ url: `redis://127.0.0.1:${proxy.port}`, deadlineMs: 1_000, notice: () => {} });
  context.onTestFinished(() => store.close());
  await store.ready(5_000);
  proxy.trouble({ kind: "slow", ms: 480 });
  const waited = await durationOf(() => store.cached("kpis:t1", 60, () => "mine"));
  expect(waited).toBeLessThan(1_000 + 250);
});

test("a database that the server lacks is an error in its own words, and no key of another one is touched", async (context) => {
  if (!redisServerPath) return context.skip();
  const server = await startRedisServer(context.onTestFinished);
  const client = new Redis(server.url);
  for (const url of [`${server.url}/99`, `${server.url}?db=99`]) {
    const store = createStateStore({ url, notice: () => {} });
    context.onTestFinished(() => store.close());
    await client.set("kpis:t1", "1");
    expect(await store.ready(5_000)).toBe(false);
    expect(await store.cacheGet("kpis:t1")).toBeUndefined();
    expect(await store.cacheSet("kpis:t1", 2)).toBe("memory");
    expect(await store.redisDetail()).toMatchObject({ status: "error", reason: expect.stringContaining("DB index") });
    expect(await store.ready(700)).toBe(false);
    expect([await client.get("kpis:t1"), await client.dbsize()]).toEqual(["1", 1]);
    expect(await askRedis(url, { authority: undefined, timeoutMs: 5_000 })).toContain("DB index");
  }
  const third = createStateStore({ url: `${server.url}/3`, notice: () => {} });
  context.onTestFinished(() => third.close());
  expect(await third.ready(5_000)).toBe(true);
  client.disconnect();
});

test.for(["?db=", "?db=x", "?db", "?family=4&db=1.5", "?db=1&db="])(
  "an address with the database %s is refused before it is tried",
  async (query, { onTestFinished }) => {
    const store = createStateStore({ url: `redis://127.0.0.1:1${query}`, notice: () => {} });
    onTestFinished(() => store.close());
    expect(await store.redisDetail()).toMatchObject({
      status: "error",
      reason: expect.stringContaining("must be a Redis address"),
    });
  },
);
