import { describe, expect, test } from "vitest";
import { ask, askFunnel, askFunnels, counts, does, node, nodes, seconds } from "../support.ts";

/** Traps 17 to 34: how people are followed. */

const january = { date_from: "2026-01-01", date_to: "2026-01-31" };
const window = (interval: number, unit: string) => ({ funnelWindowInterval: interval, funnelWindowIntervalUnit: unit });
const exclusion = (event: string, from = 0, to = 1) => ({ ...node(event), funnelFromStep: from, funnelToStep: to });

const follow = (
  events: Parameters<typeof askFunnel>[0],
  steps: readonly string[],
  funnelsFilter: Record<string, unknown> = {},
) => askFunnel(events, { series: nodes(...steps), dateRange: january, funnelsFilter });

describe("windows", () => {
  test("17: the end of the window belongs to it", async () => {
    const events = [...seconds("ada", { A: [0], B: [300] }), ...seconds("bob", { A: [0], B: [900] })];
    const [, last] = await follow(events, ["A", "B"], window(5, "minute"));
    expect(last).toMatchObject({ count: 1, average_conversion_time: 300 });
  });

  test("18: the window is measured from the first step, not from step to step", async () => {
    const steps = await follow(seconds("ada", { A: [0], B: [50], C: [110] }), ["A", "B", "C"], window(100, "second"));
    expect(counts(steps)).toEqual([1, 1, 0]);
  });

  test("19: time runs from the last first step", async () => {
    const [, last] = await follow(seconds("ada", { A: [0, 10], B: [20] }), ["A", "B"]);
    expect(last).toMatchObject({ count: 1, average_conversion_time: 10 });
  });

  test("20: the first full run counts, later attempts do not change its times", async () => {
    const hour = 3600;
    const events = seconds("ada", { A: [0, 5 * hour, 10 * hour], B: [hour, 6 * hour, 13 * hour], C: [2 * hour] });
    const steps = await follow(events, ["A", "B", "C"], window(1, "day"));
    expect(steps.map(({ average_conversion_time }) => average_conversion_time)).toEqual([null, hour, hour]);
  });
});

describe("repeated steps", () => {
  test("21: one event is one step", async () => {
    const steps = await follow([...seconds("ada", { A: [0, 10] }), ...seconds("bob", { A: [0] })], ["A", "A"]);
    expect(counts(steps)).toEqual([2, 1]);
  });

  test("22: each repeated step needs an event of its own", async () => {
    const events = [0, 1, 2, 3, 4].flatMap((views) =>
      seconds(`person ${views}`, { S: [0], P: Array.from({ length: views }, (_, index) => 10 + index) }),
    );
    expect(counts(await follow(events, ["S", "P", "P", "P", "P"]))).toEqual([5, 4, 3, 2, 1]);
  });

  test("23: two steps at the same instant convert in any order, and take no time", async () => {
    for (const events of [seconds("ada", { B: [0], A: [0] }), seconds("ada", { A: [0], B: [0] })]) {
      const [, last] = await follow(events, ["A", "B"]);
      expect(last).toMatchObject({ count: 1, average_conversion_time: null, median_conversion_time: null });
    }
  });
});

describe("exclusions", () => {
  test("24: who is excluded is gone from the first step, too", async () => {
    const events = ["ada", "bob", "cy"].flatMap((person) =>
      seconds(person, { A: [0], x: person === "cy" ? [5] : [], B: [10] }),
    );
    expect(counts(await follow(events, ["A", "B"], { exclusions: [exclusion("x")] }))).toEqual([2, 2]);
  });

  test("25: an exclusion after the window changes nothing", async () => {
    const filter = { exclusions: [exclusion("x")], ...window(10, "second") };
    expect(counts(await follow(seconds("ada", { A: [0], x: [11], B: [12] }), ["A", "B"], filter))).toEqual([1, 0]);
  });

  test("26: a clean attempt afterwards counts", async () => {
    const events = seconds("ada", { A: [0, 20], x: [10], B: [30] });
    expect(counts(await follow(events, ["A", "B"], { exclusions: [exclusion("x")] }))).toEqual([1, 1]);
  });
});

test("27: in a strict funnel any other event breaks the chain", async () => {
  const events = seconds("ada", { signup: [0], pageview: [10], other: [20], insight: [30] });
  const steps = await follow(events, ["signup", "pageview", "insight"], { funnelOrderType: "strict" });
  expect(counts(steps)).toEqual([1, 1, 0]);
});

