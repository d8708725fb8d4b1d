import { describe, expect, test } from "vitest";
import { timeToConvert } from "../../../src/insights/evaluate/funnels/time-to-convert.ts";
import { ask, askFunnel, askFunnels, counts, node, nodes, seconds } from "./support.ts";

const january = { date_from: "2026-01-01", date_to: "2026-01-31" };
const hour = 3600;

const follow = (
  events: Parameters<typeof askFunnel>[0],
  steps: readonly string[],
  funnelsFilter: Record<string, unknown> = {},
) => askFunnel(events, { series: nodes(...steps), dateRange: january, funnelsFilter });

describe("three people who sign up, play and buy", () => {
  const events = [
    ...seconds("p1", { "sign up": [12 * hour], "play movie": [13 * hour], buy: [15 * hour] }, { $browser: "Chrome" }),
    ...seconds("p2", { "sign up": [14 * hour], "play movie": [16 * hour] }, { $browser: "Safari" }),
    ...seconds("p3", { "sign up": [14 * hour], "play movie": [16 * hour], buy: [17 * hour] }, { $browser: "Safari" }),
  ];

  test("each step says how many got there, and how long it took from the step before", async () => {
    const query = { kind: "FunnelsQuery", series: nodes("sign up", "play movie", "buy"), dateRange: january };
    const answer = await ask(events, query);
    const step = { custom_name: null, people: [], type: "events" };
    expect(answer).toMatchObject({
      results: [
        {
          ...step,
          action_id: "sign up",
          name: "sign up",
          order: 0,
          count: 3,
          average_conversion_time: null,
          median_conversion_time: null,
        },
        {
          ...step,
          action_id: "play movie",
          name: "play movie",
          order: 1,
          count: 3,
          average_conversion_time: 6000,
          median_conversion_time: 7200,
        },
        {
          ...step,
          action_id: "buy",
          name: "buy",
          order: 2,
          count: 2,
          average_conversion_time: 5400,
          median_conversion_time: 5400,
        },
      ],
      total_median_conversion_time: 10800,
    });
  });

  test("a breakdown has a funnel for each value, those first in which most finish", async () => {
    const groups = await askFunnels(events, {
      series: nodes("sign up", "play movie", "buy"),
      dateRange: january,
      breakdownFilter: { breakdown: "$browser", breakdown_type: "event" },
    });
    expect(groups).toEqual([
      { value: ["Safari"], counts: [2, 2, 1] },
      { value: ["Chrome"], counts: [1, 1, 1] },
    ]);
  });

  test("values beyond the limit are one funnel, which stands where its numbers put it", async () => {
    const many = ["a", "a", "b", "c"].flatMap((on, index) => seconds(`person ${index}`, { A: [0], B: [1] }, { on }));
    const groups = await askFunnels(many, {
      series: nodes("A", "B"),
      dateRange: january,
      breakdownFilter: { breakdown: "on", breakdown_type: "event", breakdown_limit: 1 },
    });
    expect(groups).toEqual([
      { value: ["Other"], counts: [2, 2] },
      { value: ["a"], counts: [2, 2] },
    ]);
  });
});

test("nobody at all is an empty list, not zeros", async () => {
  expect(await follow(seconds("ada", { B: [0] }), ["A", "B"])).toEqual([]);
});

test("explicit dates belong to the funnel, to the second", async () => {
  const dateRange = { date_from: "2026-01-01T00:00:10", date_to: "2026-01-01T00:00:20", explicitDate: true };
  const follow = async (a: number, b: number) =>
    counts(await askFunnel(seconds("ada", { A: [a], B: [b] }), { series: nodes("A", "B"), dateRange }));
  expect(await follow(10, 20)).toEqual([1, 1]);
  expect(await follow(10, 21)).toEqual([1, 0]);
  expect(await follow(9, 20)).toEqual([]);
});

