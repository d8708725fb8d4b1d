import { Redis } from "ioredis";
import { describe, expect, test, vi } from "vitest";
import { createStateStore, type StateStore } from "../../../src/runtime/redis/state-store.ts";
import { type ChaosProxy, startChaosProxy } from "../../support/chaos-proxy.ts";
import { redisServerPath, startRedisServer } from "../../support/redis-server.ts";
import { calls, durationOf } from "./calls.ts";
import { kindOfLine, type RefusingKind, refusingKinds, refusingLines } from "./refusing-servers.ts";

/*
 * Servers that refuse, over a connection that fails as well: the guarantees for each kind of refusal and for each kind
 * of trouble must hold together.
 */

type OnEnd = (end: () => Promise<void>) => void;

/** The longest time for a call, and the extra time for a machine that runs several of these tests at once. */
const deadlineMs = 1_000;
const machineMs = 1_000;

interface Chaos {
  readonly name: string;
  /** Whether Redis cannot be reached while it lasts. */
  readonly isAway: boolean;
  begin(proxy: ChaosProxy): void;
  /** Before each round of calls. */
  again?(proxy: ChaosProxy): void;
}

const chaos: readonly Chaos[] = [
  { name: "that is fine", isAway: false, begin: () => {} },
  { name: "whose connections are cut", isAway: false, begin: (proxy) => proxy.cut(), again: (proxy) => proxy.cut() },
  { name: "that is slow", isAway: false, begin: (proxy) => proxy.trouble({ kind: "slow", ms: 40 }) },
  { name: "that hangs", isAway: true, begin: (proxy) => proxy.trouble({ kind: "silent" }) },
];

const ends: Readonly<Record<string, string>> = { "redis-down": "redis-up", "redis-refuses": "redis-takes" };

/** A store behind a proxy that can cause trouble, and the notices that it gave. */
async function behind(url: string, onEnd: OnEnd) {
  const { port, username, password } = new URL(url);
  const proxy = await startChaosProxy(Number(port), onEnd);
  const notices: { kind: string; message: string }[] = [];
  const way = username ? `redis://${username}:${password}@127.0.0.1:${proxy.port}` : `redis://127.0.0.1:${proxy.port}`;
  const store = createStateStore({ url: way, deadlineMs, notice: (notice) => notices.push(notice) });
  onEnd(() => store.close());
  expect(await store.ready(10_000)).toBe(true);
  expect(await store.redisDetail()).toEqual({ status: "ok" });
  return { store, proxy, notices };
}

/** Calls everything a few times: no call may be late, and none may return a value older than the last one written. */
async function callsInTime(store: StateStore, before: () => void = () => {}): Promise<void> {
  const limit = store.rateLimit("five", { limit: 5, windowSeconds: 600, whenRedisIsDown: "local" });
  let allowed = 0;
  for (let round = 0; round < 6; round += 1) {
    before();
    for (const [name, call] of Object.entries(calls(store))) {
      expect([name, (await durationOf(call)) < deadlineMs + machineMs]).toEqual([name, true]);
    }
    await store.cacheSet("round", round);
    // A miss when the connection broke in between, but never an older value.
    expect([round, undefined]).toContain(await store.cacheGet("round"));
    if ((await limit.take("t1")).allowed) allowed += 1;
  }
  expect(allowed).toBeGreaterThan(0);
}

async function isAsBefore(store: StateStore, notices: readonly { kind: string }[]): Promise<void> {
  await vi.waitFor(
    async () => {
      expect(await store.redisDetail()).toEqual({ status: "ok" });
      expect(await store.cacheSet("marker", 1)).toBe("redis");
    },
    { timeout: 15_000, interval: 50 },
  );
  const kinds = () => notices.map(({ kind }) => kind).filter((kind) => kind !== "redis-found");
  await vi.waitFor(
    () => {
      const begun = kinds().filter((kind) => kind in ends);
      expect(kinds().toSorted()).toEqual([...begun, ...begun.map((kind) => ends[kind])].toSorted());
      // One log line when it begins, and one when it ends.
      expect(new Set(begun).size).toBe(begun.length);
    },
    { timeout: 10_000, interval: 50 },
  );
}

async function holds({ open, word }: RefusingKind, { begin, again, isAway }: Chaos, onEnd: OnEnd): Promise<void> {
  const server = await open(onEnd);
  const { store, proxy, notices } = await behind(server.url, onEnd);
  await server.harm();
  expect(await store.redisStatus()).toBe("error");
  expect(notices.map(({ kind }) => kind)).toEqual(["redis-refuses"]);
  expect(await store.redisDetail()).toMatchObject({ reasons: [{ word }] });
  begin(proxy);
  await callsInTime(store, () => again?.(proxy));
  const detail = await store.redisDetail();
  expect(await store.redisStatus()).toBe("error");
  if (isAway) expect(detail).toMatchObject({ status: "error", reason: expect.any(String) });
  else expect(["degraded", "error"]).toContain(detail.status);
  const linesOf = (what: string) => notices.filter(({ kind }) => kind === what).length;
  expect(linesOf("redis-refuses")).toBe(1);
  expect(linesOf("redis-down")).toBeLessThanOrEqual(1);
  // The store switches from a replica to its primary before it reports Redis as down.
  if (isAway) await vi.waitFor(() => expect(linesOf("redis-down")).toBe(1), { timeout: 10_000 });
  expect(JSON.stringify([detail, notices])).not.toContain("s3cret");
  proxy.trouble({ kind: "none" });
  await server.heal();
  await isAsBefore(store, notices);
}

