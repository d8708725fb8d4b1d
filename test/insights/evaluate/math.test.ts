import { describe, expect, test } from "vitest";
import { askTrend, does, node } from "./support.ts";

const day = { date_from: "2026-01-01", date_to: "2026-01-01" };
const values = (...list: unknown[]) => list.flatMap((value) => does("ada", "A", ["2026-01-01"], { value }));

async function measure(
  events: ReturnType<typeof does>,
  series: Record<string, unknown>,
  more: Record<string, unknown> = {},
) {
  const [line] = await askTrend(events, { series: [node("A", series)], dateRange: day, ...more });
  return line?.data[0];
}

describe("numbers of a property", () => {
  const of = (math: string) => ({ math, math_property: "value" });

  test("what is missing is skipped", async () => {
    expect(await measure(values(2, 3, 5.5, 7.5, null), of("sum"))).toBe(18);
  });

  test("texts count when they are numbers, true and false never do", async () => {
    expect(await measure(values("10", 5, "abc", true, "", " 7", "1_000", [1]), of("sum"))).toBe(15);
  });

  test("without any number it is 0, also the smallest", async () => {
    for (const math of ["avg", "sum", "min", "max", "median", "p99"])
      expect(await measure(values("abc"), of(math))).toBe(0);
  });

  test.each([
    ["median", 25],
    ["p75", 32.5],
    ["p90", 37],
    ["avg", 25],
    ["min", 10],
    ["max", 40],
  ])("%s of 10, 20, 30, 40 is %d", async (math, expected) => {
    expect(await measure(values(10, 20, 30, 40), of(math))).toBe(expected);
  });

  test("a percentile lies between two values", async () => {
    expect(await measure(values(1, 1, 2, 3), of("median"))).toBe(1.5);
  });

  test("a multiplier is applied before", async () => {
    expect(await measure(values(1, 2), { ...of("max"), math_multiplier: 0.001 })).toBe(0.002);
  });

  test("without a property PostHog counts events", async () => {
    expect(await measure(values(10, 20), { math: "sum" })).toBe(2);
  });
});

