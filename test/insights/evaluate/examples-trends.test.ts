import { describe, expect, test } from "vitest";
import { january, leaves, views, wholeRange } from "./fixture.ts";
import { ask, askTrend, does, node } from "./support.ts";

/** Worked examples of PostHog's rules for trends, with the numbers that its own tests or its code give. */

const A = node("A");
const day = { date_from: "2020-01-01", date_to: "2020-01-01" };
const valued = (...values: unknown[]) => values.flatMap((value) => does("ada", "A", ["2020-01-01"], { value }));
const noValue = "$$_posthog_breakdown_null_$$";
const other = "$$_posthog_breakdown_other_$$";

const counts = async (...asked: Parameters<typeof askTrend>) =>
  (await askTrend(...asked)).map(({ breakdown_value, count }) => [breakdown_value, count]);

describe("the answer's form", () => {
  test("a line has exactly these fields", async () => {
    const dateRange = { date_from: "2020-01-09", date_to: "2020-01-10" };
    const [line] = await askTrend(january, { series: [views], dateRange });
    expect(line).toEqual({
      data: [1, 0],
      labels: ["9-Jan-2020", "10-Jan-2020"],
      days: ["2020-01-09", "2020-01-10"],
      count: 1,
      label: "$pageview",
      filter: { insight: "TRENDS" },
      action: {
        days: ["2020-01-09T00:00:00Z", "2020-01-10T00:00:00Z"],
        id: "$pageview",
        type: "events",
        order: 0,
        name: "$pageview",
        custom_name: null,
        math: null,
        math_property: null,
        math_hogql: null,
        math_group_type_index: null,
        properties: {},
      },
      order: 0,
    });
  });

  test("a formula's number stands in aggregated_value, with nothing over time", async () => {
    const trendsFilter = { formula: "A/B", display: "BoldNumber" };
    const [number] = await askTrend(january, { series: [views, leaves], dateRange: wholeRange, trendsFilter });
    expect(number).toEqual({
      data: [],
      days: [],
      count: 0,
      aggregated_value: 10 / 6,
      label: "Formula (A/B)",
      filter: { insight: "TRENDS" },
      action: null,
      order: 0,
    });
  });

  test("a series of all events is called that", async () => {
    const [line] = await askTrend(january, { series: [node(null)], dateRange: wholeRange });
    expect(line).toMatchObject({ label: "All events", count: 16, action: { id: null, name: "All events" } });
  });

  test("a comparison says which period is which", async () => {
    const query = { kind: "TrendsQuery", series: [views], compareFilter: { compare: true } };
    const answer = await ask(january, { ...query, dateRange: { date_from: "2020-01-15", date_to: "2020-01-19" } });
    expect(answer).toMatchObject({
      resolved_date_range: { date_from: "2020-01-15T00:00:00Z", date_to: "2020-01-19T23:59:59.999999Z" },
      resolved_compare_date_range: { date_from: "2020-01-10T00:00:00Z", date_to: "2020-01-14T23:59:59.999999Z" },
    });
  });
});

describe("ranges", () => {
  test("a number takes its range by days, whatever interval and time are written", async () => {
    const query = {
      series: [views],
      interval: "hour",
      dateRange: { date_from: "2020-01-09", date_to: "2020-01-19 10:00" },
      trendsFilter: { display: "BoldNumber" },
    };
    expect((await askTrend(january, query))[0]?.aggregated_value).toBe(10);
  });

  test("hours ago are hours by days, too: what was before does not count", async () => {
    const events = does("ada", "A", ["2021-08-22 23:59", "2021-08-23 13:59", "2021-08-23 14:00"]);
    const query = { series: [A], dateRange: { date_from: "-48h" } };
    const [line] = await askTrend(events, query, { now: "2021-08-25 14:30" });
    expect(line).toMatchObject({ days: ["2021-08-23", "2021-08-24", "2021-08-25"], data: [1, 0, 0] });
  });

  test("30 days before are disjoint from the 30 days", async () => {
    const query = { series: [A], dateRange: { date_from: "-30d" }, compareFilter: { compare: true } };
    const [current, previous] = await askTrend([], query, { now: "2020-01-15" });
    expect([current?.days[0], current?.days.at(-1)]).toEqual(["2019-12-16", "2020-01-15"]);
    expect([previous?.days[0], previous?.days.at(-1)]).toEqual(["2019-11-15", "2019-12-15"]);
  });

  test.each([
    ["-2d", "2020-03-29", "2020-03-30"],
    ["-1m", "2020-02-29", "2020-03-01"],
    ["-1y", "2019-03-31", "2019-04-01"],
  ])("compared with %s, from %s to %s", async (compare_to, first, last) => {
    const query = {
      series: [A],
      dateRange: { date_from: "2020-03-31", date_to: "2020-04-01" },
      compareFilter: { compare: true, compare_to },
    };
    const [, previous] = await askTrend([], query);
    expect(previous?.days).toEqual([first, last]);
  });

  test("years begin in January", async () => {
    const events = does("ada", "A", ["2019-12-31", "2020-01-01"]);
    const query = { series: [A], interval: "year", dateRange: { date_from: "2019-06-01", date_to: "2020-02-01" } };
    expect((await askTrend(events, query))[0]).toMatchObject({ days: ["2019-01-01", "2020-01-01"], data: [1, 1] });
  });
});

