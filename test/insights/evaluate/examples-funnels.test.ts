import { describe, expect, test } from "vitest";
import { ask, askFunnel, askFunnels, counts, does, node, nodes, seconds } from "./support.ts";

/** Worked examples of PostHog's rules for funnels, with the numbers that its own tests or its code give. */

const january = { date_from: "2026-01-01", date_to: "2026-01-31" };
const hour = 3600;
const dayLong = 24 * hour;

test("a breakdown's funnels have exactly these fields", async () => {
  const events = [
    ...seconds("p1", { "sign up": [12 * hour], "play movie": [13 * hour], buy: [15 * hour] }, { $browser: "Chrome" }),
    ...seconds("p2", { "sign up": [14 * hour], "play movie": [16 * hour] }, { $browser: "Safari" }),
    ...seconds("p3", { "sign up": [14 * hour] }, { $browser: "Safari" }),
  ];
  const answer = await ask(events, {
    kind: "FunnelsQuery",
    series: nodes("sign up", "play movie", "buy"),
    dateRange: january,
    breakdownFilter: { breakdown: "$browser", breakdown_type: "event" },
  });
  const step = (value: string, name: string, order: number, count: number, time: number | null) => ({
    action_id: name,
    name,
    custom_name: null,
    order,
    people: [],
    count,
    type: "events",
    average_conversion_time: time,
    median_conversion_time: time,
    breakdown: [value],
    breakdown_value: [value],
  });
  expect(answer.results).toEqual([
    [
      step("Chrome", "sign up", 0, 1, null),
      step("Chrome", "play movie", 1, 1, hour),
      step("Chrome", "buy", 2, 1, 2 * hour),
    ],
    [
      step("Safari", "sign up", 0, 2, null),
      step("Safari", "play movie", 1, 1, 2 * hour),
      step("Safari", "buy", 2, 0, null),
    ],
  ]);
});

describe("lengths of windows", () => {
  test.each([
    ["second", 1],
    ["minute", 60],
    ["hour", hour],
    ["day", dayLong],
    ["week", 7 * dayLong],
    ["month", 31 * dayLong],
    [undefined, 14 * dayLong],
  ])("a %s has %d seconds", async (funnelWindowIntervalUnit, length) => {
    const funnelsFilter =
      funnelWindowIntervalUnit === undefined ? {} : { funnelWindowInterval: 1, funnelWindowIntervalUnit };
    const query = {
      series: nodes("A", "B"),
      dateRange: { date_from: "2026-01-01", date_to: "2026-03-01" },
      funnelsFilter,
    };
    const within = async (taken: number) => counts(await askFunnel(seconds("ada", { A: [0], B: [taken] }), query));
    expect(await within(length)).toEqual([1, 1]);
    expect(await within(length + 1)).toEqual([1, 0]);
  });
});

describe("steps of first times", () => {
  const events = [
    // Ada's first visit was before the range; ben's first was not paid.
    ...does("ada", "A", ["2025-12-01", "2026-01-02 10:00"], { paid: true }),
    ...does("ada", "B", ["2026-01-02 11:00"]),
    ...does("ben", "A", ["2026-01-02 10:00"], { paid: false }),
    ...does("ben", "A", ["2026-01-02 11:00"], { paid: true }),
    ...does("ben", "B", ["2026-01-02 12:00"]),
    ...does("cy", "A", ["2026-01-02 10:00"], { paid: true }),
  ];
  const paid = [{ type: "event", key: "paid", operator: "exact", value: ["true"] }];
  const follow = async (math: string) => {
    const series = [node("A", { math, properties: paid }), node("B")];
    return counts(await askFunnel(events, { series, dateRange: january }));
  };

  test("the first event of that name ever, which must pass the filters", async () => {
    expect(await follow("first_time_for_user")).toEqual([1, 0]);
  });

  test("the first event that passes the filters", async () => {
    expect(await follow("first_time_for_user_with_filters")).toEqual([2, 1]);
  });

  test("any other math of a step changes nothing", async () => {
    expect(await follow("total")).toEqual([3, 2]);
    expect(await follow("dau")).toEqual([3, 2]);
  });
});

describe("exclusions between some steps", () => {
  const through = async (x: number, funnelFromStep: number, funnelToStep: number) => {
    const exclusions = [{ ...node("x"), funnelFromStep, funnelToStep }];
    const query = { series: nodes("A", "B", "C"), dateRange: january, funnelsFilter: { exclusions } };
    return counts(await askFunnel(seconds("ada", { A: [0], B: [10], C: [20], x: [x] }), query));
  };

  test("only what happens between them excludes", async () => {
    expect(await through(5, 0, 1)).toEqual([]);
    expect(await through(15, 0, 1)).toEqual([1, 1, 1]);
    expect(await through(5, 1, 2)).toEqual([1, 1, 1]);
    expect(await through(15, 1, 2)).toEqual([]);
    expect(await through(5, 0, 2)).toEqual([]);
    expect(await through(15, 0, 2)).toEqual([]);
    expect(await through(25, 0, 2)).toEqual([1, 1, 1]);
  });
});