describe("people", () => {
  test("a person with two distinct ids is one person, also for events from before they were known", async () => {
    const events = [...does("anonymous", "A", ["2026-01-01"]), ...does("ada", "A", ["2026-01-01"])];
    const query = { series: [node("A"), node("A", { math: "dau" })], dateRange: day };
    const counted = async (persons: [string, string][]) =>
      (await askTrend(events, query, {}, { persons })).map(({ count }) => count);
    expect(await counted([])).toEqual([2, 2]);
    expect(await counted([["anonymous", "ada"]])).toEqual([2, 1]);
    // Pointing it elsewhere changes the past again.
    expect(
      await counted([
        ["anonymous", "ada"],
        ["anonymous", "bob"],
      ]),
    ).toEqual([2, 2]);
  });

  test("the person that an event came with is theirs until the distinct id is mapped", async () => {
    const events = ["1", "2"].map((id) => ({ ...does(id, "A", ["2026-01-01"])[0], person_id: "ada" })) as ReturnType<
      typeof does
    >;
    expect(await measure(events, { math: "dau" })).toBe(1);
  });

  test("how often each did it: mean, median and most", async () => {
    const events = [
      ...does("ada", "A", ["2026-01-01", "2026-01-01", "2026-01-01"]),
      ...does("bob", "A", ["2026-01-01"]),
    ];
    expect(await measure(events, { math: "avg_count_per_actor" })).toBe(2);
    expect(await measure(events, { math: "median_count_per_actor" })).toBe(2);
    expect(await measure(events, { math: "max_count_per_actor" })).toBe(3);
  });

  test("how often is counted from the first day of the range on, also in its first month", async () => {
    const events = does("ada", "A", ["2025-12-01", "2025-12-20", "2025-12-21"]);
    const query = { interval: "month", dateRange: { date_from: "2025-12-15", date_to: "2025-12-31" } };
    const series = [node("A"), node("A", { math: "avg_count_per_actor" })];
    expect((await askTrend(events, { series, ...query })).map(({ data }) => data)).toEqual([[3], [2]]);
  });

  // PostHog's column for the session is a text: empty where there is no session, the word null where it is null.
  test.each<[string, Record<string, unknown>[], number]>([
    ["the same session twice", [{ $session_id: "s1" }, { $session_id: "s1" }], 1],
    ["two sessions", [{ $session_id: "s1" }, { $session_id: "s2" }], 2],
    ["events without a session", [{}, {}, {}], 1],
    ["an empty session, which is none", [{}, { $session_id: "" }], 1],
    ["a session and events without one", [{ $session_id: "s1" }, {}, {}], 2],
    ["null, which is the word null", [{ $session_id: null }, { $session_id: "null" }], 1],
    ["null and none", [{ $session_id: null }, {}], 2],
    ["a number and its text", [{ $session_id: 7 }, { $session_id: "7" }], 1],
    ["no event at all", [], 0],
  ])("unique sessions: %s", async (_, properties, expected) => {
    const events = properties.flatMap((one) => does("ada", "A", ["2026-01-01"], one));
    expect(await measure(events, { math: "unique_session" })).toBe(expected);
  });

  test("events without a session count as one in each interval, in each breakdown and in a total", async () => {
    const events = [
      ...does("ada", "A", ["2026-01-01", "2026-01-01", "2026-01-02"], { where: "web" }),
      ...does("ada", "A", ["2026-01-02"], { where: "web", $session_id: "s1" }),
      ...does("ada", "A", ["2026-01-02"], { where: "phone" }),
    ];
    const series = [node("A", { math: "unique_session" })];
    const dateRange = { date_from: "2026-01-01", date_to: "2026-01-02" };
    const lines = (more: object) => askTrend(events, { series, dateRange, ...more });
    expect((await lines({})).map(({ data }) => data)).toEqual([[1, 2]]);
    expect((await lines({ breakdownFilter: { breakdown: "where" } })).map(({ label, data }) => [label, data])).toEqual([
      ["web", [1, 2]],
      ["phone", [0, 1]],
    ]);
    const total = await lines({ trendsFilter: { display: "BoldNumber" } });
    expect(total.map(({ aggregated_value }) => aggregated_value)).toEqual([2]);
  });
});

describe("the first time", () => {
  const paid = { properties: [{ type: "event", key: "paid", operator: "exact", value: ["true"] }] };
  const events = [
    ...does("old", "A", ["2025-12-01"], { paid: false }),
    ...does("old", "A", ["2026-01-01 10:00"], { paid: true }),
    ...does("new", "A", ["2026-01-01 10:00"], { paid: true }),
    ...does("new", "A", ["2026-01-01 11:00"], { paid: true }),
    ...does("free", "A", ["2026-01-01 10:00"], { paid: false }),
    ...does("free", "A", ["2026-01-01 11:00"], { paid: true }),
  ];

  test("is the first event of that name ever, which must pass the filters", async () => {
    expect(await measure(events, { math: "first_time_for_user" })).toBe(2);
    expect(await measure(events, { math: "first_time_for_user", ...paid })).toBe(1);
  });

  test("of a matching event is the first that passes them", async () => {
    expect(await measure(events, { math: "first_matching_event_for_user", ...paid })).toBe(3);
  });

  test("cannot be told from a part of history", async () => {
    const query = { series: [node("A", { math: "first_time_for_user" })] };
    await expect(askTrend(events, query, {}, { history: "partial" })).rejects.toThrow("does not hold all history");
  });
});

