import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Redis } from "ioredis";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Notice } from "../../../src/runtime/redis/notice.ts";
import { createStateStore } from "../../../src/runtime/redis/state-store.ts";
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
