import { describe, expect, test } from "vitest";
import { conditionsToCount, flagChanges } from "../../../src/operate/changes/flags/flags.ts";
import type { CountOf } from "../../../src/operate/changes/flags/people.ts";
import { movedShare } from "../../../src/operate/changes/flags/variants.ts";
import { planOf } from "../support/plans.ts";
import { featureFlag } from "../support/stated.ts";

const onPlan = (plan: string) => ({ key: "plan", operator: "exact", value: [plan] });
const internal = { key: "internal", operator: "exact", value: ["true"] };
const everybody = (rolloutPercent: number) => ({ conditions: [], rolloutPercent });
const staff = { conditions: [internal], rolloutPercent: 100 };

/** 9,380 people: 94 of BrandVX's own, 412 on the plan pro, 300 on growth, nobody on another one. */
const counted: CountOf = (conditions) => {
  const [condition] = conditions as { key: string; value: string[] }[];
  if (condition === undefined) return { fulfil: 9380, of: 9380 };
  if (condition.key === "internal") return { fulfil: 94, of: 9380 };
  return { fulfil: { pro: 412, growth: 300 }[condition.value[0] ?? ""] ?? 0, of: 9380 };
};

type Inputs = Record<string, unknown> | undefined;

const plan = (before: Inputs, after: Inputs) =>
  planOf({ before: before ? [featureFlag(before)] : [], after: after ? [featureFlag(after)] : [] });

function told(before: Inputs, after: Inputs, countOf: CountOf | undefined = counted): string[] {
  const [change] = flagChanges(plan(before, after).changes, countOf);
  return change?.words.map(String) ?? [];
}

