import { Redis } from "ioredis";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { createStateStore, type StateStore } from "../../../src/runtime/redis/state-store.ts";
import { redisServerPath, startRedisServer } from "../../support/redis-server.ts";
import { calls, durationOf } from "./calls.ts";
import { type RefusingServer, refusingKinds } from "./refusing-servers.ts";

/** The longest time for a call, and the extra time for a busy test machine. */
const deadlineMs = 250;
const machineMs = 250;

describe.for(refusingKinds)(
  "a Redis that answers PING and is $name",
  { timeout: 30_000 },
  ({ open, word, refused }) => {
    let store: StateStore;
    let server: RefusingServer;
    const notices: { kind: string; message: string }[] = [];
    const kinds = () => notices.map(({ kind }) => kind);

    beforeEach(async (context) => {
      if (!redisServerPath) return context.skip();
      server = await open(context.onTestFinished);
      notices.length = 0;
      store = createStateStore({ url: server.url, notice: (notice) => notices.push(notice) });
      context.onTestFinished(() => store.close());
      expect(await store.ready(5_000)).toBe(true);
      for (const call of Object.values(calls(store))) await call();
      expect(await store.redisDetail()).toEqual({ status: "ok" });
      await server.harm();
    });

    test("is not healthy: the server's own word says why, and no piece of a password", async () => {
      const detail = await store.redisDetail();
      expect(detail).toMatchObject({
        status: refused.length === 4 ? "error" : "degraded",
        reasons: [{ word, operations: expect.arrayContaining([...refused]), since: expect.stringMatching(/^20.*Z$/) }],
      });
      expect(await store.redisStatus()).toBe("error");
      expect(JSON.stringify([detail, notices])).not.toContain("s3cret");
    });

    test("costs no call more than its deadline, and the log one line, whatever is called", async () => {
      for (let round = 0; round < 30; round += 1) {
        for (const [name, call] of Object.entries(calls(store))) {
          expect([name, (await durationOf(call)) < deadlineMs + machineMs]).toEqual([name, true]);
        }
      }
      await vi.waitFor(() => expect(kinds()).toEqual(["redis-refuses"]));
      expect(notices[0]?.message).toMatch(
        /^Redis refuses .+ \(.+\)\. These use this process's memory until it takes them\.$/,
      );
    });

    test("one kind of call alone is told once as well, and opens no connection again and again", async () => {
      const limit = store.rateLimit("prompts", { limit: 5, windowSeconds: 60, whenRedisIsDown: "local" });
      let allowed = 0;
      for (let index = 0; index < 40; index += 1) if ((await limit.take("only")).allowed) allowed += 1;
      // Some takes were counted in Redis before the refusal was known; this process's own share covers the rest.
      expect(allowed).toBeLessThanOrEqual(5);
      expect(allowed).toBeGreaterThan(0);
      await vi.waitFor(() => expect(kinds()).toEqual(["redis-refuses"]));
    });

    test("keeps what callers were told, and is used again when it takes it: one line says so", async () => {
      await store.cacheSet("changed", "during");
      await store.cacheSet("changed", "during, again");
      await store.cacheIncr("count");
      expect(await store.cacheGet("changed")).toBe("during, again");
      await vi.waitFor(() => expect(kinds()).toEqual(["redis-refuses"]));
      await server.heal();
      await vi.waitFor(async () => expect(await store.cacheSet("marker", 1)).toBe("redis"), {
        timeout: 6_000,
        interval: 50,
      });
      await vi.waitFor(() => expect(kinds()).toEqual(["redis-refuses", "redis-takes"]), { timeout: 5_000 });
      expect(await store.redisDetail()).toEqual({ status: "ok" });
    });

    test("flaps: the log has one line", async () => {
      await store.cacheSet("key", 1);
      await store.cacheIncr("count");
      await vi.waitFor(() => expect(kinds()).toEqual(["redis-refuses"]));
      for (let flap = 0; flap < 6; flap += 1) {
        await server.heal();
        await store.redisDetail();
        await server.harm();
        await store.redisDetail();
      }
      expect(kinds()).toEqual(["redis-refuses"]);
    });

    test("cached waits for no lock that cannot be given back", async () => {
      expect(await durationOf(() => store.cached("kpis:t9", 60, () => 1))).toBeLessThan(deadlineMs + machineMs);
      await store.cacheDel("kpis:t9");
      expect(await durationOf(() => store.cached("kpis:t9", 60, () => 2))).toBeLessThan(deadlineMs + machineMs);
      expect(await store.cached("kpis:t9", 60, () => 3)).toBe(2);
    });
  },
);

