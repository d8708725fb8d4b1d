import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { Redis } from "ioredis";
import { beforeAll, describe, expect, test } from "vitest";
import { breakerInMemory } from "../../../src/runtime/redis/breaker-memory.ts";
import { type Client, openClient } from "../../../src/runtime/redis/client.ts";
import { keys } from "../../../src/runtime/redis/keys.ts";
import { takeInMemory } from "../../../src/runtime/redis/limit-memory.ts";
import { createMemory } from "../../../src/runtime/redis/memory.ts";
import { scripts } from "../../../src/runtime/redis/scripts.ts";
import { factorOf, times } from "../../../src/runtime/redis/shapes.ts";
import { redisServerPath, startRedisServer } from "../../support/redis-server.ts";

/*
 * The helpers of every language share data: the Lua scripts, the rules of the keys, and cases for both. These tests run
 * the cases against the scripts in a real Redis and against their replacement in memory.
 */

const runtime = new URL("../../../src/runtime/", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, runtime), "utf8");
const cases = <Case>(name: string) => (JSON.parse(read(`conformance/${name}.json`)) as { cases: Case[] }).cases;

test("the shared files are those that other languages were built from: change the digests in each together", () => {
  const digests = ["redis/lua/", "conformance/"].flatMap((folder) =>
    readdirSync(new URL(folder, runtime))
      .toSorted()
      .map(
        (file) =>
          `${folder}${file} ${createHash("sha1")
            .update(read(`${folder}${file}`))
            .digest("hex")}`,
      ),
  );
  digests.push(`redis/keys.json ${createHash("sha1").update(read("redis/keys.json")).digest("hex")}`);
  expect(digests).toMatchInlineSnapshot(`
    [
      "redis/lua/breaker_enter.lua 655b16297aa07330437d84ec295bb83be5c57757",
      "redis/lua/breaker_fail.lua a5bd9fd9e41e1713d4d51ca241793b74436b1a48",
      "redis/lua/breaker_succeed.lua 709bfa0afe1e746342e9c2d057b7720c9faee260",
      "redis/lua/cache_increment.lua 2c3cf6a01285190dbcc7eb77b4cb1c5ab0f2cd5b",
      "redis/lua/limit.lua f4c9610743ad85eb5f9eb6ea868e02b0347764ae",
      "conformance/breakers.json 4684d32a7c16656ad5439246fc7f7920666652c6",
      "conformance/counters.json da1e3fe056770c2205709aa3be7e61c076f1a84b",
      "conformance/factors.json ee7a1ba2de06db1b0d7e0b9d1e33da834a53928b",
      "conformance/keys.json 2fdca53575d7bad183a7f4a417c6245f36ea6687",
      "conformance/limits.json a1c173b1df457a87f091e06e4c0f20455def3e6b",
      "conformance/variables.json 696faeb8df153ee22d31bba9da633870400fe5f7",
      "redis/keys.json 526015a8e34a2ea7aba3eef935799b23738daf08",
    ]
  `);
});

test("every script of the folder is a command, sent as its file says", () => {
  const files = readdirSync(new URL("redis/lua/", runtime));
  expect(
    Object.values(scripts)
      .map(({ lua }) => lua)
      .toSorted(),
  ).toEqual(files.map((file) => read(`redis/lua/${file}`)).toSorted());
});

test.for(cases<{ key: keyof typeof keys; values: [string, never]; text: string }>("keys"))(
  "the key $text",
  ({ key, values, text }) => expect(keys[key](...values)).toBe(text),
);

test.for(cases<{ text: string; factor: number | null; of10: number }>("factors"))(
  "the factor $text",
  ({ text, factor, of10 }) => {
    expect(factorOf(text) ?? null).toBe(factor);
    expect(times(10, factorOf(text) ?? 1)).toBe(of10);
  },
);

interface Step {
  put?: { key: string; text?: string; list?: string[]; ttlMs?: number };
  passMs?: number;
  take?: { cost: number; windowSeconds: number; limit: number };
  enter?: { token: string };
  fail?: { token: string };
  succeed?: { token: string };
  add?: { by: number; ttlSeconds: number };
  gives?: Record<string, unknown>;
}

/** Something that runs the steps of a case. */
interface Runner {
  put(what: NonNullable<Step["put"]>): Promise<void>;
  pass(ms: number): Promise<void>;
  take(what: NonNullable<Step["take"]>): Promise<object>;
  enter(token: string): Promise<object>;
  fail(token: string): Promise<unknown>;
  succeed(token: string): Promise<unknown>;
  add(by: number, ttlSeconds: number): Promise<object>;
}

const counter = keys.rateLimit("t1", "prompts");
const factorKey = keys.rateMultiplier("t1");
const [fails, open] = [keys.breakerFailures("twilio"), keys.breakerOpen("twilio")];
const breaker = { failures: 3, windowMs: 60_000, openMs: 30_000, trialMs: 10_000 };

