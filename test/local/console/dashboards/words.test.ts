import { expect, test } from "vitest";
import { insightAlerts } from "../../../../alerts/index.ts";
import { activationFunnel } from "../../../../dashboards/activation-funnel.ts";
import { cadenceThroughput } from "../../../../dashboards/cadence-throughput.ts";
import { dashboards } from "../../../../dashboards/index.ts";
import { alertOn, below } from "../../../../src/alerts/posthog/index.ts";
import { events } from "../../../../src/catalog/events.ts";
import type { DashboardDefinition } from "../../../../src/insights/define/index.ts";
import { alertWords, eventsOf, goalWords } from "../../../../src/local/console/dashboards/words.ts";
import { definitionsOf } from "../../../../src/local/edits/definitions.ts";

const catalog = definitionsOf({ dashboards, insightAlerts, events }).events;

test("a tile needs the events that it counts, each once, with what the catalog says of them", () => {
  const needed = eventsOf(cadenceThroughput.tiles["failure-ratio"].query, catalog);
  expect(needed.map(({ name, source }) => [name, source])).toEqual([
    ["cadence.message_sent", "server"],
    ["cadence.message_failed", "server"],
  ]);
  for (const { purpose } of needed) expect(purpose).toMatch(/^[A-Z].{10,}/);
});

test("an event that somebody put into a query by hand, and that nobody sends, is said to be none of the catalog", () => {
  const query = {
    kind: "InsightVizNode",
    source: { kind: "TrendsQuery", series: [{ event: "toString" }, { event: null }] },
  };
  expect(eventsOf(query, catalog)).toEqual([
    { name: "toString", purpose: "It is not in the catalog.", source: "unknown" },
  ]);
});

test("alerts are told in the unit of their tile", () => {
  const words = Object.fromEntries(
    insightAlerts.map((alert) => [
      alert.tileKey,
      alertWords(alert, alert.tileKey.includes("over-time") ? "numeric" : "percentage_scaled"),
    ]),
  );
  expect(words).toMatchObject({
    "failure-ratio": "above 5 %, looked at hourly",
    "error-share": "above 10 %, looked at hourly",
    "completions-over-time": "below 1, looked at daily",
  });
});

test("an alert on a funnel says which conversion, as a share", () => {
  const watches = (toStep?: number) =>
    alertWords(
      alertOn(activationFunnel.tile("conversion"), {
        ...{ name: "Few", when: below(0.4), check: "daily", notify: ["growth"], because: "Look.", from: "step before" },
        ...(toStep === undefined ? {} : { toStep }),
      }),
      undefined,
    );
  expect(watches()).toBe("conversion from the step before below 40 %, looked at daily");
  expect(watches(1)).toBe("conversion from the step before to step 2 below 40 %, looked at daily");
});

test("a goal and an alert on one tile are explained, also in the tile's own words where they differ", () => {
  const both = insightAlerts.flatMap((alert) => {
    const definitions: readonly DashboardDefinition[] = dashboards;
    const tile = definitions.find(({ key }) => key === alert.dashboardKey)?.tiles[alert.tileKey];
    if (tile?.kind !== "insight") return [];
    const words = goalWords(tile.query, alert);
    return words === undefined ? [] : [{ tile, alert, words }];
  });
  expect(Object.fromEntries(both.map(({ alert, words }) => [alert.tileKey, words]))).toEqual({
    "failure-ratio": "The dashed line is the goal (One in twenty, 5 %), and where the alert fires.",
    "error-share":
      "The dashed line is the goal (One in twenty, 5 %): what we want. The alert has a threshold of its own, which is not drawn: above 10 %.",
  });
  for (const { tile, words } of both.filter((one) => one.words.includes("of its own"))) {
    const threshold = words.slice(words.lastIndexOf(": ") + 2, -1);
    expect(tile.reading, "PostHog shows the goal alone, and the reading below it").toContain(threshold);
  }
});
