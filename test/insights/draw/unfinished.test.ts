import { describe, expect, test } from "vitest";
import { drawTile } from "../../../src/insights/draw/index.ts";
import { tileView } from "../../../src/insights/draw/views/tile-view.ts";
import { evaluate, openEvents } from "../../../src/insights/evaluate/index.ts";

const trendOf = (days: readonly string[], source: object, asked: object) =>
  tileView(
    { kind: "TrendsQuery", ...source },
    { results: [{ data: days.map(() => 3), days, order: 0, action: { name: "Sent" } }], ...asked },
  );
const unfinishedOf = (view: object) => ("unfinishedFrom" in view ? view.unfinishedFrom : undefined);

describe("the period that is not over", () => {
  test.each([
    ["day", ["2026-11-26", "2026-11-27"], "2026-11-27T09:00:00Z", "2026-11-27"],
    ["day", ["2026-11-26", "2026-11-27"], "2026-11-28T00:00:00Z", undefined],
    ["hour", ["2026-11-27 12:00:00", "2026-11-27 13:00:00"], "2026-11-27T13:59:59Z", "2026-11-27 13:00:00"],
    ["week", ["2026-11-15", "2026-11-22"], "2026-11-27T09:00:00Z", "2026-11-22"],
    ["month", ["2026-10-01", "2026-11-01"], "2026-11-30T23:00:00Z", "2026-11-01"],
    ["month", ["2026-10-01", "2026-11-01"], "2026-12-01T00:00:00Z", undefined],
    ["day", ["2026-11-26", "2026-11-27", "2026-11-28"], "2026-11-26T09:00:00Z", "2026-11-26"],
  ])("of a chart by the %s with %j, asked at %s, begins at %s", (interval, days, at, from) => {
    expect(unfinishedOf(trendOf(days, { interval }, { askedAt: new Date(at) }))).toBe(from);
  });

  test("is that of the project's clock, whichever the machine has", () => {
    const asked = (offset: string) => ({
      askedAt: new Date("2026-11-28T02:00:00Z"),
      resolved_date_range: { date_to: `2026-11-27T23:59:59.999999${offset}` },
    });
    const days = ["2026-11-26", "2026-11-27"];
    expect(unfinishedOf(trendOf(days, {}, asked("-05:00")))).toBe("2026-11-27");
    expect(unfinishedOf(trendOf(days, {}, asked("Z")))).toBeUndefined();
  });

  test("of a funnel over time lasts as long as people may still convert", () => {
    const days = ["2026-11-20", "2026-11-21", "2026-11-22"];
    const view = tileView(
      {
        kind: "FunnelsQuery",
        funnelsFilter: { funnelVizType: "trends", funnelWindowInterval: 3, funnelWindowIntervalUnit: "day" },
      },
      { results: [{ data: [50, 40, 10], days }], askedAt: new Date("2026-11-24T12:00:00Z") },
    );
    expect(unfinishedOf(view)).toBe("2026-11-21");
  });

  test("is not known of an answer of which nobody knows when it was asked", () => {
    expect(unfinishedOf(trendOf(["2999-01-01"], {}, {}))).toBeUndefined();
  });
});

describe("is drawn so", () => {
  const days = ["2026-11-25", "2026-11-26", "2026-11-27"];
  const picture = (display: string, askedAt?: Date) =>
    drawTile(
      {
        kind: "insight",
        title: "Sent",
        reading: "How many",
        query: { kind: "TrendsQuery", trendsFilter: { display } },
      },
      {
        results: [{ data: [9, 8, 1], days, order: 0, action: { name: "Sent" } }],
        ...(askedAt && { askedAt }),
      },
      { theme: "light", width: 400, height: 250 },
    );
  const dashed = (svg: string) => svg.match(/stroke-dasharray/g)?.length ?? 0;

  test.each(["ActionsLineGraph", "ActionsAreaGraph", "ActionsBar", "ActionsUnstackedBar"])(
    "with dashes: %s",
    (display) => {
      expect(dashed(picture(display, new Date("2026-11-28T12:00:00Z")))).toBe(0);
      expect(dashed(picture(display, new Date("2026-11-27T12:00:00Z")))).toBe(1);
    },
  );

  test("and everything, where nothing is over yet", () => {
    expect(dashed(picture("ActionsLineGraph", new Date("2026-11-25T12:00:00Z")))).toBe(1);
    expect(dashed(picture("ActionsBar", new Date("2026-11-25T12:00:00Z")))).toBe(3);
  });
});

test("what the evaluator answers, in a project behind UTC, has today unfinished", async () => {
  await using events = await openEvents({ threads: 1 });
  const now = new Date("2026-11-28T02:00:00Z");
  events.append([{ event: "sent", distinct_id: "ada", timestamp: "2026-11-28T01:00:00Z", properties: {} }]);
  const query = {
    kind: "TrendsQuery",
    interval: "day",
    dateRange: { date_from: "-3d" },
    series: [{ kind: "EventsNode", event: "sent" }],
  };
  const answer = await evaluate(events, query, { now, timeZone: "America/New_York" });
  const view = tileView(query, { ...answer, askedAt: now });
  expect(view).toMatchObject({ unfinishedFrom: "2026-11-27" });
});
