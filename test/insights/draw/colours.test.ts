import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawDashboard } from "../../../src/insights/draw/index.ts";
import { seriesColours } from "../../../src/insights/draw/theme.ts";
import { boardColours, inColours, wholeColour } from "../../../src/insights/draw/views/colours.ts";
import { tileView } from "../../../src/insights/draw/views/tile-view.ts";
import type { View } from "../../../src/insights/draw/views/view.ts";

const days = ["2026-11-26", "2026-11-27"];
const byChannel = (channels: readonly string[], property = "channel") =>
  tileView(
    { kind: "TrendsQuery", breakdownFilter: { breakdowns: [{ property }] } },
    {
      results: channels.map((value) => ({
        data: [1, 2],
        days,
        order: 0,
        action: { name: "sent" },
        breakdown_value: [value],
      })),
    },
  );
const bySeries = (...names: string[]) =>
  tileView(
    { kind: "TrendsQuery" },
    { results: names.map((name, order) => ({ data: [1, 2], days, order, action: { name } })) },
  );

function colours(view: View): Record<string, number> {
  const parts = view.kind === "over time" ? view.lines : [];
  return Object.fromEntries(parts.map(({ name, colour }) => [name, colour]));
}
const onBoard = (...views: View[]) => views.map((view) => colours(inColours(view, boardColours(views))));

describe("on one board", () => {
  test("a value has the colour that it has in the other tiles, whichever stands first there", () => {
    const [one, other, all] = onBoard(
      byChannel(["sms", "email"]),
      byChannel(["email", "sms"]),
      byChannel(["push", "sms"]),
    );
    expect(other).toEqual(one);
    expect(all?.sms).toBe(one?.sms);
    expect(Object.values(one ?? {})).not.toContain(all?.push);
  });

  test("the same word for another property, or as the name of a series, is something else", () => {
    const [channel, provider, series] = onBoard(
      byChannel(["sms"]),
      byChannel(["sms"], "provider"),
      bySeries("sms", "b"),
    );
    expect(new Set([channel?.sms, provider?.sms, series?.sms]).size).toBe(3);
  });

  test("a series has one colour, also where it stands alone", () => {
    const [, alone, another] = onBoard(bySeries("sent", "failed"), bySeries("failed"), bySeries("asked"));
    const [both] = onBoard(bySeries("sent", "failed"));
    expect(alone?.failed).toBe(both?.failed);
    expect(another).toEqual({ asked: wholeColour });
    expect(Object.values(both ?? {})).not.toContain(wholeColour);
  });

  test("colours that were given stay when something new comes in", () => {
    const before = boardColours([byChannel(["sms", "email"])]);
    const after = boardColours([byChannel(["push", "email", "sms"])], before);
    for (const [meaning, colour] of before) expect(after.get(meaning)).toBe(colour);
  });

  test("what stands in one tile is told apart, and what is known keeps its colour while there are enough of them", () => {
    const names = fc.uniqueArray(fc.constantFrom(..."abcdefghij"), { minLength: 1, maxLength: seriesColours - 1 });
    fc.assert(
      fc.property(fc.array(names, { minLength: 1, maxLength: 5 }), (tiles) => {
        const drawn = onBoard(...tiles.map((values) => byChannel(values)));
        for (const tile of drawn) expect(new Set(Object.values(tile)).size).toBe(Object.keys(tile).length);
        if (new Set(tiles.flat()).size >= seriesColours) return;
        const seen = new Map<string, number>();
        for (const [name, colour] of drawn.flatMap((tile) => Object.entries(tile))) {
          expect(seen.get(name) ?? colour).toBe(colour);
          seen.set(name, colour);
        }
      }),
    );
  });
});

test("the picture of a board has a value's line and its legend in one colour in all tiles", () => {
  const query = { kind: "TrendsQuery", breakdownFilter: { breakdowns: [{ property: "channel" }] } };
  const result = (channels: string[]) => ({
    results: channels.map((value) => ({
      data: [1, 2],
      days,
      order: 0,
      action: { name: "sent" },
      breakdown_value: [value],
    })),
  });
  const tile = (column: number) => ({
    ...{ kind: "insight" as const, title: "t", reading: "r", query },
    place: { column, row: 0, width: 6, height: 5 },
  });
  const svg = drawDashboard(
    { title: "Board", question: "?", tiles: { one: tile(0), two: tile(6) } },
    { one: result(["sms", "email"]), two: result(["email", "sms"]) },
    { theme: "light" },
  );
  const legend = [...svg.matchAll(/rx="2" fill="(#[0-9a-f]{6})"\/><text[^>]*>(sms|email)</g)];
  expect(legend).toHaveLength(4);
  const coloursOf = (name: string) => new Set(legend.filter(([, , one]) => one === name).map(([, colour]) => colour));
  expect(coloursOf("sms").size).toBe(1);
  expect(coloursOf("email").size).toBe(1);
  expect(coloursOf("sms")).not.toEqual(coloursOf("email"));
});
