import { expect, test } from "vitest";
import { askTrend, does, node } from "./support.ts";

const weekly = node("A", { math: "weekly_active" });
const monthly = node("A", { math: "monthly_active" });

test("days before the range count while they are within the window", async () => {
  const events = does("ada", "A", ["2020-01-02", "2020-01-03"]);
  const [line] = await askTrend(events, { series: [weekly], dateRange: { date_from: "-7d" } }, { now: "2020-01-05" });
  expect(line?.data).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  const [after] = await askTrend(events, {
    series: [weekly],
    dateRange: { date_from: "2020-01-08", date_to: "2020-01-10" },
  });
  expect(after?.data).toEqual([1, 1, 0]);
});

test("each person counts once, however often they come", async () => {
  const events = [...does("ada", "A", ["2020-01-01", "2020-01-04", "2020-01-09"]), ...does("bob", "A", ["2020-01-05"])];
  const [line] = await askTrend(events, {
    series: [weekly],
    dateRange: { date_from: "2020-01-01", date_to: "2020-01-12" },
  });
  expect(line?.data).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 1]);
});

test("a number counts the seven days up to the end, wherever the range begins", async () => {
  const events = Array.from({ length: 7 }, (_, day) =>
    does(`person ${day % 3}`, "A", [`2020-01-${String(6 + day).padStart(2, "0")}`]),
  ).flat();
  const query = {
    series: [weekly],
    dateRange: { date_from: "2020-01-11", date_to: "2020-01-12" },
    trendsFilter: { display: "BoldNumber" },
  };
  expect((await askTrend(events, query))[0]?.aggregated_value).toBe(3);
});

test("by weeks, people active within a week are the people of the week", async () => {
  const events = does("ada", "A", ["2020-01-08"]);
  const query = { series: [weekly], interval: "week", dateRange: { date_from: "2020-01-05", date_to: "2020-01-18" } };
  expect((await askTrend(events, query))[0]?.data).toEqual([1, 0]);
});

test("by weeks, people active within a month are taken on the first day of the week", async () => {
  const events = does("ada", "A", ["2020-01-08"]);
  const query = { series: [monthly], interval: "week", dateRange: { date_from: "2020-01-05", date_to: "2020-02-15" } };
  // 8 January to 6 February: the week of 5 January begins too early, the week of 9 February too late.
  expect((await askTrend(events, query))[0]?.data).toEqual([0, 1, 1, 1, 1, 0]);
});

test("by hours the window is as many hours", async () => {
  const events = does("ada", "A", ["2020-01-01 10:30"]);
  const query = {
    series: [weekly],
    interval: "hour",
    dateRange: { date_from: "2020-01-08 08:00", date_to: "2020-01-08 11:00" },
  };
  expect((await askTrend(events, query))[0]?.data).toEqual([1, 1, 0, 0]);
});

test("a value of a breakdown has active people of its own", async () => {
  const events = [
    ...does("ada", "A", ["2020-01-01"], { on: "web" }),
    ...does("ada", "A", ["2020-01-05"], { on: "phone" }),
  ];
  const query = {
    series: [weekly],
    dateRange: { date_from: "2020-01-05", date_to: "2020-01-09" },
    breakdownFilter: { breakdown: "on" },
  };
  const lines = await askTrend(events, query);
  expect(lines.map(({ label, data }) => [label, data])).toEqual([
    ["phone", [1, 1, 1, 1, 1]],
    ["web", [1, 1, 1, 0, 0]],
  ]);
});