test("28: a step after the end of the range does not count", async () => {
  const events = [...does("ada", "A", ["2026-01-31 23:00"]), ...does("ada", "B", ["2026-02-01 01:00"])];
  expect(counts(await follow(events, ["A", "B"]))).toEqual([1, 0]);
});

describe("breakdowns", () => {
  test("29: the first value that a person shows is theirs from the first step on", async () => {
    const events = [...seconds("ada", { signup: [0] }), ...seconds("ada", { buy: [10] }, { browser: "Safari" })];
    const groups = await askFunnels(events, {
      series: nodes("signup", "buy"),
      dateRange: january,
      breakdownFilter: { breakdown: "browser", breakdown_type: "event" },
    });
    expect(groups).toEqual([{ value: ["Safari"], counts: [1, 1] }]);
  });

  test("30: with the value of a step, those who never did it are nowhere", async () => {
    const events = [
      ...["ada", "bob", "cy", "dan"].flatMap((person) => seconds(person, { signup: [0] }, { browser: "Chrome" })),
      ...seconds("ada", { buy: [10] }),
      ...seconds("bob", { buy: [10] }, { browser: "alakazam" }),
    ];
    const groups = await askFunnels(events, {
      series: nodes("signup", "buy"),
      dateRange: january,
      breakdownFilter: { breakdown: "browser", breakdown_type: "event" },
      funnelsFilter: { breakdownAttributionType: "step", breakdownAttributionValue: 1 },
    });
    expect(groups).toEqual([
      { value: [""], counts: [1, 1] },
      { value: ["alakazam"], counts: [1, 1] },
    ]);
  });
});

test("31: the stored time counts, whatever clock it comes from", async () => {
  expect(counts(await follow(seconds("ada", { A: [60], B: [0] }), ["A", "B"]))).toEqual([1, 0]);
});

test("32: with optional steps the numbers may rise again", async () => {
  const paths = ["12345", "1235", "123", "1345", "134", "135", "13", "1"];
  const events = paths.flatMap((path, index) =>
    seconds(`person ${index}`, Object.fromEntries([...path].map((step, position) => [step, [position]]))),
  );
  const optional = (event: string) => node(event, { optionalInFunnel: true });
  const series = [node("1"), optional("2"), node("3"), optional("4"), node("5")];
  expect(counts(await askFunnel(events, { series, dateRange: january }))).toEqual([8, 3, 7, 3, 4]);
});

test("33: in a trend of conversions the entrance belongs to the month of the project's time zone", async () => {
  const events = [...does("ada", "A", ["2020-05-01 00:00"]), ...does("ada", "B", ["2020-05-01 01:00"])];
  const answer = await ask(
    events,
    {
      kind: "FunnelsQuery",
      series: nodes("A", "B"),
      interval: "month",
      dateRange: { date_from: "2020-04-01", date_to: "2020-05-31" },
      funnelsFilter: { funnelVizType: "trends" },
    },
    { timeZone: "America/Los_Angeles" },
  );
  expect(answer.results).toEqual([
    { count: 2, data: [100, 0], days: ["2020-04-01", "2020-05-01"], labels: ["Apr 2020", "May 2020"] },
  ]);
});

test("34: the longest time has a bin of its own", async () => {
  const events = [3600, 2220, 82800].flatMap((taken) => seconds(`person ${taken}`, { A: [0], B: [taken] }));
  const query = { kind: "FunnelsQuery", series: nodes("A", "B"), dateRange: january };
  const answer = await ask(events, { ...query, funnelsFilter: { funnelVizType: "time_to_convert" } });
  expect(answer.results).toEqual({
    bins: [
      [2220, 2],
      [42510, 0],
      [82800, 1],
    ],
    average_conversion_time: 29540,
    median_conversion_time: 3600,
  });
  const seven = await ask(events, { ...query, funnelsFilter: { funnelVizType: "time_to_convert", binCount: 7 } });
  expect(seven.results).toMatchObject({
    bins: [
      [2220, 2],
      [13732, 0],
      [25244, 0],
      [36756, 0],
      [48268, 0],
      [59780, 0],
      [71292, 1],
      [82804, 0],
    ],
  });
});