describe("whose value", () => {
  test("a person who did the step with two values is in both funnels", async () => {
    const events = [
      ...seconds("ada", { A: [0] }, { on: "phone" }),
      ...seconds("ada", { A: [10] }, { on: "web" }),
      ...seconds("ada", { B: [20] }),
    ];
    const groups = await askFunnels(events, {
      series: nodes("A", "B"),
      dateRange: january,
      breakdownFilter: { breakdown: "on", breakdown_type: "event" },
      funnelsFilter: { breakdownAttributionType: "step", breakdownAttributionValue: 0 },
    });
    expect(groups).toEqual([
      { value: ["phone"], counts: [1, 1] },
      { value: ["web"], counts: [1, 1] },
    ]);
  });

  test("of several properties together, any one that is there makes a value", async () => {
    const events = [...seconds("ada", { A: [0] }, { plan: "pro" }), ...seconds("ada", { B: [10] }, { on: "web" })];
    const groups = await askFunnels(events, {
      series: nodes("A", "B"),
      dateRange: january,
      breakdownFilter: { breakdown: ["on", "plan"], breakdown_type: "event" },
    });
    expect(groups).toEqual([{ value: ["", "pro"], counts: [1, 1] }]);
  });

  test("the time of all who finish is one median, whatever their value", async () => {
    const events = [
      ...seconds("ada", { A: [0], B: [10] }, { on: "phone" }),
      ...seconds("ben", { A: [0], B: [20] }, { on: "web" }),
      ...seconds("cy", { A: [0], B: [90] }, { on: "web" }),
    ];
    const answer = await ask(events, {
      kind: "FunnelsQuery",
      series: nodes("A", "B"),
      dateRange: january,
      breakdownFilter: { breakdown: "on", breakdown_type: "event" },
    });
    expect(answer).toMatchObject({ total_median_conversion_time: 20 });
  });
});

describe("time to convert", () => {
  const convert = async (events: Parameters<typeof ask>[0], steps: readonly string[], more: object = {}) => {
    const query = { kind: "FunnelsQuery", series: nodes(...steps), dateRange: january };
    return (await ask(events, { ...query, funnelsFilter: { funnelVizType: "time_to_convert", ...more } })).results;
  };

  test("who takes no time at all counts with 0 seconds", async () => {
    const events = [...seconds("ada", { A: [0], B: [0] }), ...seconds("ben", { A: [0], B: [60] })];
    expect(await convert(events, ["A", "B"], { binCount: 1 })).toEqual({
      bins: [
        [0, 1],
        [60, 1],
      ],
      average_conversion_time: 30,
      median_conversion_time: 30,
    });
  });

  test("from one step to another, whatever came before and after", async () => {
    const events = seconds("ada", { A: [0], B: [10], C: [40], D: [100] });
    const between = async (funnelFromStep: number, funnelToStep: number) =>
      await convert(events, ["A", "B", "C", "D"], { funnelFromStep, funnelToStep });
    expect(await between(1, 2)).toMatchObject({ average_conversion_time: 30 });
    expect(await between(0, 2)).toMatchObject({ average_conversion_time: 40 });
    expect(await between(1, 3)).toMatchObject({ average_conversion_time: 90 });
  });
});

test("over time, events of the same instant are taken as they come", async () => {
  const overTime = async (first: string, second: string) => {
    const events = [...seconds("ada", { [first]: [0] }), ...seconds("ada", { [second]: [0] })];
    const query = { kind: "FunnelsQuery", series: nodes("A", "B"), dateRange: { ...january, date_to: "2026-01-01" } };
    return (await ask(events, { ...query, funnelsFilter: { funnelVizType: "trends" } })).results;
  };
  expect(await overTime("A", "B")).toMatchObject([{ data: [100] }]);
  expect(await overTime("B", "A")).toMatchObject([{ data: [0] }]);
});

test("over time, each value of a breakdown has its own rates", async () => {
  const events = [
    ...seconds("ada", { A: [0], B: [10] }, { on: "web" }),
    ...seconds("ben", { A: [0] }, { on: "web" }),
    ...seconds("cy", { A: [0] }, { on: "phone" }),
  ];
  const answer = await ask(events, {
    kind: "FunnelsQuery",
    series: nodes("A", "B"),
    dateRange: { date_from: "2026-01-01", date_to: "2026-01-01" },
    breakdownFilter: { breakdown: "on", breakdown_type: "event" },
    funnelsFilter: { funnelVizType: "trends" },
  });
  expect(answer.results).toEqual([
    { breakdown_value: ["phone"], count: 1, data: [0], days: ["2026-01-01"], labels: ["1-Jan-2026"] },
    { breakdown_value: ["web"], count: 1, data: [50], days: ["2026-01-01"], labels: ["1-Jan-2026"] },
  ]);
});

test("over time, the values shown are those that most people entered with", async () => {
  const events = [
    ...seconds("ada", { A: [0] }, { on: "web" }),
    ...seconds("ben", { A: [0] }, { on: "web" }),
    ...seconds("cy", { A: [0], B: [10] }, { on: "phone" }),
  ];
  const answer = await ask(events, {
    kind: "FunnelsQuery",
    series: nodes("A", "B"),
    dateRange: { date_from: "2026-01-01", date_to: "2026-01-01" },
    breakdownFilter: { breakdown: "on", breakdown_type: "event", breakdown_limit: 1 },
    funnelsFilter: { funnelVizType: "trends" },
  });
  expect(answer.results).toMatchObject([{ breakdown_value: ["web"], data: [0] }]);
});

test("a funnel over everything begins with the first event of any sort", async () => {
  const events = [...does("ada", "other", ["2025-12-30"]), ...does("ada", "A", ["2025-12-31"])];
  const query = { kind: "FunnelsQuery", series: nodes("A", "B"), dateRange: { date_from: "all" } };
  const answer = await ask(events, { ...query, funnelsFilter: { funnelVizType: "trends" } });
  expect(answer.results).toMatchObject([{ days: ["2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02"] }]);
});