describe("breakdowns", () => {
  const by = (breakdown: object, more: object = {}) => ({
    ...{ series: [A], dateRange: day, breakdownFilter: { breakdown: "value", ...breakdown } },
    ...more,
  });

  test("an address is the same with and without what hangs on its end", async () => {
    const events = valued("/a", "/a/", "/a?#", "https://b.example/", "?", "/");
    expect(await counts(events, by({ breakdown_normalize_url: true }))).toEqual([
      ["/a", 3],
      ["/", 2],
      ["https://b.example", 1],
    ]);
  });

  test("of several properties the rest stands in the place of each", async () => {
    const events = ["x", "x", "y"].flatMap((value) => does("ada", "A", ["2020-01-01"], { value, flag: true }));
    const breakdownFilter = { breakdowns: [{ property: "value" }, { property: "flag" }], breakdown_limit: 1 };
    expect(await counts(events, { series: [A], dateRange: day, breakdownFilter })).toEqual([
      [["x", "true"], 2],
      [[other, other], 1],
    ]);
  });

  test("what has no value ranks behind all others, and is among the rest first", async () => {
    const events = valued("a", ...new Array(5).fill(null));
    expect(await counts(events, by({ breakdown_limit: 1 }))).toEqual([
      ["a", 1],
      [other, 5],
    ]);
    expect(await counts(events, by({}))).toEqual([
      ["a", 1],
      [noValue, 5],
    ]);
  });

  test("in a chart of totals it ranks by its size", async () => {
    const trendsFilter = { display: "ActionsBarValue" };
    const lines = await askTrend(valued("a", null, null), by({ breakdown_limit: 1 }, { trendsFilter }));
    expect(lines.map(({ breakdown_value, aggregated_value }) => [breakdown_value, aggregated_value])).toEqual([
      [noValue, 2],
      [other, 1],
    ]);
  });

  test.each([
    ["sum", 6],
    ["max", 3],
    ["min", 1],
    ["avg", 2],
    ["median", 6],
  ])("the %s of the rest, 1, 2 and 3, is %d", async (math, rest) => {
    const number = (value: string, number: number) => does("ada", "A", ["2020-01-01"], { value, number });
    const events = [...number("large", 100), ...number("x", 1), ...number("y", 2), ...number("z", 3)];
    const series = [node("A", { math, math_property: "number" })];
    expect(await counts(events, by({ breakdown_limit: 1 }, { series }))).toEqual([
      ["large", 100],
      [other, rest],
    ]);
  });

  test("a person counts with each value that they show", async () => {
    const series = [node("A", { math: "dau" })];
    expect(await counts(valued("x", "x", "y"), by({}, { series }))).toEqual([
      ["x", 1],
      ["y", 1],
    ]);
  });

  test("within a bin of a histogram the largest number counts", async () => {
    const events = [
      [1, 100],
      [2, 200],
      [3, 150],
    ].flatMap(([value, score]) => does("ada", "A", ["2020-01-01"], { value, score }));
    const series = [node("A", { math: "max", math_property: "score" })];
    const query = by({ breakdown_histogram_bin_count: 2 }, { series });
    expect(new Map((await counts(events, query)) as [string, number][])).toEqual(
      new Map([
        ["[2,3.01]", 200],
        ["[1,2]", 100],
      ]),
    );
  });

  test("what is no number is in no bin", async () => {
    const query = by({ breakdown_histogram_bin_count: 1 });
    expect(
      await counts(valued(1, 2, "many", null), query, {}, { propertyTypes: { event: { value: "Numeric" } } }),
    ).toEqual([
      ["[1,2.01]", 2],
      [noValue, 2],
    ]);
  });

  test("a value so long that PostHog would cut it is refused", async () => {
    expect(await counts(valued("x".repeat(200)), by({}))).toHaveLength(1);
    await expect(counts(valued("x".repeat(201)), by({}))).rejects.toThrow(
      "a breakdown by value (at breakdownFilter.breakdown) is not evaluated locally: a value has more than 200 characters",
    );
  });

  test("a formula of series that are all empty has no line", async () => {
    const query = by({}, { series: [A, node("B")], trendsFilter: { formula: "A + B + 1" } });
    expect(await counts([], query)).toEqual([]);
  });
});

test("an empty text is a session of its own", async () => {
  const events = ["s1", "", ""].flatMap((id) => does("ada", "A", ["2020-01-01"], { $session_id: id }));
  const series = [node("A", { math: "unique_session" })];
  expect((await askTrend(events, { series, dateRange: day }))[0]?.count).toBe(2);
});

test("what is empty is not one of several values", async () => {
  const properties = [{ type: "event", key: "value", operator: "is_not", value: ["a", "b"] }];
  expect((await askTrend(valued("", "a", "c"), { series: [A], dateRange: day, properties }))[0]?.count).toBe(2);
});