describe("whom the change of a flag concerns", () => {
  test("a rollout that grows, with about how many people had it and will have it", () => {
    expect(told({ rules: [everybody(10)] }, { rules: [everybody(50)] })).toEqual([
      "rule 1 (everybody): 10 % → 50 %, from about 938 to about 4,690 of 9,380 people",
    ]);
    expect(told({ rules: [everybody(0)] }, { rules: [everybody(10)] })).toEqual([
      "rule 1 (everybody): 0 % → 10 %, from none to about 938 of 9,380 people",
    ]);
    expect(told({ rules: [everybody(10)] }, { rules: [everybody(0)] })).toEqual([
      "rule 1 (everybody): 10 % → 0 %, from about 938 to none of 9,380 people",
    ]);
  });

  test("of several rules only the one that changes, by its place", () => {
    expect(told({ rules: [staff, everybody(10)] }, { rules: [staff, everybody(50)] })).toEqual([
      "rule 2 (everybody): 10 % → 50 %, from about 938 to about 4,690 of 9,380 people",
    ]);
  });

  test("several rules are not added up", () => {
    expect(
      told({ rules: [staff, everybody(10)] }, { rules: [{ ...staff, rolloutPercent: 50 }, everybody(20)] }),
    ).toEqual([
      "rule 1 (by internal): 100 % → 50 %, from about 94 to about 47 of 9,380 people",
      "rule 2 (everybody): 10 % → 20 %, from about 938 to about 1,876 of 9,380 people",
      "who fulfils several rules is counted in each",
    ]);
  });

  test("conditions that change, whose values are nobody's business", () => {
    const words = told(
      { rules: [{ conditions: [onPlan("growth")], rolloutPercent: 100 }] },
      { rules: [{ conditions: [onPlan("pro")], rolloutPercent: 50 }] },
    );
    expect(words).toEqual([
      "rule 1 (by plan): its conditions change, 100 % → 50 %, from about 300 to about 206 of 9,380 people, who may be others than before",
    ]);
    expect(words.join()).not.toMatch(/growth|pro\b/);
  });

  test("a rule that is new, and one that is gone", () => {
    expect(told({ rules: [everybody(10)] }, { rules: [staff, everybody(10)] })).toEqual([
      "rule 1 (by internal) is new, 100 %: opens for about 94 of 9,380 people",
    ]);
    expect(told({ rules: [staff, everybody(10)] }, { rules: [staff] })).toEqual([
      "rule 2 (everybody) of before is gone, 10 %: closes for about 938 of 9,380 people",
    ]);
    expect(told({ rules: [staff, everybody(10)] }, { rules: [everybody(10), staff] })).toEqual([
      "its rules have another order: the first that opens decides",
    ]);
  });

  test("the switch: everybody whom the rules open it for", () => {
    const rules = [staff, everybody(10)];
    expect(told({ rules, active: false }, { rules, active: true })).toEqual([
      "is switched on",
      "rule 1 (by internal), 100 %: opens for about 94 of 9,380 people",
      "rule 2 (everybody), 10 %: opens for about 938 of 9,380 people",
      "who fulfils several rules is counted in each",
    ]);
    expect(told({ rules: [everybody(10)] }, { rules: [everybody(10)], active: false })).toEqual([
      "is switched off",
      "rule 1 (everybody), 10 %: closes for about 938 of 9,380 people",
    ]);
  });

  test("the switch beside other changes hides none of them", () => {
    expect(told({ rules: [everybody(10)], active: false }, { rules: [everybody(50)] })).toEqual([
      "is switched on",
      "rule 1 (everybody), 50 %: opens for about 4,690 of 9,380 people",
      "rule 1 (everybody): 10 % → 50 %",
    ]);
  });

  test("nobody while the flag is off, and nobody is asked", () => {
    const [before, after] = [
      { rules: [everybody(10)], active: false },
      { rules: [everybody(50)], active: false },
    ];
    expect(told(before, after)).toEqual(["rule 1 (everybody): 10 % → 50 %", "it is switched off: nobody has it"]);
    expect(conditionsToCount(plan(before, after).changes)).toEqual([]);
  });

  test("a flag that is new, and one that is deleted", () => {
    const variants = [
      { key: "full", percent: 50 },
      { key: "short", percent: 50 },
    ];
    expect(told(undefined, { rules: [{ conditions: [onPlan("pro")], rolloutPercent: 100 }], variants })).toEqual([
      "Answers are shown while they are written",
      "rule 1 (by plan), 100 %: opens for about 412 of 9,380 people",
      "variants: full 50 %, short 50 %",
    ]);
    expect(told({ rules: [everybody(10)] }, undefined)).toEqual([
      "rule 1 (everybody), 10 %: closes for about 938 of 9,380 people",
    ]);
    expect(told(undefined, { rules: [{ conditions: [onPlan("gone")], rolloutPercent: 100 }] })).toContain(
      "rule 1 (by plan), 100 %: opens for none of 9,380 people",
    );
  });

  test("shares of variants: who gets another one, not only how many have each", () => {
    const shares = (full: number, short: number) => [
      { key: "full", percent: full },
      { key: "short", percent: short },
    ];
    expect(told({ variants: shares(50, 50) }, { variants: shares(20, 80) })).toEqual([
      "variants: full 50 % → 20 %, short 50 % → 80 %; about 30 % of those who have it get another variant: rule 1 (everybody) about 2,814 of 9,380 people",
    ]);
    const rules = [{ ...everybody(100), variant: "short" }];
    expect(told({ rules, variants: shares(50, 50) }, { rules, variants: shares(20, 80) })[0]).toContain(
      "every rule gives a variant of its own, so nobody gets another one",
    );
    expect(told({}, { variants: shares(50, 50) })).toEqual(["gets the variants full 50 %, short 50 %"]);
  });

  test("a variant between two others moves its neighbours' people, too", () => {
    const line = (...percents: number[]) => percents.map((percent, index) => ({ key: "abc"[index] ?? "", percent }));
    expect(movedShare(line(50, 50), line(50, 50))).toBe(0);
    expect(movedShare(line(50, 25, 25), line(25, 50, 25))).toBe(0.25);
    expect(movedShare(line(20, 60, 20), line(40, 20, 40))).toBeCloseTo(0.4);
    expect(movedShare(line(50, 50), line(50, 50).toReversed())).toBe(1);
  });

  test("what people set in PostHog is not said to change", () => {
    const handled = { handledInPostHog: ["active", "rollout"] };
    expect(told({ rules: [everybody(10)], ...handled }, { rules: [everybody(50)], ...handled })).toEqual([
      "rule 1 (everybody): 10 % → 50 % here alone, since its share is set in PostHog",
      "whether it is on is set in PostHog, and was not looked at",
    ]);
    const byHand = { handledInPostHog: ["active"] };
    expect(told({ ...byHand }, { ...byHand, active: false })).toEqual([
      "is switched off here alone, since its switch is set in PostHog",
    ]);
    const shares = { handledInPostHog: ["rollout"] };
    expect(told({ ...shares, active: false }, { ...shares })).toEqual([
      "is switched on",
      "rule 1 (everybody), 100 %",
      "the shares are set in PostHog, and were not looked at",
    ]);
    expect(told({ ...shares }, undefined)).toContain("the shares are set in PostHog, and were not looked at");
    expect(told(undefined, { ...shares }), "a new flag has the shares of its definition").toContain(
      "rule 1 (everybody), 100 %: opens for about 9,380 of 9,380 people",
    );
    expect(told({ ...byHand }, undefined)).toEqual([
      "rule 1 (everybody), 100 %: closes for about 9,380 of 9,380 people",
      "whether it is on is set in PostHog, and was not looked at",
    ]);
  });

  test("other fields: meaning, owner, and what a refresh found", () => {
    expect(
      told(
        { setByHand: { ensure_experience_continuity: true }, missingTags: ["owner:ai"] },
        { meaning: "Answers appear at once", owner: "growth", handledInPostHog: ["active"] },
      ),
    ).toEqual([
      "meaning: “Answers appear at once”",
      "owner ai → growth",
      "set in PostHog: nothing → active",
      "setByHand and missingTags change",
    ]);
  });
});

