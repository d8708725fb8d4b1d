import { describe, expect, test } from "vitest";
import { type ComparedTile, drawComparison } from "../../../src/insights/draw/index.ts";
import { samples } from "./samples.ts";

const days = (count: number) =>
  Array.from({ length: count }, (_, day) => `2026-11-${String(day + 1).padStart(2, "0")}`);
const line = (data: number[], from = 0) => ({
  results: [{ data, days: days(from + data.length).slice(from), label: "a", order: 0, action: { name: "a" } }],
});
const trend = (trendsFilter: object = {}) => ({
  kind: "insight" as const,
  title: "Errors",
  reading: "How many",
  query: { kind: "TrendsQuery", trendsFilter },
});
const times = (bins: [number, number][]) => ({
  results: { bins, average_conversion_time: null, median_conversion_time: null },
});
const histogram = {
  ...trend(),
  query: { kind: "FunnelsQuery", funnelsFilter: { funnelVizType: "time_to_convert" } },
};

const changed = (before: ComparedTile["before"], after: ComparedTile["after"]): ComparedTile => ({
  title: "Errors",
  change: "changed",
  before,
  after,
});

/** The two frames of the only tile: the texts in each, and their positions. */
function sides(tile: ComparedTile): [before: string[], after: string[]] {
  const picture = drawComparison("Board", [tile], { theme: "light" });
  const halves = picture.split(">after</text>");
  const textsOf = (svg = "") => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text = ""]) => text);
  return [textsOf(halves[0]), textsOf(halves[1])];
}
const axis = (texts: string[]) => texts.filter((text) => /^-?[\d.,]+( %)?$/.test(text));