function inRedis(client: Client): Runner {
  return {
    async put({ key, text, list, ttlMs }) {
      await client.del(key);
      if (list) await client.rpush(key, ...list);
      else await client.set(key, text ?? "");
      if (ttlMs !== undefined) await client.pexpire(key, ttlMs);
    },
    // Moves every expiry closer to now, which has the same effect as a later now.
    async pass(ms) {
      for (const key of await client.keys("*")) {
        const left = await client.pttl(key);
        if (left >= 0) await client.pexpire(key, Math.max(0, left - ms));
      }
    },
    async take({ cost, windowSeconds, limit: base }) {
      const [counted, total, resetsInMs, limit, , found] = await client.limitTake(
        counter,
        factorKey,
        cost,
        windowSeconds,
        base,
      );
      return { counted: counted === 1, total, resetsInMs, limit, found };
    },
    async enter(token) {
      const [state, detail, holder] = await client.breakerEnter(
        fails,
        open,
        breaker.failures,
        breaker.trialMs,
        token,
        breaker.openMs,
      );
      if (state === "closed") return { state, failures: detail };
      return state === "open" ? { state, retryAfterMs: detail, trial: holder === "trial" } : { state };
    },
    fail: (token) => client.breakerFail(fails, open, breaker.failures, breaker.windowMs, breaker.openMs, token),
    succeed: (token) => client.breakerSucceed(fails, open, breaker.failures, token),
    async add(by, ttlSeconds) {
      const [value, found] = await client.cacheIncrement("visits", by, ttlSeconds);
      return { value, found };
    },
  };
}

/** Nobody else writes into a process's memory, so a `put` without an expiry, or of another type, cannot occur here. */
function inMemory(): Runner {
  let now = 1_000;
  const memory = createMemory(() => now);
  const local = breakerInMemory(memory);
  return {
    async put({ key, text, ttlMs }) {
      memory.delete(key);
      if (text !== undefined) memory.set(key, text, ttlMs ?? 86_400_000);
    },
    async pass(ms) {
      now += ms;
    },
    take: async ({ cost, windowSeconds, limit }) =>
      takeInMemory(memory, counter, memory.get(factorKey), cost, windowSeconds, limit),
    enter: async (token) => local.enter(fails, open, breaker.failures, breaker.trialMs, token),
    fail: async (token) => local.fail(fails, open, breaker.failures, breaker.windowMs, breaker.openMs, token),
    succeed: async (token) => local.succeed(fails, open, breaker.failures, token),
    add: async (by, ttlSeconds) => ({ value: memory.add("visits", by, ttlSeconds * 1_000).value }),
  };
}

async function run(runner: Runner, steps: readonly Step[], sees: (gives: object) => object): Promise<void> {
  for (const { put, passMs, take, enter, fail, succeed, add, gives = {} } of steps) {
    if (put) await runner.put(put);
    if (passMs !== undefined) await runner.pass(passMs);
    if (fail) await runner.fail(fail.token);
    if (succeed) await runner.succeed(succeed.token);
    if (take) expect(await runner.take(take)).toMatchObject(sees(gives));
    if (enter) expect(await runner.enter(enter.token)).toMatchObject(sees(gives));
    if (add) expect(await runner.add(add.by, add.ttlSeconds)).toMatchObject(sees(gives));
  }
}

/** Times are accurate to a second. */
const nearly = (gives: object) =>
  Object.fromEntries(
    Object.entries(gives).map(([name, value]) => [
      name,
      /Ms$/.test(name) ? expect.toSatisfy((ms: number) => Math.abs(ms - value) <= 1_000) : value,
    ]),
  );
const withoutFound = ({ found, ...gives }: { found?: string }) => nearly(gives);

const all = ["limits", "breakers", "counters"].flatMap((file) =>
  cases<{ name: string; steps: Step[] }>(file).map((one) => ({ file, ...one })),
);
/** Cases with values that only other programs can write, which concern only a real Redis. */
const ofOthers = (steps: readonly Step[]) =>
  steps.some(({ put }) => put && (put.list || (put.ttlMs === undefined && put.key !== factorKey)));

describe("in memory", () => {
  test.for(all.filter(({ steps }) => !ofOthers(steps)))("$file: $name", ({ steps }) =>
    run(inMemory(), steps, withoutFound),
  );
});

describe("in a real Redis", () => {
  let client: Client;
  let url: string;

  beforeAll(async () => {
    if (!redisServerPath) return;
    const ends: (() => Promise<void>)[] = [];
    ({ url } = await startRedisServer((end) => ends.push(end)));
    client = await openClient(url, "conformance");
    await new Promise((resolve) => client.once("ready", resolve));
    return async () => {
      client.disconnect();
      for (const end of ends) await end();
    };
  });

  test.for(all)("$file: $name", async ({ steps }, context) => {
    if (!redisServerPath) return context.skip();
    await client.flushall();
    await run(inRedis(client), steps, nearly);
  });

  test("a factor is read as in memory", async (context) => {
    if (!redisServerPath) return context.skip();
    for (const { text, of10 } of cases<{ text: string; of10: number }>("factors")) {
      await client.set(factorKey, text);
      expect([text, (await client.limitTake(counter, factorKey, 0, 60, 10))[3]]).toEqual([text, of10]);
    }
  });

  test("the scripts are called by the digests of their files", async (context) => {
    if (!redisServerPath) return context.skip();
    const other = new Redis(url);
    const shas = Object.values(scripts).map(({ lua }) => createHash("sha1").update(lua).digest("hex"));
    expect(await other.script("EXISTS", ...shas)).toEqual(shas.map(() => 1));
    other.disconnect();
  });
});
