import { expect, test } from "vitest";
import {
  absent,
  atLeast,
  atMost,
  between,
  containing,
  count,
  lessThan,
  median,
  moreThan,
  not,
  people,
  present,
  trend,
} from "../../../src/insights/define/index.ts";

const tile = { title: "Title", reading: "Reading.", place: { column: 0, row: 0, width: 6, height: 5 } } as const;

test("the shortest trend: one line of daily counts over the last 30 days", () => {
  expect(trend({ ...tile, series: [count("$pageview")] })).toEqual({
    kind: "insight",
    title: "Title",
    reading: "Reading.",
    place: { column: 0, row: 0, width: 6, height: 5 },
    query: {
      kind: "InsightVizNode",
      source: {
        kind: "TrendsQuery",
        series: [{ kind: "EventsNode", event: "$pageview", math: "total" }],
        interval: "day",
        dateRange: { date_from: "-30d" },
        trendsFilter: { display: "ActionsLineGraph", aggregationAxisFormat: "numeric" },
      },
    },
  });
});

test("a trend that says everything", () => {
  const { source } = trend({
    ...tile,
    series: [
      count("cadence.message_sent", { label: "Sent", where: { fallback: true } }),
      people("cadence.message_failed"),
      median("ask.response_stream_complete", "duration_ms"),
    ],
    formulas: { Ratio: "B / A", Sum: "A + B" },
    where: { channel: ["sms", "email"], duration_ms: moreThan(100) },
    breakdown: ["channel", "template_id"],
    breakdownLimit: 10,
    interval: "hour",
    lastHours: 48,
    display: "stacked bars",
    comparedWith: "week before",
    unit: "share",
    goals: [{ label: "One in ten", value: 0.1 }],
  }).query;
  expect(source).toEqual({
    kind: "TrendsQuery",
    series: [
      {
        kind: "EventsNode",
        event: "cadence.message_sent",
        custom_name: "Sent",
        math: "total",
        properties: [{ type: "event", key: "fallback", operator: "exact", value: ["true"] }],
      },
      { kind: "EventsNode", event: "cadence.message_failed", math: "dau" },
      { kind: "EventsNode", event: "ask.response_stream_complete", math: "median", math_property: "duration_ms" },
    ],
    interval: "hour",
    dateRange: { date_from: "-48h" },
    properties: [
      { type: "event", key: "channel", operator: "exact", value: ["sms", "email"] },
      { type: "event", key: "duration_ms", operator: "gt", value: 100 },
    ],
    breakdownFilter: {
      breakdowns: [
        { type: "event", property: "channel" },
        { type: "event", property: "template_id" },
      ],
      breakdown_limit: 10,
    },
    compareFilter: { compare: true, compare_to: "-1w" },
    trendsFilter: {
      display: "ActionsBar",
      formulaNodes: [
        { formula: "B / A", custom_name: "Ratio" },
        { formula: "A + B", custom_name: "Sum" },
      ],
      aggregationAxisFormat: "percentage_scaled",
      showLegend: true,
      goalLines: [{ label: "One in ten", value: 0.1 }],
    },
  });
});

test.each([
  [{ lastHours: 48 }, "-48h"],
  [{ lastDays: 7 }, "-7d"],
  [{ lastWeeks: 6 }, "-6w"],
  [{ lastMonths: 3 }, "-3m"],
  [{ since: "2026-11-01" }, "2026-11-01"],
  [{}, "-30d"],
] as const)("looking back %o is %s", (lookingBack, date_from) => {
  expect(trend({ ...tile, series: [count("$pageview")], ...lookingBack }).query.source.dateRange).toEqual({
    date_from,
  });
});

test.each([
  ["period before", { compare: true }],
  ["month before", { compare: true, compare_to: "-1m" }],
  ["year before", { compare: true, compare_to: "-1y" }],
] as const)("compared with the %s", (comparedWith, compareFilter) => {
  expect(trend({ ...tile, series: [count("$pageview")], comparedWith }).query.source.compareFilter).toEqual(
    compareFilter,
  );
});

test("the legend is shown as soon as there is more than one line", () => {
  const legend = (options: Partial<Parameters<typeof trend>[0]>) =>
    trend({ ...tile, series: [count("onboarding.step_viewed")], ...options }).query.source.trendsFilter?.showLegend;
  expect(legend({})).toBeUndefined();
  expect(legend({ breakdown: "step" })).toBe(true);
  expect(legend({ comparedWith: "period before" })).toBe(true);
  expect(legend({ formulas: { one: "A" } })).toBeUndefined();
});

test("conditions become PostHog's filters", () => {
  const filters = (where: NonNullable<Parameters<typeof count<"ask.prompt_submitted">>[1]>["where"]) =>
    count("ask.prompt_submitted", { ...(where && { where }) }).properties?.map(({ operator, value }) => [
      operator,
      value,
    ]);
  expect(filters({ mode: "plan" })).toEqual([["exact", ["plan"]]]);
  expect(filters({ mode: ["plan", "draft"] })).toEqual([["exact", ["plan", "draft"]]]);
  expect(filters({ mode: not("plan") })).toEqual([["is_not", ["plan"]]]);
  expect(filters({ mode: containing("pla") })).toEqual([["icontains", "pla"]]);
  expect(filters({ mode: present })).toEqual([["is_set", "is_set"]]);
  expect(filters({ mode: absent })).toEqual([["is_not_set", "is_not_set"]]);
  expect(filters({ onboard: false })).toEqual([["exact", ["false"]]]);
  expect(filters({ onboard: not(true) })).toEqual([["is_not", ["true"]]]);
  expect(filters({ length: 5 })).toEqual([["exact", 5]]);
  expect(filters({ length: atLeast(5), mode: "plan" })).toEqual([
    ["gte", 5],
    ["exact", ["plan"]],
  ]);
  expect(filters({ length: atMost(5) })).toEqual([["lte", 5]]);
  expect(filters({ length: lessThan(5) })).toEqual([["lt", 5]]);
  expect(filters({ length: between(1, 5) })).toEqual([["between", [1, 5]]]);
  expect(filters({})).toBeUndefined();
});