test("unknown is said once, with its reason, and no number is made up", () => {
  const [before, after] = [{ rules: [everybody(10)] }, { rules: [everybody(50)] }];
  const [change] = flagChanges(plan(before, after).changes, () => ({ unknown: "PostHog answers 500" }));
  expect(change?.words.map(String)).toEqual([
    "rule 1 (everybody): 10 % → 50 %",
    "how many people that concerns is not known: PostHog answers 500",
  ]);
  expect(change).toMatchObject({ unknown: "PostHog answers 500", rules: [{ rule: 1, to: { rolloutPercent: 50 } }] });
  expect(JSON.stringify(change?.rules)).not.toContain("people");
});

test("what nobody asked for is not called unknown", () => {
  expect(flagChanges(plan({ rules: [everybody(10)] }, { rules: [everybody(50)] }).changes)[0]).toMatchObject({
    flag: "ask-streaming",
    owner: "ai",
    change: "changed",
    words: [expect.objectContaining({ parts: expect.anything() })],
  });
});

test("only the conditions of flags that change are asked for, each once", () => {
  const { changes } = plan({ rules: [staff, everybody(10)] }, { rules: [staff, everybody(50)] });
  expect(conditionsToCount(changes)).toEqual([[]]);
  expect(conditionsToCount(plan({ rules: [staff] }, { rules: [staff] }).changes)).toEqual([]);
  expect(conditionsToCount(plan({ meaning: "a" }, { meaning: "b" }).changes)).toEqual([]);
});

test("programs get the numbers of each rule that changes", () => {
  const [change] = flagChanges(
    plan({ rules: [staff, everybody(10)] }, { rules: [staff, everybody(50)] }).changes,
    counted,
  );
  expect(change?.rules).toEqual([
    {
      rule: 2,
      from: { rolloutPercent: 10, people: 938 },
      to: { rolloutPercent: 50, people: 4690 },
      of: 9380,
    },
  ]);
});
