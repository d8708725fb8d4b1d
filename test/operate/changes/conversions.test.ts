import { expect, test } from "vitest";
import { alertChanges, insightAlertType } from "../../../src/operate/changes/alerts.ts";
import { planOf } from "../support/plans.ts";

const stated = (changes: object) => ({
  type: insightAlertType,
  name: "activation-funnel/conversion",
  inputs: {
    ...{ name: "Few get going", tileTitle: "Opened to first step done", check: "daily", owner: "growth" },
    ...{ when: { kind: "below", value: 0.4 }, conversion: { from: "first step" }, subscribers: [], because: "Look." },
    ...changes,
  },
});
const wordsOf = (before: object | undefined, after: object): string[] =>
  alertChanges(planOf({ before: before ? [stated(before)] : [], after: [stated(after)] }).changes).flatMap(
    ({ words }) => words.map(String),
  );

test("an alert on a conversion says which one, and what changes about it", () => {
  expect(wordsOf(undefined, {})[0]).toBe(
    "when the conversion from the first step of Opened to first step done is below 0.4, looked at daily",
  );
  expect(wordsOf({}, { conversion: { toStep: 2, from: "step before" } })).toEqual([
    "watches the conversion from the step before to step 3",
  ]);
});
