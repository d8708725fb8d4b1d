import { describe, expect, test } from "vitest";
import { ask, askTrend, does, node } from "./support.ts";

const A = node("A");

describe("when the clocks change", () => {
  const berlin = { timeZone: "Europe/Berlin" };

  test("the day in autumn has 25 hours, one of them twice", async () => {
    const dateRange = { date_from: "2026-10-25", date_to: "2026-10-25 23:00" };
    const events = does("ada", "A", ["2026-10-25 00:30", "2026-10-25 01:30"]);
    const [line] = await askTrend(events, { series: [A], interval: "hour", dateRange }, berlin);
    expect(line?.labels).toHaveLength(25);
    expect(line?.labels?.slice(1, 5)).toEqual(["25-Oct 01:00", "25-Oct 02:00", "25-Oct 02:00", "25-Oct 03:00"]);
    expect(line?.data.slice(1, 5)).toEqual([0, 1, 1, 0]);
  });

  test("the day in spring has 23 hours", async () => {
    const dateRange = { date_from: "2026-03-29", date_to: "2026-03-29 23:00" };
    const [line] = await askTrend([], { series: [A], interval: "hour", dateRange }, berlin);
    expect(line?.labels).toHaveLength(23);
    expect(line?.labels?.slice(1, 3)).toEqual(["29-Mar 01:00", "29-Mar 03:00"]);
  });

  test("events around midnight lie on their local days before and after the change", async () => {
    const events = does("ada", "A", ["2026-10-23 21:59", "2026-10-23 22:01", "2026-10-25 22:59", "2026-10-25 23:01"]);
    const dateRange = { date_from: "2026-10-23", date_to: "2026-10-26" };
    const [line] = await askTrend(events, { series: [A], dateRange }, berlin);
    expect(line?.data).toEqual([1, 1, 1, 1]);
  });

  test("where they are set back at midnight, that very moment is the day before", async () => {
    const events = does("ada", "A", ["2026-10-29 20:59", "2026-10-29 21:00", "2026-10-29 22:00"]);
    const dateRange = { date_from: "2026-10-29", date_to: "2026-10-30" };
    const [line] = await askTrend(events, { series: [A], dateRange }, { timeZone: "Africa/Cairo" });
    expect(line?.data).toEqual([2, 1]);
  });

  test("a week that is an hour longer is still a week", async () => {
    const events = does("ada", "A", ["2026-10-25 22:59", "2026-10-25 23:01"]);
    const dateRange = { date_from: "2026-10-19", date_to: "2026-11-01" };
    const query = { series: [A], interval: "week", dateRange };
    const [line] = await askTrend(events, query, { ...berlin, weekStart: "monday" });
    expect(line).toMatchObject({ days: ["2026-10-19", "2026-10-26"], data: [1, 1] });
  });

  test("a day ago is the same time on the clock", async () => {
    const query = { kind: "TrendsQuery", series: [A], dateRange: { date_from: "-1d", explicitDate: true } };
    const answer = await ask([], query, { ...berlin, now: "2026-10-25 11:00" });
    expect(answer.resolved_date_range).toEqual({
      date_from: "2026-10-24T12:00:00+02:00",
      date_to: "2026-10-25T12:00:00+01:00",
    });
  });

  test("an hour that the clock skips is written with the offset before it, as Python does", async () => {
    const query = {
      kind: "TrendsQuery",
      series: [A],
      dateRange: { date_from: "2026-03-29T02:30:00", explicitDate: true },
    };
    const answer = await ask([], query, { ...berlin, now: "2026-03-30 09:00" });
    expect(answer.resolved_date_range.date_from).toBe("2026-03-29T02:30:00+01:00");
  });

  test("weekly active people by hours are refused where the clocks change in between", async () => {
    const query = {
      series: [node("A", { math: "weekly_active" })],
      interval: "hour",
      dateRange: { date_from: "2026-10-26", date_to: "2026-10-26 10:00" },
    };
    await expect(askTrend([], query, berlin)).rejects.toThrow("weekly_active by hour");
  });
});

