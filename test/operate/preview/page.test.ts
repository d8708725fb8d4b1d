import { describe, expect, test } from "vitest";
import type { Drifted } from "../../../src/operate/drift/report.ts";
import { previewPage } from "../../../src/operate/preview/page.ts";
import { previewReport } from "../../../src/operate/preview/report.ts";
import { markdown } from "../../../src/operate/text/markdown.ts";
import { terminal } from "../../../src/operate/text/terminal.ts";
import { planOf, type World } from "../support/plans.ts";
import { sentryKey } from "../support/stated.ts";
import { large, small, unruly } from "../support/worlds.ts";

/** This many objects changed by hand, all of one team. */
const drift = (count: number | undefined) =>
  count === undefined
    ? undefined
    : { owners: [{ owner: "platform" as const, drifted: Array.from({ length: count }, () => drifted) }], errors: [] };

const drifted: Drifted = {
  ...{
    urn: "urn",
    kind: "dashboard",
    name: "Activation funnel",
    change: "changed",
    words: [],
    heal: "",
    healFirst: [],
  },
  keep: { advice: "" },
};

const reportOf = (world: World, drifted?: number) =>
  previewReport({ stack: "production", plan: planOf(world), drift: drift(drifted) });
const pageOf = (world: World, drifted?: number): string => markdown(previewPage(reportOf(world, drifted)));

describe("a preview as people read it", () => {
  test.for<[string, World, number | undefined]>([
    ["one tile and one variable", small, 0],
    ["something of everything", large, 2],
    ["rules that do not hold", unruly, undefined],
    ["a stack that is new", { after: large.before ?? [] }, undefined],
    [
      "a preview that failed",
      {
        diagnostics: [
          {
            severity: "error",
            message: 'error: 1 thing keeps stack "production" from being previewed\n  posthog:projectId is not set',
          },
        ],
      },
      undefined,
    ],
  ])("%s", async ([name, world, drifted]) => {
    await expect(pageOf(world, drifted)).toMatchFileSnapshot(`__snapshots__/${name.replaceAll(" ", "-")}.md`);
  });

  test("the same at a terminal", async () => {
    const text = terminal(previewPage(reportOf(large)), { colors: false });
    await expect(text).toMatchFileSnapshot("__snapshots__/something-of-everything.txt");
  });
});

test("nothing is said of a plan in which nothing changes", () => {
  const report = reportOf({ before: large.before ?? [], after: large.before ?? [] });
  expect(report.outcome).toBe("nothing changes");
  expect(markdown(previewPage(report))).toBe("### **production**: nothing changes\n\nPolicy: 13 of 13 hold\n");
});

test("a preview that failed does not say that nobody looks at an event", () => {
  const facts = { source: "browser", purpose: "A step came into view", owner: "growth", properties: {} };
  const catalogs = { before: { "onboarding.step_viewed": facts }, after: {} };
  const textOf = (world: World): string =>
    markdown(previewPage(previewReport({ stack: "production", plan: planOf(world), catalogs })));
  const failed = textOf({ diagnostics: [{ severity: "error", message: "error: the event is not in the catalog" }] });
  expect(failed).toContain("`onboarding.step_viewed` (growth) is removed");
  expect(failed).not.toContain("no tile uses it");
  expect(textOf({})).toContain("no tile uses it");
});

test("a look for drift that failed is not taken for none", () => {
  const unknown = { owners: [], errors: ["GET https://api.upstash.com/v2/redis/database/1: 404 database not found"] };
  const report = previewReport({ stack: "production", plan: planOf(small), drift: unknown });
  expect(report.drifted).toBeUndefined();
  const text = markdown(previewPage(report));
  expect(text).toContain("Drift: not known");
  expect(text).toContain("**Why drift could not be checked**");
  expect(text).toContain("404 database not found");
});

test("what cannot be brought back stands before everything else that is lost", () => {
  const { losses } = reportOf(large);
  const forGood = losses.map((loss) => loss.forGood);
  expect(forGood).toEqual(forGood.toSorted((a, b) => Number(b) - Number(a)));
  expect(losses[0]?.what.toString()).toContain("Redis database state");
});

test("a key that stays at Sentry is no loss, one that is deleted there is", () => {
  const lossesOf = (retainOnDelete: boolean) =>
    reportOf({ before: [{ ...sentryKey("backend-1"), retainOnDelete }], after: [] }).losses.map(({ what }) =>
      String(what),
    );
  expect(lossesOf(true)).toEqual([]);
  expect(lossesOf(false)).toEqual(["Sentry key backend-1 is deleted"]);
});

test("a secret whose value changes is told by the path alone, since both look the same", () => {
  const world = planOf(small);
  const change = world.changes.find(({ type }) => type.endsWith(":PagesVariables"));
  if (change?.kind !== "changed") throw new Error("the variable does not change");
  const hidden = (resource: typeof change.before) => ({
    ...resource,
    inputs: { ...resource.inputs, production: { VITE_SENTRY_DSN: { type: "secret_text", value: "[secret]" } } },
  });
  const plan = { ...world, changes: [{ ...change, before: hidden(change.before), after: hidden(change.after) }] };
  const { variables } = previewReport({ stack: "production", plan });
  expect(variables).toMatchObject([
    { app: "operator-ui", variables: [{ name: "VITE_SENTRY_DSN", change: "changed" }] },
  ]);
});

test("the JSON tells everything in plain words", () => {
  const read = JSON.parse(JSON.stringify(reportOf(small))) as { dashboards: { tiles: unknown }[] };
  expect(read.dashboards[0]?.tiles).toEqual([
    {
      key: "time-to-finish",
      title: "Time to first step done",
      change: "changed",
      words: ["window 14 d → 7 d"],
      consequence: "People who need 8 to 14 days will count as lost.",
    },
  ]);
});
