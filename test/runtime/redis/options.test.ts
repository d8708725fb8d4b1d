import { describe, expect, expectTypeOf, test } from "vitest";
import type { CircuitBreakerOptions } from "../../../src/runtime/redis/breaker.ts";
import type { RateLimitOptions } from "../../../src/runtime/redis/limiter.ts";
import { type NumberOptionName, numberRules } from "../../../src/runtime/redis/options.ts";
import { createStateStore, type StateStore, type StateStoreOptions } from "../../../src/runtime/redis/state-store.ts";
import { inWords, isOptionError, type NumberRule } from "../../../src/runtime/shared/options.ts";

/** Every number that a helper takes, given through the helper itself. */
const uses: Readonly<Record<NumberOptionName, (store: StateStore, value: never) => unknown>> = {
  "rateLimit.limit": (store, limit) => store.rateLimit("b", { limit, windowSeconds: 60, whenRedisIsDown: "local" }),
  "rateLimit.windowSeconds": (store, windowSeconds) =>
    store.rateLimit("b", { limit: 5, windowSeconds, whenRedisIsDown: "local" }),
  "rateLimit.localLimit": (store, localLimit) =>
    store.rateLimit("b", { limit: 5, windowSeconds: 60, whenRedisIsDown: "local", localLimit }),
  "take.cost": (store, cost) =>
    store.rateLimit("b", { limit: 5, windowSeconds: 60, whenRedisIsDown: "local" }).take("t", cost),
  "setRateMultiplier.factor": (store, factor) => store.setRateMultiplier("t", factor),
  "setRateMultiplier.ttlSeconds": (store, seconds) => store.setRateMultiplier("t", 1, seconds),
  "circuitBreaker.failures": (store, failures) => store.circuitBreaker("b", { failures }),
  "circuitBreaker.windowSeconds": (store, windowSeconds) => store.circuitBreaker("b", { windowSeconds }),
  "circuitBreaker.openSeconds": (store, openSeconds) => store.circuitBreaker("b", { openSeconds }),
  "circuitBreaker.trialSeconds": (store, trialSeconds) => store.circuitBreaker("b", { trialSeconds }),
  "cacheSet.ttlSeconds": (store, seconds) => store.cacheSet("k", 1, seconds),
  "cacheIncr.by": (store, by) => store.cacheIncr("k", by),
  "cacheIncr.ttlSeconds": (store, seconds) => store.cacheIncr("k", 1, seconds),
  "cached.ttlSeconds": (store, seconds) => store.cached("k", seconds, () => 1),
  "createStateStore.deadlineMs": (_, deadlineMs) => openQuietly({ deadlineMs, development: development(_) }),
  "ready.ms": (store, ms) => store.ready(ms),
};

const modes = new WeakMap<StateStore, boolean>();
const development = (store: StateStore) => modes.get(store) ?? false;
let warnings: string[] = [];

function openQuietly(options: StateStoreOptions): StateStore {
  const store = createStateStore({ ...options, notice: ({ message }) => warnings.push(message) });
  modes.set(store, options.development ?? false);
  return store;
}

const values: readonly unknown[] = [
  Number.NaN,
  undefined,
  "3",
  -1,
  0,
  1.5,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  1e20,
];

const cells = Object.entries(numberRules).flatMap(([name, rule]) =>
  values.map((value) => ({ name: name as NumberOptionName, rule: rule as NumberRule, value })),
);

/** Whether the documentation covers a value, so that it is not a finding. */
function isDocumented({ least, most, whole, optional, moves }: NumberRule, value: unknown): boolean {
  if (value === undefined) return optional === true;
  if (typeof value !== "number" || Number.isNaN(value)) return false;
  return moves === true || (value >= least && value <= most && (whole === undefined || Number.isInteger(value)));
}

describe("each number that is given", () => {
  test.for(cells)("$name of $value: a finding, or what the documentation says", async ({ name, rule, value }) => {
    warnings = [];
    const inDevelopment = openQuietly({ development: true });
    const thrown = await (async () => uses[name](inDevelopment, value as never))().catch((error: unknown) => error);
    const inProduction = openQuietly({});
    await uses[name](inProduction, value as never);
    await uses[name](inProduction, value as never);
    if (isDocumented(rule, value)) {
      expect([isOptionError(thrown), warnings]).toEqual([false, []]);
    } else {
      expect(thrown).toMatchObject({ name: "OptionError", findings: [{ expected: inWords(rule) }] });
      // Each call of createStateStore is a store of its own.
      expect(warnings).toHaveLength(name === "createStateStore.deadlineMs" ? 2 : 1);
      expect(warnings[0]).toMatch(/ has to be a (?:whole )?number from .+\. Production uses \S+\.$/);
    }
  });

  test("is in the table", () => {
    type NumbersOf<Options> = {
      [Name in keyof Options]-?: NonNullable<Options[Name]> extends number ? Name : never;
    }[keyof Options];
    expectTypeOf<`rateLimit.${NumbersOf<RateLimitOptions>}`>().toExtend<NumberOptionName>();
    expectTypeOf<`circuitBreaker.${NumbersOf<CircuitBreakerOptions>}`>().toExtend<NumberOptionName>();
    expectTypeOf<`createStateStore.${NumbersOf<StateStoreOptions>}`>().toExtend<NumberOptionName>();
    expect(Object.keys(uses)).toEqual(Object.keys(numberRules));
  });
});

describe("in production no limit is free and none locks out, whatever it was given", () => {
  const never = openQuietly({});
  const allowedOf = async (value: unknown, name: "limit" | "windowSeconds" | "cost"): Promise<number> => {
    const limit = never.rateLimit(`${name} ${String(value)} ${typeof value}`, {
      limit: (name === "limit" ? value : 5) as number,
      windowSeconds: (name === "windowSeconds" ? value : 60) as number,
      whenRedisIsDown: "closed",
    });
    let allowed = 0;
    for (let take = 0; take < 2_000; take += 1) {
      if ((await limit.take("t", (name === "cost" ? value : 1) as number)).allowed) allowed += 1;
    }
    return allowed;
  };

  test.for([
    [Number.NaN, 100],
    [undefined, 100],
    ["3", 3],
    [-1, 100],
    [0, 0],
    [1.5, 1],
    [Number.POSITIVE_INFINITY, 100],
    [Number.NEGATIVE_INFINITY, 100],
  ])("a limit of %s", async ([value, allowed]) => expect(await allowedOf(value, "limit")).toBe(allowed));

  test.for(values)("a window of %s s", async (value) => expect(await allowedOf(value, "windowSeconds")).toBe(5));

  test.for([
    [Number.NaN, 5],
    [undefined, 5],
    ["3", 1],
    [-1, 5],
    [1.5, 2],
    [Number.POSITIVE_INFINITY, 5],
    // More than any limit: never allowed, as its documentation says.
    [1e20, 0],
  ])("a cost of %s", async ([value, allowed]) => expect(await allowedOf(value, "cost")).toBe(allowed));
});

test("all findings of one call are told at once", () => {
  const store = openQuietly({ development: true });
  const wrong = { limit: Number.NaN, windowSeconds: 0, whenRedisIsDown: "maybe" } as never;
  expect(() => store.rateLimit("prompts", wrong)).toThrow(
    expect.objectContaining({
      findings: [
        expect.objectContaining({ option: 'rateLimit("prompts").limit', value: "NaN" }),
        expect.objectContaining({ option: 'rateLimit("prompts").windowSeconds', value: "0" }),
        expect.objectContaining({ option: 'rateLimit("prompts").whenRedisIsDown' }),
      ],
    }),
  );
});
