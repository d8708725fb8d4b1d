import { describe, expect, test } from "vitest";
import { isNotEvaluable, isQueryRejected } from "../../../src/insights/evaluate/index.ts";
import { ask, node, nodes } from "./support.ts";

const A = node("A");
const trend = (more: object) => ({ kind: "TrendsQuery", series: [A], ...more });
const series = (more: object) => trend({ series: [node("A", { ...more })] });
const funnel = (funnelsFilter: object, more: object = {}) => ({
  kind: "FunnelsQuery",
  series: nodes("A", "B"),
  funnelsFilter,
  ...more,
});
const filter = (more: object) =>
  trend({ properties: [{ type: "event", key: "text", operator: "exact", value: "x", ...more }] });

const events = [
  { text: "x", number: 1, flag: true, empty: "", when: "2026-01-01T00:00:00Z" },
  { text: "y", number: 2, flag: false, empty: "z" },
].map((properties) => ({ event: "A", distinct_id: "ada", timestamp: "2026-01-01T12:00:00Z", properties }));

async function failure(query: Record<string, unknown>): Promise<unknown> {
  try {
    await ask(events, query);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("what only PostHog can answer is refused by name, with the place in the query", () => {
  test.each<[string, Record<string, unknown>, string]>([
    ["SQL", { kind: "DataVisualizationNode", source: { kind: "HogQLQuery", query: "SELECT 1" } }, "the query"],
    ["SQL", { kind: "DataTableNode", source: { kind: "HogQLQuery", query: "SELECT 1" } }, "the query"],
    ["a table of EventsQuery", { kind: "DataTableNode", source: { kind: "EventsQuery", select: ["*"] } }, "the query"],
    ["a query of kind RetentionQuery", { kind: "InsightVizNode", source: { kind: "RetentionQuery" } }, "source"],
    ["the field surprise", trend({ surprise: 1 }), "surprise"],
    ["the field surprise", series({ surprise: 1 }), "series[0].surprise"],
    ["the field surprise", trend({ trendsFilter: { surprise: 1 } }), "trendsFilter.surprise"],
    ["the field surprise", funnel({ surprise: 1 }), "funnelsFilter.surprise"],
    ["sampling", trend({ samplingFactor: 0.1 }), "samplingFactor"],
    [
      "the modifier personsOnEventsMode",
      trend({ modifiers: { debug: null, personsOnEventsMode: "disabled" } }),
      "modifiers.personsOnEventsMode",
    ],
    ["counting groups", trend({ aggregation_group_type_index: 0 }), "aggregation_group_type_index"],
    ["a conversion goal", trend({ conversionGoal: {} }), "conversionGoal"],
    ["a series of kind ActionsNode", trend({ series: [{ kind: "ActionsNode", id: 1 }] }), "series[0]"],
    ["a series of kind DataWarehouseNode", trend({ series: [{ kind: "DataWarehouseNode" }] }), "series[0]"],
    ["a series of kind GroupNode", trend({ series: [{ kind: "GroupNode" }] }), "series[0]"],
    ["HogQL math", series({ math: "hogql", math_hogql: "count()" }), "series[0].math_hogql"],
    ["the math unique_group", series({ math: "unique_group" }), "series[0].math"],
    ["group math", series({ math: "dau", math_group_type_index: 0 }), "series[0].math_group_type_index"],
    [
      "a currency",
      series({ math: "sum", math_property: "number", math_property_revenue_currency: {} }),
      "series[0].math_property_revenue_currency",
    ],
    [
      "the math avg of $session_duration",
      series({ math: "avg", math_property: "$session_duration" }),
      "series[0].math_property",
    ],
    [
      "the math of session_properties",
      series({ math: "avg", math_property: "x", math_property_type: "session_properties" }),
      "series[0].math_property_type",
    ],
    ["the sum of flag", series({ math: "sum", math_property: "flag" }), "series[0].math_property"],
    ["the property when", series({ math: "sum", math_property: "when" }), "series[0].math_property"],
    ["fixed properties", series({ fixedProperties: [{}] }), "series[0].fixedProperties"],
    ["a cohort filter", filter({ type: "cohort" }), "properties[0]"],
    ["a hogql filter", filter({ type: "hogql" }), "properties[0]"],
    ["a group filter", filter({ type: "group" }), "properties[0]"],
    ["a session filter", filter({ type: "session" }), "properties[0]"],
    ["a element filter", filter({ type: "element" }), "properties[0]"],
    ["a flag filter", filter({ type: "flag" }), "properties[0]"],
    ["the operator is_date_before", filter({ operator: "is_date_before" }), "properties[0].operator"],
    ["the operator semver_gt", filter({ operator: "semver_gt" }), "properties[0].operator"],
    ["the operator is_cleaned_path_exact", filter({ operator: "is_cleaned_path_exact" }), "properties[0].operator"],
    ["a filter without a value", filter({ value: null }), "properties[0]"],
    ["text compared with 1", filter({ value: 1 }), "properties[0]"],
    ['number compared with "many"', filter({ key: "number", value: "many" }), "properties[0]"],
    ['flag compared with ["yes"]', filter({ key: "flag", value: "yes" }), "properties[0]"],
    ["gt on a property that is true or false", filter({ key: "flag", operator: "gt", value: 1 }), "properties[0]"],
    ["between on a property that is not a number", filter({ operator: "between", value: ["a", "b"] }), "properties[0]"],
    ["a backslash", filter({ operator: "icontains", value: "\\d" }), "properties[0]"],
    ["the operator is_set on empty", filter({ key: "empty", operator: "is_set" }), "properties[0]"],
    ["the operator regex on empty", filter({ key: "empty", operator: "regex", value: "^$" }), "properties[0]"],
    ["a person property", filter({ type: "person" }), "properties[0]"],
    ["filterTestAccounts", trend({ filterTestAccounts: true }), "filterTestAccounts"],
    [
      "a breakdown by cohort",
      trend({ breakdownFilter: { breakdown: 1, breakdown_type: "cohort" } }),
      "breakdownFilter.breakdown_type",
    ],
    [
      "a breakdown by hogql",
      trend({ breakdownFilter: { breakdowns: [{ type: "hogql", property: "1" }] } }),
      "breakdownFilter.breakdowns[0].type",
    ],
    [
      "path cleaning",
      trend({ breakdownFilter: { breakdown: "x", breakdown_path_cleaning: true } }),
      "breakdownFilter.breakdown_path_cleaning",
    ],
    ["the property when", trend({ breakdownFilter: { breakdown: "when" } }), "breakdownFilter.breakdown"],
    ["daysOfWeek", trend({ dateRange: { daysOfWeek: [1] } }), "dateRange.daysOfWeek"],
    [
      "excludeIncompletePeriods",
      trend({ dateRange: { excludeIncompletePeriods: true } }),
      "dateRange.excludeIncompletePeriods",
    ],
    ["the date wStart", trend({ dateRange: { date_from: "wStart" } }), "dateRange.date_from"],
    ["the date yEnd", trend({ dateRange: { date_to: "yEnd" } }), "dateRange.date_to"],
    ["the date -7D", trend({ dateRange: { date_from: "-7D" } }), "dateRange.date_from"],
    ["the date -1d", trend({ interval: "hour", dateRange: { date_to: "-1d" } }), "dateRange.date_to"],
    ["the interval second", trend({ interval: "second" }), "interval"],
    [
      "a comparison with the period before",
      trend({ dateRange: { date_from: "mStart" }, compareFilter: { compare: true } }),
      "compareFilter",
    ],
    [
      "a compared total with an interval",
      trend({ interval: "week", compareFilter: { compare: true }, trendsFilter: { display: "BoldNumber" } }),
      "interval",
    ],
    ["the display WorldMap", trend({ trendsFilter: { display: "WorldMap" } }), "trendsFilter.display"],
    ["the display BoxPlot", trend({ trendsFilter: { display: "BoxPlot" } }), "trendsFilter.display"],
    ["hideWeekends", trend({ trendsFilter: { hideWeekends: true } }), "trendsFilter.hideWeekends"],
    [
      "smoothing of this chart",
      trend({ trendsFilter: { smoothingIntervals: 7 }, breakdownFilter: { breakdown: "text" } }),
      "trendsFilter.smoothingIntervals",
    ],
    ["a funnel as flow", funnel({ funnelVizType: "flow" }), "funnelsFilter.funnelVizType"],
    [
      "a funnel for each properties.tenant",
      funnel({ funnelAggregateByHogQL: "properties.tenant" }),
      "funnelsFilter.funnelAggregateByHogQL",
    ],
    [
      "the client's order of events",
      funnel({ funnelUseClientCaptureOrder: true }),
      "funnelsFilter.funnelUseClientCaptureOrder",
    ],
    ["a compared funnel", funnel({}, { compareFilter: { compare: true } }), "compareFilter"],
    [
      "breakdowns",
      funnel({}, { breakdownFilter: { breakdowns: [{ property: "text" }] } }),
      "breakdownFilter.breakdowns",
    ],
  ])("%s", async (feature, query, where) => {
    const error = await failure(query);
    expect(isNotEvaluable(error), String(error)).toBe(true);
    expect(error).toMatchObject({ where, feature: expect.stringContaining(feature) });
  });
});

describe("what PostHog answers with 400 is refused as such", () => {
  const excluded = (event: string, funnelFromStep: number, funnelToStep: number) => ({
    exclusions: [{ ...node(event), funnelFromStep, funnelToStep }],
  });

  test.each<[string, Record<string, unknown>]>([
    ["it has no kind", {}],
    ["it counts nothing", trend({ series: [] })],
    ["there is no math average", series({ math: "average" })],
    [
      "a histogram cannot show p90",
      {
        ...series({ math: "p90", math_property: "number" }),
        breakdownFilter: { breakdown: "number", breakdown_histogram_bin_count: 3 },
      },
    ],
    ["there is no date 2026-02-30", trend({ dateRange: { date_from: "2026-02-30" } })],
    ["the range ends before it begins", filter({ key: "number", operator: "between", value: [2, 1] })],
    ["it has the regular expression (, which is none", filter({ operator: "regex", value: "(" })],
    ["in needs a list", filter({ operator: "in", value: "x" })],
    ["the funnel has one step", funnel({}, { series: [A] })],
    ["the funnel has 33 steps", funnel({}, { series: Array.from({ length: 33 }, () => A) })],
    ["the time is taken from step 1", funnel({ funnelFromStep: 1 })],
    ["the time is taken to step 2", funnel({ funnelToStep: 2 })],
    ["people who do x are excluded from step 1", funnel(excluded("x", 1, 1))],
    ["people who do x are excluded to step 2", funnel(excluded("x", 0, 2))],
    ["B is excluded between steps of which one takes all that is excluded", funnel(excluded("B", 0, 1))],
    [
      "an unordered funnel cannot exclude between some of its steps",
      funnel({ funnelOrderType: "unordered", ...excluded("x", 0, 1) }, { series: nodes("A", "B", "C") }),
    ],
    ["the first step is optional", funnel({}, { series: [node("A", { optionalInFunnel: true }), A] })],
    [
      "step 1 is optional, which needs an ordered or strict funnel",
      funnel({ funnelVizType: "trends" }, { series: [A, node("B", { optionalInFunnel: true })] }),
    ],
    [
      "the required step after it takes all of its events",
      funnel({}, { series: [A, node("B", { optionalInFunnel: true }), node("B")] }),
    ],
    [
      "there is no step 1 to take the value from",
      funnel(
        { funnelOrderType: "unordered", breakdownAttributionType: "step", breakdownAttributionValue: 1 },
        { breakdownFilter: { breakdown: "text" } },
      ),
    ],
    ["there is no order random", funnel({ funnelOrderType: "random" })],
  ])("%s", async (why, query) => {
    const error = await failure(query);
    expect(isQueryRejected(error), String(error)).toBe(true);
    expect(String(error)).toContain(why);
  });

  test("a project in a time zone that does not exist", async () => {
    await expect(ask([], trend({}), { timeZone: "Mars/Olympus" })).rejects.toThrow(
      "there is no time zone Mars/Olympus",
    );
  });
});

test("fields that only change the looks of a chart are taken", async () => {
  const looks = {
    goalLines: [{ label: "Goal", value: 1 }],
    aggregationAxisFormat: "percentage_scaled",
    showLegend: true,
    decimalPlaces: 1,
    yAxisScaleType: "log10",
  };
  const query = {
    kind: "InsightVizNode",
    full: true,
    source: { ...trend({ trendsFilter: looks }), dataColorTheme: 1, tags: {}, version: 2 },
  };
  expect((await ask(events, query)).results).toHaveLength(1);
});

test("the message says what was asked for, where, and what to do", async () => {
  const error = await failure(filter({ type: "cohort" }));
  expect(String(error)).toBe(
    "NotEvaluable: a cohort filter (at properties[0]) is not evaluated locally. Look at this tile in PostHog.",
  );
});