describe("a tile before and after", () => {
  const marked = (name: string) => {
    const sample = samples[name];
    return sample && { tile: sample.tile, result: sample.result };
  };

  test("stands side by side, in frames of one size, as wide as a comment shows it", async () => {
    const tiles = ["line", "funnel", "histogram", "totals", "table", "text"].map((name) => ({
      title: name,
      change: "changed",
      before: marked(name),
      after: marked(name),
    }));
    const picture = drawComparison("Launch & <growth>", tiles, { theme: "light" });
    expect(picture).toMatch(/^<svg [^>]*width="830" /);
    const frames = [...picture.matchAll(/<rect x="0.5" y="0.5" width="([\d.]+)" height="([\d.]+)"/g)];
    expect(frames).toHaveLength(2 * tiles.length);
    expect(new Set(frames.map(([, width, height]) => `${width} × ${height}`)).size).toBe(1);
    await expect(picture).toMatchFileSnapshot("__snapshots__/comparison.light.svg");
  });

  test.each([
    ["lines", line([1, 2, 3]), line([10, 200, 30]), {}],
    ["bars on each other", line([1, 2, 3]), line([10, 200, 30]), { display: "ActionsStackedBar" }],
    ["shares", line([0.1, 0.2]), line([0.5, 0.9]), { aggregationAxisFormat: "percentage_scaled" }],
    ["numbers below zero", line([-50, 2]), line([10, 200]), {}],
    ["a goal that is far away", line([1, 2]), line([3, 4]), { goalLines: [{ label: "goal", value: 100 }] }],
  ])("has the same axis for %s, whichever is higher", (_, low, high, filter) => {
    for (const [one, other] of [
      [low, high],
      [high, low],
    ] as const) {
      const [before, after] = sides(
        changed({ tile: trend(filter), result: one }, { tile: trend(filter), result: other }),
      );
      expect(axis(before).length).toBeGreaterThan(3);
      expect(axis(before)).toEqual(axis(after));
    }
  });

  test("has the same days, where one looks back further", () => {
    const [before, after] = sides(
      changed(
        { tile: trend(), result: line(Array.from({ length: 28 }, () => 5)) },
        { tile: trend(), result: line([5, 6, 7], 25) },
      ),
    );
    const named = (texts: string[]) => texts.filter((text) => /Nov$/.test(text));
    expect(named(before).length).toBeGreaterThan(2);
    expect(named(after)).toEqual(named(before));
  });

  test("has the same times, where one window is shorter", () => {
    const long = times(Array.from({ length: 10 }, (_, bin): [number, number] => [bin * 86_400, 10 - bin]));
    const short = times(Array.from({ length: 10 }, (_, bin): [number, number] => [bin * 43_200, 3]));
    const picture = drawComparison(
      "Board",
      [changed({ tile: histogram, result: long }, { tile: histogram, result: short })],
      {
        theme: "light",
      },
    );
    const lastOf = (half = "") => [...half.matchAll(/>(\d+ d(?: \d+ h)?|\d+ h)</g)].at(-1)?.[1];
    const [before, after] = picture.split(">after</text>");
    expect(lastOf(before)).toMatch(/^[789] d/);
    expect(lastOf(after)).toMatch(/^[789] d/);
  });

  test.each<[string, object, object]>([
    ["a goal that is new", {}, { goalLines: [{ label: "goal", value: 100 }] }],
    [
      "a goal that is lower",
      { goalLines: [{ label: "goal", value: 90 }] },
      { goalLines: [{ label: "goal", value: 4 }] },
    ],
  ])("has the same axis for %s", (_, old, now) => {
    const [before, after] = sides(
      changed({ tile: trend(old), result: line([1, 2]) }, { tile: trend(now), result: line([3, 4]) }),
    );
    expect(axis(before).length).toBeGreaterThan(3);
    expect(axis(before)).toEqual(axis(after));
  });

  test("has an axis of its own where the unit is another one", () => {
    const [before, after] = sides(
      changed(
        { tile: trend(), result: line([400, 800]) },
        { tile: trend({ aggregationAxisFormat: "percentage_scaled" }), result: line([0.2, 0.9]) },
      ),
    );
    expect(axis(before)).toContain("800");
    expect(axis(after)).toEqual(["0 %", "25 %", "50 %", "75 %", "100 %"]);
  });

  test("has the same days where both show a part that the other does not", () => {
    const [before, after] = sides(
      changed({ tile: trend(), result: line([1, 2, 3, 4, 5]) }, { tile: trend(), result: line([5, 6, 7, 8, 9], 3) }),
    );
    const named = (texts: string[]) => texts.filter((text) => /Nov$/.test(text));
    expect(named(before)).toEqual(["1 Nov", "3 Nov", "5 Nov", "7 Nov"]);
    expect(named(after)).toEqual(named(before));
  });

  test("keeps days and weeks apart, which would leave a line of weeks with nothing but gaps", () => {
    const weeks = { results: [{ ...line([7, 8]).results[0], days: ["2026-11-02", "2026-11-09"] }] };
    const daily = line(Array.from({ length: 14 }, () => 2));
    const [, after] = sides(changed({ tile: trend(), result: daily }, { tile: trend(), result: weeks }));
    expect(after.filter((text) => /Nov$/.test(text))).toEqual(["2 Nov", "9 Nov"]);
  });

  test("has charts of the same height, whichever needs a legend", () => {
    const named = (names: string[]) => ({
      results: names.map((name, order) => ({ ...line([4, 8]).results[0], label: name, order, action: { name } })),
    });
    const picture = drawComparison(
      "Board",
      [changed({ tile: trend(), result: line([4, 8]) }, { tile: trend(), result: named(["a", "b"]) })],
      { theme: "light" },
    );
    const charts = [...picture.matchAll(/<svg x="0" y="(\d+)" width="[\d.]+" height="([\d.]+)"/g)].map(
      ([, y, height]) => `${height} from ${y}`,
    );
    expect(charts).toHaveLength(2);
    expect(new Set(charts).size).toBe(1);
  });

  test("gives what has one name one colour, whatever its rank", () => {
    const ranked = (...values: string[]) => ({
      results: values.map((value) => ({ ...line([4, 8]).results[0], label: value, breakdown_value: value })),
    });
    const picture = drawComparison(
      "Board",
      [
        changed(
          { tile: trend(), result: ranked("sms", "email") },
          { tile: trend(), result: ranked("call", "email", "sms") },
        ),
      ],
      { theme: "light" },
    );
    const coloursIn = (svg = "") =>
      Object.fromEntries(
        [...svg.matchAll(/<rect[^>]*fill="(#\w+)"[^>]*><text[^>]*>(\w+)</g)].map(([, colour, name]) => [name, colour]),
      );
    const [before, after] = picture.split(">after</text>").map(coloursIn);
    expect(Object.keys(before ?? {})).toEqual(["sms", "email"]);
    expect(after).toMatchObject(before ?? {});
    expect(new Set(Object.values(after ?? {})).size).toBe(3);
  });

  test("has its bars in one order and to one scale, however long their numbers are", () => {
    const totals = (values: Record<string, number>) => ({
      results: Object.entries(values).map(([value, aggregated_value]) => ({
        ...{ aggregated_value, label: "a", order: 0, action: { name: "a" }, breakdown_value: value },
      })),
    });
    const bars = trend({ display: "ActionsBarValue" });
    const picture = drawComparison(
      "Board",
      [
        changed(
          { tile: bars, result: totals({ sms: 8, email: 4 }) },
          { tile: bars, result: totals({ email: 123_456.78, call: 61_728.39, sms: 8 }) },
        ),
      ],
      { theme: "light" },
    );
    const [before = "", after = ""] = picture.split(">after</text>");
    const names = (svg: string) => [...svg.matchAll(/>(sms|email|call)</g)].map(([, name]) => name);
    expect(names(before)).toEqual(["sms", "email", "call"]);
    expect(names(after)).toEqual(names(before));
    const perUnit = (svg: string, value: number) => {
      const widths = [...svg.matchAll(/d="M[\d.]+ [\d.]+l([\d.]+) 0l0 [\d.]+l-/g)].map(([, width]) => Number(width));
      return Math.max(...widths) / value;
    };
    expect(perUnit(after, 123_456.78)).toBeGreaterThan(0.001);
    // 8 of 123,456 are drawn as an empty bar, not as the longest one.
    expect(perUnit(before, 1)).toBeLessThan(0.1);
  });

  test("has as few bars as can be told from each other, where one looks at minutes and the other at weeks", () => {
    const long = times([
      [0, 5],
      [86_400 * 90, 3],
      [86_400 * 180, 1],
    ]);
    const short = times(Array.from({ length: 10 }, (_, bin): [number, number] => [bin * 60, 10 - bin]));
    const picture = drawComparison(
      "Board",
      [changed({ tile: histogram, result: long }, { tile: histogram, result: short })],
      { theme: "light" },
    );
    expect(picture.length).toBeLessThan(100_000);
    const [, after = ""] = picture.split(">after</text>");
    // All 55 people are within the first of the few bars.
    expect(
      Math.max(
        ...axis(sides(changed({ tile: histogram, result: long }, { tile: histogram, result: short }))[1]).map(Number),
      ),
    ).toBeGreaterThanOrEqual(55);
    expect([...after.matchAll(/d="M[\d.]+ [\d.]+l[\d.]+ 0l0/g)].length).toBeLessThanOrEqual(60);
  });

  test("is left as it is where the two are of different kinds", () => {
    const [before, after] = sides(changed({ tile: trend(), result: line([1, 2]) }, marked("table")));
    expect(axis(before).length).toBeGreaterThan(2);
    expect(after.join(" ")).not.toBe("");
  });

  test("says that it was not there, or is not any more", () => {
    const one = { tile: trend(), result: line([1]) };
    expect(sides({ ...changed(undefined, one), change: "new" })[0]).toContain("It is not there before.");
    expect(sides({ ...changed(one, undefined), change: "removed" })[1]).toContain("It is not there any more.");
  });
});

test("a picture of many tiles ends after twelve and counts the others", () => {
  const one = changed({ tile: trend(), result: line([1]) }, { tile: trend(), result: line([2]) });
  const picture = drawComparison(
    "Board",
    Array.from({ length: 15 }, () => one),
    { theme: "dark" },
  );
  expect(picture.match(/>before</g)).toHaveLength(12);
  expect(picture).toContain(">and 3 more<");
});

describe("a picture of as much as PostHog answers", () => {
  const much = (lines: number, count: number) => ({
    results: Array.from({ length: lines }, (_, at) => ({
      ...line(Array.from({ length: count }, (_, day) => (day * 7919 * (at + 1)) % 1009)).results[0],
      days: Array.from({ length: count }, (_, day) => new Date(Date.UTC(2000, 0, 1 + day)).toISOString().slice(0, 10)),
      breakdown_value: `value ${at}`,
    })),
  });

  test.each([
    ["a quarter in 26 lines", 26, 90, 12, false],
    ["twenty years in 26 lines", 26, 7300, 2, true],
  ])("of %s is less than GitHub shows (5 MB)", (_, lines, count, tiles, isTooMuch) => {
    const one = changed({ tile: trend(), result: much(lines, count) }, { tile: trend(), result: much(lines, count) });
    const picture = drawComparison(
      "Board",
      Array.from({ length: tiles }, () => one),
      { theme: "light" },
    );
    expect(Buffer.byteLength(picture)).toBeLessThan(5_000_000);
    expect(picture.includes("There is too much in it")).toBe(isTooMuch);
  });
});
