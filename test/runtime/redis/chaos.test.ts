import { Redis } from "ioredis";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { createStateStore, type StateStore } from "../../../src/runtime/redis/state-store.ts";
import { startChaosProxy } from "../../support/chaos-proxy.ts";
import { freePort, type RedisServer, redisServerPath, startRedisServer } from "../../support/redis-server.ts";
import { calls, durationOf } from "./calls.ts";

type OnEnd = (end: () => Promise<void>) => void;

interface Chaos {
  readonly name: string;
  /** A store whose Redis a test can stop and restore. */
  open(onEnd: OnEnd): Promise<{ url: string; harm(): Promise<void> | void; heal(): Promise<void> | void }>;
}

const ofServer =
  (harm: (server: RedisServer) => Promise<void> | void, heal: (server: RedisServer) => Promise<void> | void) =>
  async (onEnd: OnEnd) => {
    const server = await startRedisServer(onEnd);
    return { url: server.url, harm: () => harm(server), heal: () => heal(server) };
  };

const ofProxy =
  (trouble: Parameters<Awaited<ReturnType<typeof startChaosProxy>>["trouble"]>[0]) => async (onEnd: OnEnd) => {
    const server = await startRedisServer(onEnd);
    const proxy = await startChaosProxy(server.port, onEnd);
    return {
      url: `redis://127.0.0.1:${proxy.port}`,
      harm: () => proxy.trouble(trouble),
      heal: () => proxy.trouble({ kind: "none" }),
    };
  };

const chaos: readonly Chaos[] = [
  {
    name: "killed",
    open: ofServer(
      (server) => server.kill(),
      (server) => server.start(),
    ),
  },
  {
    name: "paused",
    open: ofServer(
      (server) => server.pause(),
      (server) => server.resume(),
    ),
  },
  { name: "slow", open: ofProxy({ kind: "slow", ms: 1_000 }) },
  { name: "answering garbage", open: ofProxy({ kind: "garbage" }) },
  { name: "silent", open: ofProxy({ kind: "silent" }) },
  { name: "breaking connections", open: ofProxy({ kind: "reset" }) },
];

/** The longest time for a call, and the extra time for a busy test machine. */
const deadlineMs = 250;
const machineMs = 250;

/** Whether the call ends before anything that waits for a timer or a socket can happen. */
function isDoneAtOnce(call: () => Promise<unknown>): Promise<boolean> {
  return Promise.race([
    call().then(() => true),
    new Promise<false>((resolve) => setImmediate(() => setImmediate(() => resolve(false)))),
  ]);
}

describe.for(chaos)("while Redis is $name", { timeout: 30_000 }, ({ open }) => {
  let store: StateStore;
  let place: Awaited<ReturnType<Chaos["open"]>>;
  const notices: string[] = [];

  beforeEach(async (context) => {
    if (!redisServerPath) return context.skip();
    place = await open(context.onTestFinished);
    notices.length = 0;
    store = createStateStore({ url: place.url, notice: ({ kind }) => notices.push(kind) });
    context.onTestFinished(() => store.close());
    await store.ready(5_000);
    for (const call of Object.values(calls(store))) await call();
    expect(await store.redisStatus()).toBe("ok");
  });

  test("no call throws or exceeds its deadline, and after the first failures none waits", async () => {
    await place.harm();
    for (const call of Object.values(calls(store))) {
      expect(await durationOf(call)).toBeLessThan(deadlineMs + machineMs);
    }
    expect(notices).toEqual(["redis-down"]);
    for (let round = 0; round < 50; round += 1) {
      for (const [name, call] of Object.entries(calls(store))) {
        expect([name, await isDoneAtOnce(call)]).toEqual([name, true]);
      }
    }
    expect(await store.redisStatus()).toBe("error");
  });

  test("many calls at once wait no longer than one", async () => {
    await place.harm();
    const all = Array.from({ length: 50 }, () => Object.values(calls(store))).flat();
    expect(await durationOf(() => Promise.all(all.map((call) => call())))).toBeLessThan(deadlineMs + 2 * machineMs);
  });

  test("what was kept meanwhile is there, and Redis is used again within 5 s of its return", async () => {
    await store.cacheSet("changed", "before");
    await store.cacheSet("deleted", "before");
    await place.harm();
    await store.cacheSet("changed", "during");
    await store.cacheDel("deleted");
    expect([await store.cacheGet("changed"), await store.cacheGet("deleted")]).toEqual(["during", undefined]);
    for (const call of Object.values(calls(store))) await call();

    await place.heal();
    await vi.waitFor(async () => expect(await store.cacheSet("marker", 1)).toBe("redis"), {
      timeout: 5_000,
      interval: 50,
    });
    // The recovery is reported after Redis has been back for a second.
    await vi.waitFor(() => expect(notices).toEqual(["redis-down", "redis-up"]), { timeout: 5_000 });
    // Redis had older values under these keys than callers had received: a miss is better than an old value.
    expect(await store.cacheGet("changed")).not.toBe("before");
    expect(await store.cacheGet("deleted")).toBeUndefined();
    for (const call of Object.values(calls(store))) await call();
    expect(await store.redisStatus()).toBe("ok");
  });
});

