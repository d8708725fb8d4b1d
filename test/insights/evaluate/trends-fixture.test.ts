import { describe, expect, test } from "vitest";
import { january, leaves, views, wholeRange } from "./fixture.ts";
import { ask, askTrend } from "./support.ts";

/** Expected numbers are PostHog's own. */
describe("four people in January", () => {
  const show = (query: Record<string, unknown>) =>
    askTrend(january, { series: [views], dateRange: wholeRange, ...query });

  test("a trend has a number for every day, also for those without events", async () => {
    const [line] = await show({});
    expect(line).toMatchObject({
      data: [1, 0, 1, 3, 1, 0, 2, 0, 1, 0, 1],
      count: 10,
      label: "$pageview",
      action: { id: "$pageview", type: "events", order: 0, name: "$pageview", custom_name: null, math: null },
    });
    expect(line?.labels?.[0]).toBe("9-Jan-2020");
    expect(line?.days.at(-1)).toBe("2020-01-19");
  });

  test("a number is one aggregation over the whole range", async () => {
    const [number] = await show({ trendsFilter: { display: "BoldNumber" } });
    expect(number).toMatchObject({ data: [], days: [], count: 0, aggregated_value: 10, label: "$pageview" });
    expect(number).not.toHaveProperty("labels");
  });

  test("a number ignores the interval", async () => {
    const [number] = await show({ trendsFilter: { display: "BoldNumber" }, interval: "week" });
    expect(number?.aggregated_value).toBe(10);
  });

  test("a breakdown has one line a value, the largest first", async () => {
    const lines = await show({ breakdownFilter: { breakdown: "$browser", breakdown_type: "event" } });
    expect(lines.map(({ label, breakdown_value, count }) => [label, breakdown_value, count])).toEqual([
      ["Chrome", "Chrome", 6],
      ["Firefox", "Firefox", 2],
      ["Edge", "Edge", 1],
      ["Safari", "Safari", 1],
    ]);
  });

  test("several breakdowns give lists of values, several series their names in front", async () => {
    const breakdowns = [{ property: "$browser" }, { property: "prop" }, { property: "bool_field" }];
    const lines = await show({ series: [views, leaves], breakdownFilter: { breakdowns } });
    expect(lines[0]).toMatchObject({
      label: "$pageview - Chrome::10::true",
      breakdown_value: ["Chrome", "10", "true"],
      count: 6,
    });
    expect(lines.map(({ order }) => order)).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  });

  test("a histogram cuts a number into equal ranges", async () => {
    const lines = await show({ breakdownFilter: { breakdowns: [{ property: "prop", histogram_bin_count: 4 }] } });
    expect(lines.map(({ label, count }) => [label, count])).toEqual([
      ["[10,17.5]", 6],
      ["[17.5,25]", 2],
      ["[25,32.5]", 1],
      ["[32.5,40.01]", 1],
    ]);
  });

  test("a running sum never falls, and its count is its last value", async () => {
    const [line] = await show({
      trendsFilter: { display: "ActionsLineGraphCumulative" },
      dateRange: { date_from: "2020-01-09", date_to: "2020-01-20" },
    });
    expect(line).toMatchObject({ data: [1, 1, 2, 5, 6, 6, 8, 8, 9, 9, 10, 10], count: 10 });
  });

  test("a formula is calculated for each day", async () => {
    const [line] = await show({ series: [views, leaves], trendsFilter: { formula: "A+2*B" } });
    expect(line).toMatchObject({
      label: "Formula (A+2*B)",
      data: [1, 0, 3, 5, 7, 0, 2, 2, 1, 0, 1],
      count: 22,
      action: null,
      order: 0,
    });
  });

  test("a formula is compared with the same formula before", async () => {
    const query = {
      series: [views, leaves],
      dateRange: { date_from: "2020-01-15", date_to: "2020-01-19" },
      compareFilter: { compare: true },
    };
    const lines = await show({ ...query, trendsFilter: { formula: "A+2*B" } });
    expect(lines.map(({ compare_label, data, count }) => [compare_label, data, count])).toEqual([
      ["current", [2, 2, 1, 0, 1], 6],
      ["previous", [0, 3, 5, 7, 0], 15],
    ]);
    const numbers = await show({ ...query, trendsFilter: { formula: "A+2*B", display: "BoldNumber" } });
    expect(numbers.map(({ aggregated_value }) => aggregated_value)).toEqual([6, 15]);
  });

  test("an absolute range is compared with the same number of days before it", async () => {
    const lines = await show({
      dateRange: { date_from: "2020-01-15", date_to: "2020-01-19" },
      compareFilter: { compare: true },
    });
    expect(lines.map(({ compare, compare_label, data }) => [compare, compare_label, data])).toEqual([
      [true, "current", [2, 0, 1, 0, 1]],
      [true, "previous", [0, 1, 3, 1, 0]],
    ]);
    expect(lines[1]?.days).toEqual(["2020-01-10", "2020-01-11", "2020-01-12", "2020-01-13", "2020-01-14"]);
  });

  test("a comparison with last week is shifted by seven days", async () => {
    const lines = await show({
      series: [views, leaves],
      dateRange: { date_from: "2020-01-15", date_to: "2020-01-19" },
      compareFilter: { compare: true, compare_to: "-1w" },
      trendsFilter: { formula: "A+2*B" },
    });
    expect(lines[1]).toMatchObject({ compare_label: "previous", data: [0, 1, 0, 3, 5] });
  });

  test("quarters begin in January, April, July and October", async () => {
    const [line] = await show({ interval: "quarter", dateRange: { date_from: "2020-01-01", date_to: "2021-01-01" } });
    expect(line).toMatchObject({
      days: ["2020-01-01", "2020-04-01", "2020-07-01", "2020-10-01", "2021-01-01"],
      data: [10, 0, 0, 0, 0],
    });
  });

  test("a series may have a name of its own", async () => {
    const [named, repeated] = await show({
      series: [
        { ...views, custom_name: "Views" },
        { ...views, name: "$pageview" },
      ],
    });
    expect(named?.action?.custom_name).toBe("Views");
    expect(repeated?.action?.custom_name).toBeNull();
  });

  test("without events a line of zeros, with a breakdown no line", async () => {
    const [line] = await show({ series: [{ ...views, event: "never" }] });
    expect(line).toMatchObject({ data: new Array(11).fill(0), count: 0 });
    expect(await show({ series: [{ ...views, event: "never" }], breakdownFilter: { breakdown: "$browser" } })).toEqual(
      [],
    );
  });

  test("the answer says which range it took", async () => {
    const answer = await ask(january, { kind: "TrendsQuery", series: [views], dateRange: wholeRange });
    expect(answer.resolved_date_range).toEqual({
      date_from: "2020-01-09T00:00:00Z",
      date_to: "2020-01-19T23:59:59.999999Z",
    });
  });
});