for (const kind of refusingKinds) {
  test.concurrent.for(chaos)(`${kind.name}, on a way $name`, { timeout: 60_000 }, async (trouble, context) => {
    if (!redisServerPath) return context.skip();
    await holds(kind, trouble, context.onTestFinished);
  });
}

test.concurrent.for(refusingLines)("$line", { timeout: 60_000 }, async (line, context) => {
  if (!redisServerPath) return context.skip();
  const kind = kindOfLine(line);
  const server = await kind.open(context.onTestFinished);
  const { store, notices } = await behind(server.url, context.onTestFinished);
  await server.harm();
  expect(await store.redisDetail()).toMatchObject({
    status: line.refused.includes("read") ? "error" : "degraded",
    reasons: [{ word: line.word, operations: line.refused }],
  });
  await callsInTime(store);
  expect(notices.map(({ kind }) => kind)).toEqual(["redis-refuses"]);
  await server.heal();
  await isAsBefore(store, notices);
});

test.concurrent.for(chaos)(
  "keys that others wrote in another shape, on a way $name",
  {
    timeout: 60_000,
  },
  async ({ begin, again, isAway }, context) => {
    if (!redisServerPath) return context.skip();
    const server = await startRedisServer(context.onTestFinished);
    const { store, proxy, notices } = await behind(server.url, context.onTestFinished);
    const others = new Redis(server.url);
    context.onTestFinished(async () => others.disconnect());
    const write = async () => {
      await others.del("ratelimit:t1:prompts", "key", "kpis:t1", "count", "cb_fail:twilio", "cb_open:twilio");
      await others.set("ratelimit:t1:prompts", "7777");
      await others.rpush("key", "a");
      await others.rpush("kpis:t1", "a");
      await others.set("count", "many");
      await others.set("tenant:t1:rl_multiplier", "twice");
      await others.set("cb_fail:twilio", "99");
    };
    await write();
    begin(proxy);
    await callsInTime(store, () => again?.(proxy));
    expect(notices.filter(({ kind }) => kind === "redis-down").length).toBeLessThanOrEqual(1);
    expect(notices.some(({ kind }) => kind === "redis-refuses")).toBe(false);
    if (isAway) expect(await store.redisStatus()).toBe("error");
    proxy.trouble({ kind: "none" });
    await isAsBefore(store, notices);
    await write();
    await callsInTime(store);
    // They lock nobody out, and each kind of shape is reported once.
    const limit = store.rateLimit("prompts", { limit: 5, windowSeconds: 60, whenRedisIsDown: "closed" });
    await others.set("ratelimit:t1:prompts", "7777");
    expect(await limit.take("t1")).toMatchObject({ allowed: true });
    const found = notices.filter(({ kind }) => kind === "redis-found").map(({ message }) => message);
    expect(new Set(found).size).toBe(found.length);
    expect(await store.redisDetail()).toEqual({ status: "ok" });
  },
);

describe("a clock that is set back by an hour", () => {
  test.for([...chaos, undefined])("on a way $name", { timeout: 60_000 }, async (trouble, context) => {
    if (trouble && !redisServerPath) return context.skip();
    vi.useFakeTimers({ toFake: ["Date"] });
    context.onTestFinished(() => void vi.useRealTimers());
    const server = trouble && (await startRedisServer(context.onTestFinished));
    const { store, proxy, notices } = server
      ? await behind(server.url, context.onTestFinished)
      : { store: createStateStore({ notice: () => {} }), proxy: undefined, notices: [] };
    const limit = store.rateLimit("one", { limit: 1, windowSeconds: 2, whenRedisIsDown: "local" });
    const breaker = store.circuitBreaker("one", { failures: 1, openSeconds: 1 });
    await limit.take("t1");
    await expect(breaker.run(() => Promise.reject(new Error("down")))).rejects.toThrow("down");
    vi.setSystemTime(Date.now() - 3_600_000);
    if (trouble && proxy) trouble.begin(proxy);
    await callsInTime(store, () => proxy && trouble?.again?.(proxy));
    const refused = await limit.take("t1");
    if (!refused.allowed) expect(refused.retryAfterMs).toBeLessThanOrEqual(2_000);
    // Windows and breakers end at the usual time.
    await vi.waitFor(async () => expect((await limit.take("t1")).allowed).toBe(true), { timeout: 6_000 });
    await vi.waitFor(async () => expect(await breaker.run(() => "works")).toBe("works"), { timeout: 6_000 });
    proxy?.trouble({ kind: "none" });
    if (server) await isAsBefore(store, notices);
    else expect([await store.redisStatus(), notices]).toEqual(["disabled", []]);
    await store.close();
  });
});

test("without Redis the same calls are in time, and there is nothing to tell", async ({ onTestFinished }) => {
  const notices: unknown[] = [];
  const store = createStateStore({ notice: (notice) => notices.push(notice) });
  onTestFinished(() => store.close());
  await callsInTime(store);
  expect([notices, await store.redisDetail()]).toEqual([[], { status: "disabled" }]);
});
