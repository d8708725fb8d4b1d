import { expect, test } from "vitest";
import { dashboardChanges } from "../../../src/operate/changes/dashboards.ts";
import { driftPage } from "../../../src/operate/drift/page.ts";
import { driftReport } from "../../../src/operate/drift/report.ts";
import { markdown } from "../../../src/operate/text/markdown.ts";
import { planOf } from "../support/plans.ts";
import { dashboard } from "../support/stated.ts";
import { byHand } from "../support/worlds.ts";

const reportOf = (world: Parameters<typeof planOf>[0]) => driftReport("production", planOf(world));

test("what was changed by hand is told by who answers for it, with two ways out", async () => {
  await expect(markdown(driftPage(reportOf(byHand)))).toMatchFileSnapshot("__snapshots__/changed-by-hand.md");
});

test("nothing changed by hand is one line", () => {
  expect(markdown(driftPage(reportOf({ before: byHand.before ?? [], after: byHand.before ?? [] })))).toBe(
    "### **production**: nothing was changed by hand\n",
  );
});

test("each thing can be healed alone, by its own resource", () => {
  const { owners } = reportOf(byHand);
  for (const { heal, urn } of owners.flatMap(({ drifted }) => drifted)) {
    const target = /--target '\*\*(.+)'/.exec(heal)?.[1] ?? "";
    expect(urn.endsWith(target), heal).toBe(true);
  }
});

test("a dashboard that was deleted in PostHog, where it can be restored, is told as deleted, and its return as one", () => {
  const stands = dashboard("activation-funnel");
  const deleted = { ...stands, inputs: { ...stands.inputs, deletedByHand: true } };
  const page = markdown(driftPage(reportOf({ before: [stands], after: [deleted] })));
  expect(page).toContain("Activation funnel** was deleted");
  expect(page).toContain("remove `dashboards/activation-funnel.ts`");
  const [returns] = dashboardChanges(planOf({ before: [deleted], after: [stands] }).changes);
  expect(returns?.change).toBe("changed");
  expect(returns?.words.map(String)).toEqual(["comes back, which somebody deleted in PostHog"]);
});

test("what somebody wrote over an event's meaning or a release's mark is told in its words, with where it would be kept", () => {
  const events = (description: string) => ({
    ...{ type: "pulumi-nodejs:dynamic/posthog:EventDefinitions", name: "events" },
    inputs: { events: { landing_view: { description, verified: true } } },
  });
  const mark = (inputs: object) => ({
    ...{ type: "pulumi-nodejs:dynamic/posthog:Annotation", name: "release" },
    inputs: { release: "1.0.0", ...inputs },
  });
  const world = {
    before: [events("Somebody asked."), mark({})],
    after: [events(`Somebody asked. ${"And more. ".repeat(20)}`), mark({ rewrittenByHand: "Broken" })],
  };
  const page = markdown(driftPage(reportOf(world)));
  expect(page).toMatch(/description` “Somebody asked\.” → “Somebody asked\. And more\..{20,60}…”/);
  expect(page).toContain("write the change into `src/catalog/events.ts`");
  expect(page).toContain("`rewrittenByHand` none → “Broken”");
  expect(page).toContain("what a mark says follows from the release");
});

test("a look that failed is no drift", () => {
  const report = reportOf({ diagnostics: [{ severity: "error", message: "error: PostHog answered 401" }] });
  expect(report.outcome).toBe("failed");
  expect(markdown(driftPage(report))).toContain("PostHog answered 401");
});

test("a Redis database that was deleted by hand keeps the look from its end, and the way out names it", () => {
  const urn = "urn:pulumi:production::brandvx-observability::upstash:index/redisDatabase:RedisDatabase::state";
  const message = "error: Preview failed: GET https://api.upstash.com/v2/redis/database/1: 404 database not found";
  const report = reportOf({ diagnostics: [{ severity: "error", message, urn }] });
  expect(report.errors.join()).toContain(`pulumi state delete '${urn}' --force --target-dependents, then pulumi up`);
});
