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

/** The two frames of the only tile: what is written in each, and where. */
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
    expect(picture).toMatch(/^<svg [^>]*width="880" /);
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
