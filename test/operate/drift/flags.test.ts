import { expect, test } from "vitest";
import { driftReport } from "../../../src/operate/drift/report.ts";
import { planOf } from "../support/plans.ts";
import { featureFlag } from "../support/stated.ts";

const everybody = (rolloutPercent: number) => ({ rules: [{ conditions: [], rolloutPercent }] });
const driftOf = (live: Record<string, unknown> | undefined) =>
  driftReport("production", {
    live: planOf({ before: [featureFlag(everybody(10))], after: live ? [featureFlag(live)] : [] }),
  }).owners.map(({ owner, drifted }) => ({
    owner,
    drifted: drifted.map(({ kind, name, words, keep }) => ({ kind, name, words: words.map(String), keep })),
  }));

test("a flag that somebody changed in PostHog is its team's, by what changed", () => {
  expect(driftOf({ ...everybody(50), active: false, experiments: ['"Longer trial" (12)'] })).toEqual([
    {
      owner: "ai",
      drifted: [
        {
          kind: "feature flag",
          name: "ask-streaming",
          words: ["is switched off", "rule 1 (everybody): 10 % → 50 %", "experiments changes"],
          keep: { advice: "write the change into `src/catalog/flags.ts`" },
        },
      ],
    },
  ]);
});

test("one that is gone is to leave the code first", () => {
  expect(driftOf(undefined)[0]?.drifted).toMatchObject([
    { words: [], keep: { advice: "delete it from the apps' code, then from `src/catalog/flags.ts`" } },
  ]);
});
