import { expect, test } from "vitest";
import { january, leaves, views, wholeRange } from "../fixture.ts";
import { ask, askTrend, does, node } from "../support.ts";

/** Traps 6 to 16: what a trend counts. */

const range = (from: string, to: string) => ({ date_from: `2020-01-${from}`, date_to: `2020-01-${to}` });
const people = (event: string) => node(event, { math: "dau" });

test("6: people of two days count on both, and once in a number", async () => {
  const events = does("ada", "A", ["2020-01-01", "2020-01-02"]);
  const query = { series: [people("A")], dateRange: range("01", "02") };
  expect((await askTrend(events, query))[0]).toMatchObject({ data: [1, 1], count: 2 });
  expect((await askTrend(events, { ...query, trendsFilter: { display: "BoldNumber" } }))[0]?.aggregated_value).toBe(1);
});

test("7: a running sum counts a person on the first day only", async () => {
  const trendsFilter = { display: "ActionsLineGraphCumulative" };
  const events = does("ada", "A", ["2020-01-01", "2020-01-03"]);
  const [line] = await askTrend(events, { series: [people("A")], dateRange: range("01", "03"), trendsFilter });
  expect(line).toMatchObject({ data: [1, 1, 1], count: 1 });
});

test("8: what is divided by nothing is 0, and a ratio's total is the ratio of the totals", async () => {
  const [line] = await askTrend(january, {
    series: [views, leaves],
    dateRange: wholeRange,
    trendsFilter: { formula: "A/B" },
  });
  expect(line?.data).toEqual([0, 0, 1, 3, 1 / 3, 0, 0, 0, 0, 0, 0]);
  expect(line?.count).toBeCloseTo(10 / 6, 12);
});

test("9: a constant counts once in the total", async () => {
  const events = does("ada", "B", ["2020-01-01", "2020-01-02", "2020-01-03"]);
  const query = { series: [node("A"), node("B")], dateRange: range("01", "12"), trendsFilter: { formula: "B+1" } };
  expect((await askTrend(events, query))[0]?.count).toBe(4);
});

test("10: null, an empty text and a missing property are one group", async () => {
  const events = [{ value: null }, { value: "" }, {}].flatMap((properties) =>
    does("ada", "A", ["2020-01-01"], properties),
  );
  const lines = await askTrend(events, {
    series: [node("A")],
    dateRange: range("01", "01"),
    breakdownFilter: { breakdown: "value" },
  });
  expect(lines.map(({ label, count }) => [label, count])).toEqual([["$$_posthog_breakdown_null_$$", 3]]);
});

test("11: beyond 25 values the rest is one line", async () => {
  const events = Array.from({ length: 30 }, (_, value) =>
    does("ada", "A", ["2020-01-01"], { value: `v${value}` }),
  ).flat();
  const query = { kind: "TrendsQuery", series: [node("A")], dateRange: range("01", "01") };
  const answer = await ask(events, { ...query, breakdownFilter: { breakdown: "value" } });
  expect(answer).toMatchObject({ hasMore: true });
  expect(answer.results).toHaveLength(26);
  const limited = await ask(events, { ...query, breakdownFilter: { breakdown: "value", breakdown_limit: 10 } });
  expect(limited.results).toHaveLength(11);
  const hidden = await ask(events, {
    ...query,
    breakdownFilter: { breakdown: "value", breakdown_limit: 10, breakdown_hide_other_aggregation: true },
  });
  expect(hidden).toMatchObject({ hasMore: true });
  expect(hidden.results).toHaveLength(10);
});

test("12: a person counts once for each hidden value", async () => {
  const events = [
    ...["bob", "cy"].flatMap((person) => does(person, "A", ["2020-01-01"], { value: "large" })),
    ...["x", "y"].flatMap((value) => does("ada", "A", ["2020-01-01"], { value })),
  ];
  const breakdownFilter = { breakdown: "value", breakdown_limit: 1 };
  const lines = await askTrend(events, { series: [people("A")], dateRange: range("01", "01"), breakdownFilter });
  expect(lines.map(({ label, count }) => [label, count])).toEqual([
    ["large", 2],
    ["$$_posthog_breakdown_other_$$", 2],
  ]);
});

test("13: smoothing rounds the mean of the last days down", async () => {
  const dateRange = { date_from: "2020-01-09", date_to: "2020-01-20" };
  const [line] = await askTrend(january, { series: [views], dateRange, trendsFilter: { smoothingIntervals: 7 } });
  expect(line?.data).toEqual([1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 0]);
  expect(line?.count).toBe(8);
});

test("14: what is not something includes what is nothing", async () => {
  const events = [...does("ada", "A", ["2020-01-01"]), ...does("bob", "A", ["2020-01-01"], { prop: "a" })];
  const properties = [{ type: "event", key: "prop", operator: "is_not", value: "a" }];
  const [line] = await askTrend(events, { series: [node("A", { properties })], dateRange: range("01", "01") });
  expect(line?.count).toBe(1);
});

test("15: a filter for none of no values lets everything through", async () => {
  const properties = [{ type: "event", key: "$browser", operator: "exact", value: [] }];
  expect((await askTrend(january, { series: [views], dateRange: wholeRange, properties }))[0]?.count).toBe(10);
});

test("16: a weekly active person is active for seven days", async () => {
  const events = does("ada", "A", ["2020-01-12"]);
  const query = { series: [node("A", { math: "weekly_active" })], dateRange: range("11", "20") };
  const [line] = await askTrend(events, query);
  expect(line?.data).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 0, 0]);
});