describe("when there is no Redis at the start", () => {
  test.for([
    "redis://127.0.0.1:1",
    "redis://no-such-host.invalid",
    "https://eu1.upstash.io",
    "nonsense",
    "redis://:@:99999",
  ])("every call is answered from memory: %s", async (url, { onTestFinished }) => {
    const store = createStateStore({ url, notice: () => {} });
    onTestFinished(() => store.close());
    const all = Object.values(calls(store));
    expect(await durationOf(() => Promise.all(all.map((call) => call())))).toBeLessThan(deadlineMs + machineMs);
    await store.cacheSet("key", 1);
    expect(await store.cacheGet("key")).toBe(1);
    expect(await store.redisStatus()).toBe("error");
  });

  test("it is used as soon as it is there", async (context) => {
    if (!redisServerPath) return context.skip();
    const server = await startRedisServer(context.onTestFinished);
    await server.kill();
    const store = createStateStore({ url: server.url, notice: () => {} });
    context.onTestFinished(() => store.close());
    expect(await store.cacheSet("key", 1)).toBe("memory");
    await server.start();
    await vi.waitFor(async () => expect(await store.cacheSet("key", 1)).toBe("redis"), {
      timeout: 5_000,
      interval: 50,
    });
  });

  test("a subscriber hears other processes as soon as it is there", { timeout: 20_000 }, async (context) => {
    if (!redisServerPath) return context.skip();
    const server = await startRedisServer(context.onTestFinished);
    await server.kill();
    const [here, there] = [0, 1].map(() => createStateStore({ url: server.url, notice: () => {} }));
    if (!here || !there) throw new Error("no stores");
    context.onTestFinished(async () => void (await Promise.all([here.close(), there.close()])));
    const heard = vi.fn();
    await here.subscribeEvents(["landing_view"], heard);
    await server.start();
    await vi.waitFor(
      async () => {
        await there.emitEvent("landing_view", {});
        expect(heard).toHaveBeenCalled();
      },
      { timeout: 5_000, interval: 100 },
    );
  });
});

test("the log gets one line when Redis goes, without its password, and one when it is back", async () => {
  const port = await freePort();
  const notices: string[] = [];
  const store = createStateStore({
    url: `redis://default:4eC39HqLyjWDarjtT1zdp7dc@127.0.0.1:${port}`,
    notice: ({ message }) => notices.push(message),
  });
  await store.ready(5_000);
  for (let index = 0; index < 20; index += 1) await store.cacheGet("key");
  await store.close();
  expect(notices).toHaveLength(1);
  expect(notices[0]).toMatch(
    /^Redis is unavailable \(.*ECONNREFUSED.*\)\. Cache, limits, breakers and events use this process's memory until it is back\.$/,
  );
  expect(notices[0]).not.toContain("4eC39");
});

test("the log says why a Redis that is there does not let us in", async (context) => {
  if (!redisServerPath) return context.skip();
  const server = await startRedisServer(context.onTestFinished);
  const client = new Redis(server.url);
  await client.config("SET", "requirepass", "right-password");
  client.disconnect();
  const notices: string[] = [];
  const opened = [
    `redis://:wrong-password@127.0.0.1:${server.port}`,
    `redis://:right-password@127.0.0.1:${server.port}`,
  ].map((url) => createStateStore({ url, notice: ({ message }) => notices.push(message) }));
  context.onTestFinished(async () => void (await Promise.all(opened.map((store) => store.close()))));
  expect(await Promise.all(opened.map((store) => store.ready(5_000)))).toEqual([false, true]);
  expect(notices).toEqual([expect.stringMatching(/^Redis is unavailable \(WRONGPASS /)]);
  expect(notices.join()).not.toContain("wrong-password");
});