describe("ends of ranges", () => {
  test("a trend ends with the last whole second, a funnel with the last microsecond", async () => {
    const late = { event: "A", distinct_id: "ada", timestamp: "2026-01-01T23:59:59.500Z" };
    const dateRange = { date_from: "2026-01-01", date_to: "2026-01-01" };
    expect((await askTrend([late], { series: [A], dateRange }))[0]?.count).toBe(0);
    const funnel = await ask([late], { kind: "FunnelsQuery", series: [A, node("B")], dateRange });
    expect(funnel.results).toMatchObject([{ count: 1 }, { count: 0 }]);
  });

  test("explicit dates are taken to the second", async () => {
    const dateRange = { date_from: "2021-08-20 12:25:23", date_to: "2021-08-21 10:59:23", explicitDate: true };
    const events = does("ada", "A", [
      "2021-08-20 12:25:22",
      "2021-08-20 12:25:23",
      "2021-08-21 10:59:23",
      "2021-08-21 10:59:24",
    ]);
    expect((await askTrend(events, { series: [A], dateRange }))[0]?.data).toEqual([1, 1]);
  });

  test.each([
    ["-48h", undefined, "day", "2021-08-23T00:00:00Z", "2021-08-25T23:59:59.999999Z"],
    ["-48h", undefined, "hour", "2021-08-23T00:00:00Z", "2021-08-25T00:59:59.999999Z"],
    ["-1dStart", "-1dEnd", "day", "2021-08-24T00:00:00Z", "2021-08-24T23:59:59.999999Z"],
    ["-1mStart", "-1mEnd", "day", "2021-07-01T00:00:00Z", "2021-07-31T23:59:59.999999Z"],
    ["mStart", undefined, "day", "2021-08-01T00:00:00Z", "2021-08-25T23:59:59.999999Z"],
    ["yStart", undefined, "month", "2021-01-01T00:00:00Z", "2021-08-25T23:59:59.999999Z"],
    ["-1q", undefined, "day", "2021-05-26T00:00:00Z", "2021-08-25T23:59:59.999999Z"],
    [undefined, undefined, "day", "2021-08-18T00:00:00Z", "2021-08-25T23:59:59.999999Z"],
    ["2021-8-1", "2021-08-02T01:00:00+02:00", "day", "2021-08-01T00:00:00Z", "2021-08-01T23:59:59.999999Z"],
  ])("on 25 August, %s to %s by %s is %s to %s", async (date_from, date_to, interval, from, to) => {
    const query = { kind: "TrendsQuery", series: [A], interval, dateRange: { date_from, date_to } };
    const answer = await ask([], query, { now: "2021-08-25 00:00" });
    expect(answer.resolved_date_range).toEqual({ date_from: from, date_to: to });
  });

  test("everything begins with the first event of the series", async () => {
    const events = [...does("ada", "other", ["2025-12-01"]), ...does("ada", "A", ["2025-12-30"])];
    const [line] = await askTrend(events, { series: [A], dateRange: { date_from: "all" } });
    expect(line).toMatchObject({ days: ["2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02"], data: [1, 0, 0, 0] });
  });

  test("the last day of a month that is shorter is meant a month ago", async () => {
    const answer = await ask(
      [],
      { kind: "TrendsQuery", series: [A], dateRange: { date_from: "-1m" } },
      { now: "2026-03-31" },
    );
    expect(answer.resolved_date_range.date_from).toBe("2026-02-28T00:00:00Z");
  });
});

describe("labels of weeks", () => {
  test.each([
    ["2020-01-12", "2020-01-19", ["12–18 Jan", "19-Jan-2020"]],
    ["2020-01-20", "2020-02-03", ["20–25 Jan", "26-Jan – 1-Feb", "2–3 Feb"]],
    ["2019-12-29", "2020-01-05", ["29-Dec-2019 – 4-Jan-2020", "5-Jan-2020"]],
  ])("from %s to %s", async (date_from, date_to, labels) => {
    const [line] = await askTrend([], { series: [A], interval: "week", dateRange: { date_from, date_to } });
    expect(line?.labels).toEqual(labels);
  });
});
