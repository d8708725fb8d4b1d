import { describe, expect, expectTypeOf, test } from "vitest";
import { booleanFlag, type FlagDefinition, variantFlag } from "../../src/catalog/flag.ts";
import { valueFor } from "../../src/catalog/flag-value.ts";
import { type FlagValueOf, flags } from "../../src/catalog/flags.ts";
import { expiredFlags, flagFindings, sameForEverybody } from "../../src/catalog/flags-check.ts";

const common = { owner: "ai", meaning: "Something is different", expires: "2027-03-31" } as const;
const valid = booleanFlag({ ...common, whenAway: false, rules: [{ rolloutPercent: 10 }] });
const problems = (flag: object) =>
  flagFindings({ "a-flag": { ...valid, ...flag } as FlagDefinition }).map(({ problem }) => problem);

test("the flags of this repository are valid", () => {
  expect(flagFindings(flags)).toEqual([]);
});

test("a definition's mistakes are found all at once, each with its place, value and fix", () => {
  const findings = flagFindings({
    "bad key": { ...valid, owner: "nobody", expires: "2027-02-30" } as unknown as FlagDefinition,
    shares: variantFlag({
      ...common,
      variants: { a: 33.3, b: 33.3 },
      whenAway: "a",
      rules: [{ rolloutPercent: 101 }, { where: { plan: "Growth Plan" }, rolloutPercent: -1 }],
    }),
  });
  expect(findings.map(({ problem }) => problem)).toEqual([
    "the flag bad key has a key that PostHog refuses",
    "the flag bad key has the unknown owner nobody",
    'the flag bad key expires on "2027-02-30", which is no day',
    "the flag shares has variants that sum to 66.6 %, not 100",
    "the flag shares opens for 101 %",
    "the flag shares opens for -1 %",
    'the flag shares asks whether plan is "Growth Plan", which it never is',
  ]);
  expect(findings.at(-1)).toEqual({
    where: 'src/catalog/flags.ts  flag "shares"  rule 2',
    problem: 'the flag shares asks whether plan is "Growth Plan", which it never is',
    fix: "plan: Key of the tenant's plan, e.g. pro",
    value: "Growth Plan",
  });
});

describe("conditions that no person could fulfil, or that the apps could not evaluate", () => {
  const asking = (where: object) => problems({ rules: [{ where, rolloutPercent: 10 }] });
  test.each<[object, string]>([
    [{ pland: "pro" }, "asks for the unknown property pland"],
    [{ seat_count: 5 }, "asks whether seat_count is a certain number"],
    [{ seat_count: { atLeast: "many" } }, 'asks whether seat_count is atLeast "many"'],
    [{ plan: { atLeast: 3 } }, "asks whether plan is atLeast 3"],
    [{ plan: [] }, "asks whether plan is one of none"],
    [{ plan: { not: ["Pro"] } }, 'asks whether plan is "Pro", which it never is'],
    [{ plan: { is: "pro" } }, 'asks whether plan is {"is":"pro"}'],
    [{ plan: { matches: "(?=p)ro" } }, 'asks whether plan matches "(?=p)ro"'],
    [{ plan: { matches: "(" } }, 'asks whether plan matches "("'],
    [{ plan: { before: "2026-01-01" } }, "asks whether plan is before a day"],
    [{ signed_up_on: { after: "last week" } }, 'asks whether signed_up_on is after "last week"'],
    [{ onboarded: "yes" }, 'asks whether onboarded is "yes", which it never is'],
    [{ onboarded: "true" }, 'asks whether onboarded is "true", which it never is'],
  ])("%j", (where, problem) => {
    expect(asking(where)).toEqual([`the flag a-flag ${problem}`]);
  });
  test.each<object>([
    { plan: "pro" },
    { plan: { not: ["pro", "growth"] } },
    { plan: { matches: "^(?:pro|growth)" } },
    { seat_count: { atLeast: 5 } },
    { signed_up_on: { after: "-30d" } },
    { signed_up_on: { before: "2026-12-01" } },
    { tenant_id: ["tenant_1", "tenant_2"], internal: false },
  ])("%j is fine", (where) => {
    expect(asking(where)).toEqual([]);
  });
});