describe("order", () => {
  test("in a strict funnel a repeated step does not break the chain", async () => {
    const strict = { funnelOrderType: "strict" };
    expect(counts(await follow(seconds("ada", { A: [0], B: [10, 20], C: [30] }), ["A", "B", "C"], strict))).toEqual([
      1, 1, 1,
    ]);
    expect(counts(await follow(seconds("ada", { A: [0, 10], B: [20] }), ["A", "B"], strict))).toEqual([1, 1]);
  });

  test("a strict funnel does not see events that its filters leave out", async () => {
    const events = [
      ...seconds("ada", { A: [0], B: [20] }, { app: true }),
      ...seconds("ada", { x: [10] }, { app: false }),
    ];
    const query = { series: nodes("A", "B"), dateRange: january, funnelsFilter: { funnelOrderType: "strict" } };
    const properties = [{ type: "event", key: "app", operator: "exact", value: "true" }];
    expect(counts(await askFunnel(events, query))).toEqual([1, 0]);
    expect(counts(await askFunnel(events, { ...query, properties }))).toEqual([1, 1]);
  });

  test("in an unordered funnel the steps have numbers instead of names", async () => {
    const steps = await follow(seconds("ada", { B: [0], A: [10] }), ["A", "B"], { funnelOrderType: "unordered" });
    expect(steps).toMatchObject([
      { name: "Completed 1 step", action_id: null, count: 1 },
      { name: "Completed 2 steps", action_id: null, count: 1, average_conversion_time: 10 },
    ]);
  });

  test("in an unordered funnel an exclusion empties the window", async () => {
    const filter = { funnelOrderType: "unordered", exclusions: [{ ...node("x"), funnelFromStep: 0, funnelToStep: 1 }] };
    expect(counts(await follow(seconds("ada", { A: [0], x: [5], B: [10] }), ["A", "B"], filter))).toEqual([1, 0]);
    expect(counts(await follow(seconds("ada", { A: [0, 7], x: [5], B: [10] }), ["A", "B"], filter))).toEqual([1, 1]);
  });

  test("in an unordered funnel the end of the window belongs to it", async () => {
    const filter = { funnelOrderType: "unordered", funnelWindowInterval: 10, funnelWindowIntervalUnit: "second" };
    expect(counts(await follow(seconds("ada", { A: [0], B: [10] }), ["A", "B"], filter))).toEqual([1, 1]);
    expect(counts(await follow(seconds("ada", { A: [0], B: [11] }), ["A", "B"], filter))).toEqual([1, 0]);
  });

  test("of equal events in a row, the last before another one begins the time of an unordered funnel", async () => {
    const filter = { funnelOrderType: "unordered", funnelWindowInterval: 60, funnelWindowIntervalUnit: "second" };
    const [, last] = await follow(seconds("ada", { A: [0, 50, 100], B: [110] }), ["A", "B"], filter);
    expect(last).toMatchObject({ count: 1, average_conversion_time: 10 });
  });
});

describe("ties", () => {
  test("at one instant an event is still only one step", async () => {
    const filter = { breakdownAttributionType: "first_touch" };
    expect(counts(await follow(seconds("ada", { A: [0], B: [0] }), ["A", "A", "B"], filter))).toEqual([1, 0, 0]);
    expect(counts(await follow(seconds("ada", { A: [0, 0], B: [0] }), ["A", "A", "B"], filter))).toEqual([1, 1, 1]);
  });

  test("an exclusion at the very instant of a step is overlooked", async () => {
    const filter = { exclusions: [{ ...node("x"), funnelFromStep: 0, funnelToStep: 1 }] };
    expect(counts(await follow(seconds("ada", { A: [0], x: [10], B: [10] }), ["A", "B"], filter))).toEqual([1, 1]);
  });
});

describe("whose value", () => {
  const paths = [...seconds("ada", { A: [0] }, { on: "phone" }), ...seconds("ada", { B: [10] }, { on: "web" })];
  const broken = (breakdownAttributionType: string, more = {}) =>
    askFunnels(paths, {
      series: nodes("A", "B"),
      dateRange: january,
      breakdownFilter: { breakdown: "on", breakdown_type: "event" },
      funnelsFilter: { breakdownAttributionType, ...more },
    });

  test("the first or the last that a person shows", async () => {
    expect(await broken("first_touch")).toEqual([{ value: ["phone"], counts: [1, 1] }]);
    expect(await broken("last_touch")).toEqual([{ value: ["web"], counts: [1, 1] }]);
  });

  test("with all events, each value has the funnel of its own events", async () => {
    expect(await broken("all_events")).toEqual([{ value: ["phone"], counts: [1, 0] }]);
  });

  test("with a step, the value that the step was done with", async () => {
    expect(await broken("step", { breakdownAttributionValue: 0 })).toEqual([{ value: ["phone"], counts: [1, 1] }]);
    expect(await broken("step", { breakdownAttributionValue: 1 })).toEqual([{ value: ["web"], counts: [1, 1] }]);
  });
});