test("a Redis that refuses and then goes away is told once for each, and once when each is over", {
  timeout: 30_000,
}, async (context) => {
  if (!redisServerPath) return context.skip();
  const server = await startRedisServer(context.onTestFinished);
  const notices: string[] = [];
  const store = createStateStore({ url: server.url, notice: ({ kind }) => notices.push(kind) });
  context.onTestFinished(() => store.close());
  await store.ready(5_000);
  const admin = new Redis(server.url);
  await admin.config("SET", "maxmemory-policy", "noeviction");
  await admin.config("SET", "maxmemory", "1");
  admin.disconnect();
  expect(await store.redisDetail()).toMatchObject({ status: "degraded", reasons: [{ word: "OOM" }] });
  await server.kill();
  for (let round = 0; round < 20; round += 1) {
    for (const [name, call] of Object.entries(calls(store))) {
      expect([name, (await durationOf(call)) < deadlineMs + machineMs]).toEqual([name, true]);
    }
  }
  expect(await store.redisDetail()).toMatchObject({ status: "error" });
  expect(notices).toEqual(["redis-refuses", "redis-down"]);
  // It starts with free memory again.
  await server.start();
  await vi.waitFor(async () => expect(await store.redisDetail()).toEqual({ status: "ok" }), { timeout: 10_000 });
  await vi.waitFor(
    () => expect(notices.toSorted()).toEqual(["redis-down", "redis-refuses", "redis-takes", "redis-up"]),
    { timeout: 10_000 },
  );
  expect(await store.cacheSet("key", 1)).toBe("redis");
});

test("a right that is taken away later is told as well, by the command that it concerns", {
  timeout: 30_000,
}, async (context) => {
  if (!redisServerPath) return context.skip();
  const { url } = await startRedisServer(context.onTestFinished);
  const admin = new Redis(url);
  const messages: string[] = [];
  const store = createStateStore({ url, deadlineMs: 1_000, notice: ({ message }) => messages.push(message) });
  context.onTestFinished(async () => {
    await store.close();
    admin.disconnect();
  });
  await store.ready(5_000);
  const sent = { channel: "sms", template_id: "t", contact_id: "c" } as const;
  await admin.call("ACL", "SETUSER", "default", "-publish");
  await store.emitEvent("cadence.message_sent", sent);
  await vi.waitFor(() => expect(messages).toHaveLength(1), { timeout: 5_000 });
  expect(messages[0]).toMatch(/^Redis refuses some events \(NOPERM .*'publish'.*\)\. They reach this process alone/);
  await admin.call("ACL", "SETUSER", "default", "-set", "-get", "-mget");
  const look = async () => {
    await store.cacheSet("k", 1);
    expect((await store.redisDetail()).status).not.toBe("ok");
    expect(messages).toHaveLength(2);
  };
  await vi.waitFor(look, { timeout: 20_000, interval: 200 });
  expect(messages[1]).toMatch(/^Redis refuses reads, writes and scripts as well \(NOPERM /);
  const detail = JSON.stringify(await store.redisDetail());
  expect(detail).toMatch(/'publish'.*'(?:set|get|mget)'|'(?:set|get|mget)'.*'publish'/);
});
