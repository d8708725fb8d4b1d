import { describe, expect, test } from "vitest";
import { activationFunnel } from "../../../../dashboards/activation-funnel.ts";
import { cadenceThroughput } from "../../../../dashboards/cadence-throughput.ts";
import {
  type AlertThreshold,
  above,
  below,
  fallsBy,
  type InsightAlertDefinition,
  risesBy,
} from "../../../../src/alerts/posthog/index.ts";
import { chartOf, chartVariables } from "../../../../src/local/console/dashboards/chart.ts";
import { chartSize } from "../../../../src/local/console/dashboards/charts.ts";

const size = { width: 500, height: 250 };
const { query } = cadenceThroughput.tiles["failure-ratio"];
const days = ["2026-11-24 13:00:00", "2026-11-24 14:00:00"];
const ratio = (data: number[]) => ({ results: [{ label: "Failure ratio", data, days, labels: days, count: 0 }] });

test("a chart takes its colours from the page, so that it changes with the theme", () => {
  const { svg } = chartOf(query, ratio([0.1, 0.4]), { ...size, id: "one" });
  const colours = new Set(svg.match(/var\(--chart-[a-z0-9-]+\)/g));
  expect([...colours]).toContain("var(--chart-series-0)");
  for (const theme of ["light", "dark"] as const) {
    for (const colour of colours) expect(chartVariables(theme)).toContain(`${colour.slice(4, -1)}: #`);
  }
});

test("a chart says in words what it shows", () => {
  expect(chartOf(query, ratio([0.4, 0.1]), { ...size, id: "one" })).toMatchObject({
    state: "drawn",
    summary: "Failure ratio: last 10 %, at most 40 %",
    isTable: false,
  });
  const steps = [activationFunnel.tiles.conversion.query, [131, 118]] as const;
  const results = steps[1].map((count, order) => ({
    order,
    count,
    name: `step ${order + 1}`,
    custom_name: null,
    action_id: `step ${order + 1}`,
  }));
  expect(chartOf(steps[0], { results }, { ...size, id: "two" }).summary).toMatch(/131 people, .*118 people/);
});

test("nothing that happened is empty, and an answer that there is none is failed", () => {
  expect(chartOf(query, ratio([0, 0]), { ...size, id: "one" }).state).toBe("empty");
  expect(chartOf(query, { results: [] }, { ...size, id: "one" }).state).toBe("empty");
  expect(
    chartOf(query, { failure: "The local PostHog does not evaluate lifecycles." }, { ...size, id: "one" }),
  ).toMatchObject({
    state: "failed",
    summary: "The local PostHog does not evaluate lifecycles.",
  });
});

test("the period that is not over is said to be so, and no fall", () => {
  const askedAt = new Date("2026-11-24T14:20:00Z");
  const chart = chartOf(query, { ...ratio([0.4, 0.1]), askedAt }, { ...size, id: "one" });
  expect(chart.summary).toBe(
    "Failure ratio: 40 % in the last whole period, 10 % so far in the one that is not over (dashed), at most 40 %",
  );
  expect(chart.numbers?.rows).toEqual([
    { name: "24 Nov 13:00", cells: ["40 %"] },
    { name: "24 Nov 14:00, so far", cells: ["10 %"] },
  ]);
});

test("every place on the axis says what stands there, as the table does", () => {
  const { svg, numbers } = chartOf(query, ratio([0.1, 0.4]), { ...size, id: "one" });
  const areas = [...svg.matchAll(/<rect class="point" x="(-?[\d.]+)"[^>]*width="([\d.]+)"[^>]*data-words="([^"]*)"/g)];
  expect(areas.map(([, , , words]) => words)).toEqual([
    "24 Nov 13:00\nFailure ratio: 10 %",
    "24 Nov 14:00\nFailure ratio: 40 %",
  ]);
  expect(numbers?.columns).toEqual(["Time", "Failure ratio"]);
  const [[, left = "", width = ""] = [], [, next = ""] = []] = areas;
  expect(Number(left) + Number(width)).toBeCloseTo(Number(next), 1);
});

describe("an alert is said to fire", () => {
  const alert = (when: AlertThreshold): InsightAlertDefinition => ({
    ...{ dashboardKey: "cadence-throughput", tileKey: "failure-ratio", tileTitle: "Failure ratio", line: 0, when },
    ...{ name: "It fails", check: "hourly", notify: ["messaging"], because: "It does." },
  });
  const firing = (data: number[], when: AlertThreshold, askedAt?: Date) =>
    chartOf(query, { ...ratio(data), ...(askedAt && { askedAt }) }, { ...size, id: "one", alert: alert(when) }).firing;

  test.each([
    [[0.1, 0.4], above(0.3), "Failure ratio: 40 % (24 Nov 14:00)"],
    [[0.1, 0.3], above(0.3), null],
    [[0.1, 0], below(0.05), "Failure ratio: 0 % (24 Nov 14:00)"],
    [[0.1, 0.4], risesBy(2), "Failure ratio: 40 % (24 Nov 14:00)"],
    [[0.1, 0.2], risesBy(2), null],
    [[0.4, 0.1], fallsBy(0.5), "Failure ratio: 10 % (24 Nov 14:00)"],
  ])("of %j, when it is %j", (data, when, words) => {
    expect(firing(data, when)).toBe(words);
  });

  test.each([
    [undefined, "first step", "completed: 40 %"],
    [1, "first step", "viewed: 50 %"],
    [undefined, "step before", null],
  ] as const)("of a funnel's conversion to step %s from the %s", (toStep, from, words) => {
    const funnel = {
      kind: "InsightVizNode",
      source: { kind: "FunnelsQuery", series: [], funnelsFilter: { funnelVizType: "steps" } },
    };
    const results = [
      ["opened", 10],
      ["viewed", 5],
      ["completed", 4],
    ].map(([name, count]) => ({ name, count }));
    const conversion = { ...(toStep === undefined ? {} : { toStep }), from };
    const watches = { ...alert(below(0.6)), conversion };
    expect(chartOf(funnel, { ...ratio([]), results } as never, { ...size, id: "one", alert: watches }).firing).toBe(
      words,
    );
  });

  test("of the last period that is over, since PostHog looks at no other", () => {
    const during = new Date("2026-11-24T14:20:00Z");
    expect(firing([0.1, 0.4], above(0.3), during)).toBeNull();
    expect(firing([0.4, 0.1], above(0.3), during)).toBe("Failure ratio: 40 % (24 Nov 13:00)");
  });
});

test("a chart is as wide as its tile leaves room, and as the page on a phone", () => {
  expect(chartSize(6, 1180).width * 2 + 2 * 36 + 16).toBe(1180);
  expect(chartSize(12, 1180).width).toBe(1180 - 36);
  expect(chartSize(6, 700).width).toBe(700 - 36);
  expect(chartSize(6, 200).width).toBe(280);
});
