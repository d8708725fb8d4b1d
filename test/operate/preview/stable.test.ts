import fc from "fast-check";
import { expect, test } from "vitest";
import { driftPage } from "../../../src/operate/drift/page.ts";
import { driftReport } from "../../../src/operate/drift/report.ts";
import { readPlan } from "../../../src/operate/plan/plan.ts";
import { previewPage } from "../../../src/operate/preview/page.ts";
import { previewReport } from "../../../src/operate/preview/report.ts";
import { markdown } from "../../../src/operate/text/markdown.ts";
import { previewJson } from "../support/plans.ts";
import { byHand, large } from "../support/worlds.ts";

const digest = (world: typeof large) => JSON.parse(previewJson(world)) as { steps: unknown[] };
const preview = (json: string): string =>
  markdown(previewPage(previewReport({ stack: "production", plan: readPlan(json) })));
const drift = (json: string): string => markdown(driftPage(driftReport("production", { live: readPlan(json) })));

test.for([
  ["preview", digest(large), preview],
  ["drift", digest(byHand), drift],
] as const)("in whatever order Pulumi comes upon its resources, the same %s reads the same", ([, plan, read]) => {
  const usual = read(JSON.stringify(plan));
  fc.assert(
    fc.property(fc.shuffledSubarray(plan.steps, { minLength: plan.steps.length }), (steps) => {
      expect(read(JSON.stringify({ ...plan, steps }))).toBe(usual);
    }),
    { numRuns: 30 },
  );
});