describe("formulas", () => {
  const calculate = (formula: string, a: number, b: number) => {
    const events = [...Array.from({ length: a }, () => "A"), ...Array.from({ length: b }, () => "B")];
    const query = {
      series: [node("A"), node("B")],
      dateRange: day,
      trendsFilter: { formulaNodes: [{ formula, custom_name: "Share" }] },
    };
    return askTrend(
      events.flatMap((event) => does("ada", event, ["2026-01-01"])),
      query,
    );
  };

  test.each([
    ["(A/B)+1", 3, 0, 1],
    ["A % B", 3, 0, 0],
    ["-A % B", 1, 3, 2],
    ["-A ** 2", 3, 0, -9],
    ["2 ** 3 ** B", 0, 2, 512],
    ["a - -b", 1, 2, 3],
    ["A ** -1", 0, 0, 0],
    ["B / (A + B)", 3, 1, 0.25],
  ])("%s with %d and %d is %d", async (formula, a, b, expected) => {
    const [line] = await calculate(formula, a, b);
    expect(line).toMatchObject({ label: "Share", data: [expected] });
  });

  test("a formula that is none, or that names a series which is not there, is what PostHog refuses", async () => {
    await expect(calculate("A +", 1, 1)).rejects.toThrow("PostHog refuses this query: the formula A + ends too early");
    await expect(calculate("A / C", 1, 1)).rejects.toThrow("the formula A / C names series C, of which there is none");
    await expect(calculate("AVG(A)", 1, 1)).rejects.toThrow("the formula AVG(A) has AVG");
  });

  describe("over a breakdown", () => {
    const events = ["x", "x", "x", "y", "y", "z", null].flatMap((value) => does("ada", "A", ["2026-01-01"], { value }));
    const more = does("ada", "B", ["2026-01-01"], { value: "only B" });
    const shown = async (breakdownFilter: object) => {
      const trendsFilter = { formula: "A + 9 * B" };
      const query = { series: [node("A"), node("B")], dateRange: day, trendsFilter, breakdownFilter };
      const lines = await askTrend([...events, ...more], query);
      return lines.map(({ breakdown_value, count }) => [[breakdown_value].flat().join(), count]);
    };

    test("they have a line for each value that any series has, the rest last", async () => {
      expect(await shown({ breakdown: "value", breakdown_limit: 2 })).toEqual([
        ["only B", 9],
        ["x", 3],
        ["y", 2],
        ["$$_posthog_breakdown_other_$$", 2],
      ]);
      expect((await shown({ breakdown: "value" })).at(-1)).toEqual(["$$_posthog_breakdown_null_$$", 1]);
    });

    describe("that are compared", () => {
      const range = { date_from: "2026-01-01", date_to: "2026-01-02" };
      const compared = async (display: string) => {
        const all = ["v10", "v10", "v2", "V1", null, null, null].flatMap((value) =>
          does("ada", "A", ["2026-01-01"], { value }),
        );
        const lines = await askTrend(all, {
          series: [node("A")],
          dateRange: range,
          trendsFilter: { formula: "A + 0", display },
          breakdownFilter: { breakdown: "value" },
          compareFilter: { compare: true },
        });
        return lines.map(({ breakdown_value, count, aggregated_value }) => [
          breakdown_value,
          aggregated_value ?? count,
        ]);
      };
      const none = "$$_posthog_breakdown_null_$$";

      test("the count alone ranks them, also what has no value", async () => {
        expect(await compared("ActionsLineGraph")).toEqual([
          [none, 3],
          ["v10", 2],
          ["V1", 1],
          ["v2", 1],
        ]);
      });

      test("totals stand in the order of their names, numbers as numbers", async () => {
        expect(await compared("ActionsBarValue")).toEqual([
          [none, 3],
          ["V1", 1],
          ["v2", 1],
          ["v10", 2],
        ]);
      });
    });

    test("with a list of breakdowns the rest stands where its number puts it", async () => {
      expect(await shown({ breakdowns: [{ property: "value" }], breakdown_limit: 1 })).toEqual([
        ["only B", 9],
        ["$$_posthog_breakdown_other_$$", 4],
        ["x", 3],
      ]);
    });
  });
});