test.each<[object, string]>([
  [{ whenAway: "maybe" }, 'is "maybe" when PostHog is away'],
  [
    { type: "variants", variants: { a: 100 }, whenAway: "b" },
    'is "b" when PostHog is away, which is none of its variants',
  ],
  [
    { type: "variants", variants: { a: 100 }, rules: [{ variant: "c", rolloutPercent: 1 }] },
    "gives the unknown variant c",
  ],
  [{ type: "variants", variants: { a: -10, b: 110 } }, "gives -10 % to a"],
  [{ meaning: " " }, "has no meaning"],
  [{ handledInPostHog: ["owner"] }, 'leaves "owner" to PostHog'],
])("%j is a finding", (change, problem) => {
  expect(problems(change)).toContain(`the flag a-flag ${problem}`);
});

test("a flag is expired the day after the day that it names", () => {
  expect(expiredFlags({ old: valid }, "2027-03-31")).toEqual([]);
  expect(expiredFlags({ old: valid }, "2027-04-01")).toEqual(["old"]);
});

test.each<[object, boolean | string | undefined]>([
  [{}, undefined],
  [{ rules: [{ rolloutPercent: 100 }] }, true],
  [{ rules: [{ rolloutPercent: 0 }] }, false],
  [{ rules: [] }, false],
  [{ active: false, rules: [{ rolloutPercent: 50 }] }, false],
  [{ rules: [{ where: { internal: true }, rolloutPercent: 100 }] }, undefined],
  [{ type: "variants", variants: { a: 100, b: 0 }, rules: [{ rolloutPercent: 100 }] }, "a"],
  [{ type: "variants", variants: { a: 50, b: 50 }, rules: [{ rolloutPercent: 100 }] }, undefined],
  [{ type: "variants", variants: { a: 50, b: 50 }, rules: [{ rolloutPercent: 100, variant: "b" }] }, "b"],
])("the same for everybody: %j is %s", (change, value) => {
  expect(sameForEverybody({ ...valid, ...change } as FlagDefinition)).toBe(value);
});

describe("a flag is evaluated offline", () => {
  const given = (key: keyof typeof flags, distinctId: string, properties: Record<string, unknown>) =>
    valueFor(key, flags[key], { distinctId, properties }, Date.parse("2026-11-27"));

  test("everybody at BrandVX sees answers being written", () => {
    for (const id of ["u1", "u2", "u3"])
      expect(given("ask-streaming", id, { internal: true })).toEqual({ value: true });
  });

  test("about a tenth of the others does", () => {
    const ids = Array.from({ length: 2_000 }, (_, number) => `user_${number}`);
    const having = ids.filter((id) => {
      const found = given("ask-streaming", id, { internal: false });
      return "value" in found && found.value === true;
    });
    expect(having.length).toBeGreaterThan(150);
    expect(having.length).toBeLessThan(250);
  });

  test("a tenant on plan growth gets a variant, one on another plan none", () => {
    expect(given("onboarding-length", "user_1", { plan: "growth", onboarded: false })).toEqual({ value: "full" });
    expect(given("onboarding-length", "user_3", { plan: "growth", onboarded: false })).toEqual({ value: "short" });
    expect(given("onboarding-length", "user_1", { plan: "free", onboarded: false })).toEqual({ value: false });
    expect(given("onboarding-length", "user_1", { plan: "growth", onboarded: true })).toEqual({ value: false });
  });

  test("what is not known of a person is not guessed", () => {
    expect(given("onboarding-length", "user_1", { plan: "growth" })).toEqual({
      undetermined: "property missing",
      because: "the property onboarded is not given",
    });
  });
});

test("the types of values follow the entries", () => {
  expectTypeOf<FlagValueOf<"ask-streaming">>().toEqualTypeOf<boolean>();
  expectTypeOf<FlagValueOf<"onboarding-length">>().toEqualTypeOf<"full" | "short" | false>();
  // @ts-expect-error none of its variants
  variantFlag({ ...common, variants: { a: 100 }, whenAway: "b", rules: [] });
  // @ts-expect-error a property that is not in people.ts
  booleanFlag({ ...common, whenAway: false, rules: [{ where: { pland: "pro" }, rolloutPercent: 1 }] });
  // @ts-expect-error a number is compared with atLeast and its like
  booleanFlag({ ...common, whenAway: false, rules: [{ where: { seat_count: 5 }, rolloutPercent: 1 }] });
  // @ts-expect-error no team
  booleanFlag({ ...common, owner: "nobody", whenAway: false, rules: [] });
});
