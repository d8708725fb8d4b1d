import { expect, test } from "vitest";
import { activationFunnel } from "../../../../dashboards/activation-funnel.ts";
import { cadenceThroughput } from "../../../../dashboards/cadence-throughput.ts";
import { chartOf, chartVariables } from "../../../../src/local/console/dashboards/chart.ts";
import { chartSize } from "../../../../src/local/console/dashboards/charts.ts";

const size = { width: 500, height: 250 };
const { query } = cadenceThroughput.tiles["failure-ratio"];
const days = ["2026-11-24 13:00:00", "2026-11-24 14:00:00"];
const ratio = (data: number[]) => ({ results: [{ label: "Failure ratio", data, days, labels: days, count: 0 }] });

test("a chart takes its colours from the page, so that it changes with the theme", () => {
  const { svg } = chartOf(query, ratio([0.1, 0.4]), size, "one");
  const colours = new Set(svg.match(/var\(--chart-[a-z0-9-]+\)/g));
  expect([...colours]).toContain("var(--chart-series-0)");
  for (const theme of ["light", "dark"] as const) {
    for (const colour of colours) expect(chartVariables(theme)).toContain(`${colour.slice(4, -1)}: #`);
  }
});

test("a chart says in words what it shows", () => {
  expect(chartOf(query, ratio([0.4, 0.1]), size, "one")).toMatchObject({
    state: "drawn",
    summary: "Failure ratio: now 10 %, at most 40 %",
    table: null,
  });
  const steps = [activationFunnel.tiles.conversion.query, [131, 118]] as const;
  const results = steps[1].map((count, order) => ({
    order,
    count,
    name: `step ${order + 1}`,
    custom_name: null,
    action_id: `step ${order + 1}`,
  }));
  expect(chartOf(steps[0], { results }, size, "two").summary).toMatch(/131 people, .*118 people/);
});

test("nothing that happened is empty, and an answer that there is none is failed", () => {
  expect(chartOf(query, ratio([0, 0]), size, "one").state).toBe("empty");
  expect(chartOf(query, { results: [] }, size, "one").state).toBe("empty");
  expect(chartOf(query, { failure: "The local PostHog does not evaluate lifecycles." }, size, "one")).toMatchObject({
    state: "failed",
    summary: "The local PostHog does not evaluate lifecycles.",
  });
});

test("a chart is as wide as its tile leaves room, and as the page on a phone", () => {
  expect(chartSize(6, 1180).width * 2 + 2 * 36 + 16).toBe(1180);
  expect(chartSize(12, 1180).width).toBe(1180 - 36);
  expect(chartSize(6, 700).width).toBe(700 - 36);
  expect(chartSize(6, 200).width).toBe(280);
});
