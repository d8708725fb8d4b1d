import { expect, test } from "vitest";
import { january, views, wholeRange } from "../fixture.ts";
import { askTrend, does, node } from "../support.ts";

/** Traps 1 to 5: which time a query looks at. */

test("1: the last 7 days are eight, today included", async () => {
  const [line] = await askTrend(
    does("ada", "A", ["2020-01-02", "2020-01-03"]),
    { series: [node("A")], dateRange: { date_from: "-7d" } },
    { now: "2020-01-05" },
  );
  expect(line?.data).toEqual([0, 0, 0, 0, 1, 1, 0, 0]);
});

test("2: the week before the last 7 days begins on the same weekday and shares a day with them", async () => {
  const query = { series: [node("A")], dateRange: { date_from: "-7d" }, compareFilter: { compare: true } };
  const [current, previous] = await askTrend(does("ada", "A", ["2020-01-17"]), query, { now: "2020-01-24" });
  expect([current?.days[0], current?.days.at(-1)]).toEqual(["2020-01-17", "2020-01-24"]);
  expect([previous?.days[0], previous?.days.at(-1)]).toEqual(["2020-01-10", "2020-01-17"]);
  expect([current?.data[0], previous?.data.at(-1)]).toEqual([1, 1]);
});

test("3: the first week of a chart lacks the days before the range", async () => {
  const events = does("ada", "A", ["2020-01-11 19:01", "2020-01-12 02:01", "2020-01-21 18:01"]);
  const query = { series: [node("A")], dateRange: { date_from: "-14d" }, interval: "week" };
  const [monday] = await askTrend(events, query, { now: "2020-01-26", weekStart: "monday" });
  expect(monday).toMatchObject({ days: ["2020-01-06", "2020-01-13", "2020-01-20"], data: [1, 0, 1] });
  const [sunday] = await askTrend(events, query, { now: "2020-01-26", weekStart: "sunday" });
  expect(sunday).toMatchObject({ days: ["2020-01-12", "2020-01-19", "2020-01-26"], data: [1, 1, 0] });
});

test("4: a chart by months counts the whole first month", async () => {
  const query = { series: [node("A")], dateRange: { date_from: "-30d" }, interval: "month" };
  const [line] = await askTrend(does("ada", "A", ["2021-07-03"]), query, { now: "2021-08-25" });
  expect(line).toMatchObject({ labels: ["Jul 2021", "Aug 2021"], data: [1, 0] });
});

test("5: by hours, a day as the end means its first hour", async () => {
  const hours = async (date_to: string) => {
    const [line] = await askTrend(january, {
      series: [views],
      interval: "hour",
      dateRange: { date_from: "2020-01-09", date_to },
    });
    return line?.labels ?? [];
  };
  expect(await hours("2020-01-09")).toEqual(["9-Jan 00:00"]);
  expect(await hours("2020-01-09 23:59:59")).toHaveLength(24);
});

test("a day as the end means all of it, even when a time is written", async () => {
  const [line] = await askTrend(january, {
    series: [views],
    dateRange: { ...wholeRange, date_to: "2020-01-19 10:00" },
  });
  expect(line?.data.at(-1)).toBe(1);
});