describe("over time", () => {
  const overTime = (events: Parameters<typeof ask>[0], more: Record<string, unknown> = {}, now = "2026-01-31") =>
    ask(
      events,
      {
        kind: "FunnelsQuery",
        series: nodes("A", "B"),
        dateRange: { date_from: "2026-01-01", date_to: "2026-01-03" },
        funnelsFilter: { funnelVizType: "trends", ...more },
      },
      { now },
    );

  test("a conversion belongs to the day of the entrance", async () => {
    const day = 24 * hour;
    const events = [
      ...seconds("ada", { A: [0], B: [2 * day + 60] }),
      ...seconds("bob", { A: [60] }),
      ...seconds("cy", { A: [120, day] }),
    ];
    const { results } = await overTime(events);
    expect(results).toMatchObject([
      { count: 3, data: [33.33, 0, 0], days: ["2026-01-01", "2026-01-02", "2026-01-03"] },
    ]);
  });

  test("an exclusion takes away the entrance, until the person enters again", async () => {
    const exclusions = [{ ...node("x"), funnelFromStep: 0, funnelToStep: 1 }];
    const excluded = seconds("ada", { A: [0], x: [10] });
    expect((await overTime(excluded, { exclusions })).results).toMatchObject([{ data: [0, 0, 0] }]);
    const others = [...excluded, ...seconds("bob", { A: [0], B: [10] })];
    expect((await overTime(others, { exclusions })).results).toMatchObject([{ data: [100, 0, 0] }]);
    const again = [...others, ...seconds("ada", { A: [20] })];
    expect((await overTime(again, { exclusions })).results).toMatchObject([{ data: [50, 0, 0] }]);
  });

  test("a conversion through an exclusion takes all other entrances of the person with it", async () => {
    const exclusions = [{ ...node("x"), funnelFromStep: 0, funnelToStep: 1 }];
    const day = 24 * hour;
    const ada = seconds("ada", { A: [0, day], x: [10], B: [20] });
    const bob = seconds("bob", { A: [0, day], B: [20, day + 20] });
    expect((await overTime([...ada, ...bob], { exclusions, funnelWindowInterval: 1 })).results).toMatchObject([
      { data: [100, 100, 0] },
    ]);
  });

  test("who converted on a day and is excluded later that day has converted, and their other days stand", async () => {
    const exclusions = [{ ...node("x"), funnelFromStep: 0, funnelToStep: 1 }];
    const day = 24 * hour;
    const ada = seconds("ada", { A: [0, 20, day], B: [10, 40], x: [30] });
    expect((await overTime(ada, { exclusions, funnelWindowInterval: 1 })).results).toMatchObject([
      { data: [100, 0, 0] },
    ]);
    const bob = seconds("bob", { A: [day], B: [day + 10] });
    expect((await overTime([...ada, ...bob], { exclusions, funnelWindowInterval: 1 })).results).toMatchObject([
      { data: [100, 50, 0] },
    ]);
  });

  test("the end of the window belongs to it", async () => {
    const window = { funnelWindowInterval: 10, funnelWindowIntervalUnit: "second" };
    expect((await overTime(seconds("ada", { A: [0], B: [10] }), window)).results).toMatchObject([
      { data: [100, 0, 0] },
    ]);
    expect((await overTime(seconds("ada", { A: [0], B: [11] }), window)).results).toMatchObject([{ data: [0, 0, 0] }]);
  });

  test("days whose people still have time may be hidden", async () => {
    const { results } = await overTime(
      [],
      { hideIncompleteConversionWindowPeriods: true, funnelWindowInterval: 1 },
      "2026-01-04 00:00",
    );
    expect(results).toMatchObject([{ days: ["2026-01-01", "2026-01-02"] }]);
  });
});

describe("time to convert", () => {
  const convert = (taken: readonly number[], more: Record<string, unknown> = {}) =>
    ask(
      taken.flatMap((seconds_, index) => seconds(`person ${index}`, { A: [0], B: [seconds_] })),
      {
        kind: "FunnelsQuery",
        series: nodes("A", "B"),
        dateRange: january,
        funnelsFilter: { funnelVizType: "time_to_convert", ...more },
      },
    );

  test("one person alone has a bin of a minute", async () => {
    expect((await convert([10800])).results).toMatchObject({
      bins: [
        [10800, 1],
        [10860, 0],
      ],
    });
  });

  test("nobody is two empty bins", async () => {
    expect((await convert([])).results).toEqual({
      bins: [
        [0, 0],
        [60, 0],
      ],
      average_conversion_time: null,
      median_conversion_time: null,
    });
  });

  test("the number of bins follows from the number of people, up to 60", () => {
    const people = (count: number) => Array.from({ length: count }, (_, index) => index);
    expect(timeToConvert(people(27), null).bins).toHaveLength(4);
    expect(timeToConvert(people(28), null).bins).toHaveLength(5);
    expect(timeToConvert(people(220_000), null).bins).toHaveLength(61);
  });

  test("more than 90 bins are 90", async () => {
    const { results } = await convert([1, 1000], { binCount: 500 });
    expect(results).toHaveProperty("bins.length", 91);
  });
});

test("a funnel may follow sessions instead of people", async () => {
  const events = [
    ...seconds("ada", { A: [0] }, { $session_id: "one" }),
    ...seconds("ada", { B: [10] }, { $session_id: "two" }),
    ...seconds("ada", { A: [20], B: [30] }, { $session_id: "three" }),
    ...seconds("ada", { A: [40] }),
    // These are no sessions: PostHog reads them from its column as missing.
    ...[null, "", "null"].flatMap((none) => seconds("ada", { A: [50], B: [60] }, { $session_id: none })),
  ];
  const query = { series: nodes("A", "B"), dateRange: january };
  expect(counts(await askFunnel(events, query))).toEqual([1, 1]);
  const funnelsFilter = { funnelAggregateByHogQL: "properties.$session_id" };
  expect(counts(await askFunnel(events, { ...query, funnelsFilter }))).toEqual([2, 1]);
});
