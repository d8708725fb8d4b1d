import { seriesColours } from "../theme.ts";
import type { Tone, View } from "./view.ts";

/*
 * Colours of a board: what a line, a bar or a slice stands for has one colour in all tiles, so that nobody takes the
 * e-mails of one chart for the SMS of its neighbour.
 */

/** Index of the colour of each meaning. */
export type BoardColours = ReadonlyMap<string, number>;

/** The colour of a chart with a single line, which needs no distinction. No meaning gets it. */
export const wholeColour = 0;

/** The meaning of a series. */
export const seriesMeaning = (name: string): string => `series:${name}`;

/** The meaning of a breakdown's value. @param series where there are several */
export const valueMeaning = (property: string, value: string, series?: string): string =>
  `value:${JSON.stringify(series === undefined ? [property, value] : [property, value, series])}`;

const isValue = (meaning: string): boolean => meaning.startsWith("value:");

interface Coloured {
  readonly meaning: string;
  readonly tone?: Tone;
}

function colouredParts(view: View): readonly Coloured[] {
  switch (view.kind) {
    case "over time":
      return view.lines;
    case "totals":
      return view.series;
    case "shares":
      return view.slices;
    case "funnel":
      return view.groups;
    default:
      return [];
  }
}

/** The meanings, each once and in order. The rest and the missing value have colours of their own. */
function meaningsOf(view: View): string[] {
  const values = colouredParts(view).filter(({ tone = "value" }) => tone === "value");
  return [...new Set(values.map(({ meaning }) => meaning))];
}

/**
 * Assigns colours to all meanings of these tiles, in their order.
 * @param before colours that were given already, and stay
 */
export function boardColours(views: readonly View[], before: BoardColours = new Map()): BoardColours {
  const given = new Map(before);
  const lastUse = new Map<number, number>();
  views.forEach((view, place) => {
    const meanings = meaningsOf(view);
    if (meanings.length > 1 || meanings.some(isValue)) {
      for (const meaning of meanings) {
        if (!given.has(meaning)) given.set(meaning, freeColour(given, lastUse, meanings));
      }
    }
    for (const meaning of meanings) {
      const colour = given.get(meaning);
      if (colour !== undefined) lastUse.set(colour, place);
    }
  });
  return given;
}

/** Green before orange: the desired one comes first, as "Sent" of "Sent" and "Failed". */
const inOrder = [2, 1, ...Array.from({ length: seriesColours - 3 }, (_, index) => index + 3)];

/** An unused colour; otherwise, of those not in this tile, the one that was used longest ago. */
function freeColour(given: BoardColours, lastUse: ReadonlyMap<number, number>, beside: readonly string[]): number {
  const all = inOrder;
  const taken = new Set(given.values());
  const here = new Set(beside.map((meaning) => given.get(meaning)));
  const free = all.find((colour) => !taken.has(colour));
  if (free !== undefined) return free;
  const others = all.filter((colour) => !here.has(colour));
  const oldest = (others.length > 0 ? others : all).toSorted((a, b) => (lastUse.get(a) ?? -1) - (lastUse.get(b) ?? -1));
  return oldest[0] ?? wholeColour;
}

/** The view in the colours of its board. */
export function inColours(view: View, colours: BoardColours): View {
  const distinct = ownColours(view, colours);
  const coloured = <Part extends Coloured & { readonly colour: number }>(parts: readonly Part[]): Part[] =>
    parts.map((part) => ({ ...part, colour: distinct.get(part.meaning) ?? part.colour }));
  switch (view.kind) {
    case "over time":
      return { ...view, lines: coloured(view.lines) };
    case "totals":
      return { ...view, series: coloured(view.series) };
    case "shares":
      return { ...view, slices: coloured(view.slices) };
    case "funnel":
      return { ...view, groups: coloured(view.groups) };
    default:
      return view;
  }
}

/**
 * Where a board has more meanings than colours, two with the same colour may meet in a tile; they get different ones
 * there.
 */
function ownColours(view: View, colours: BoardColours): ReadonlyMap<string, number> {
  const own = new Map<string, number>();
  for (const meaning of meaningsOf(view)) {
    const colour = colours.get(meaning) ?? wholeColour;
    const taken = new Set(own.values());
    const another = Array.from({ length: seriesColours }, (_, index) => (colour + index) % seriesColours);
    own.set(meaning, another.find((one) => !taken.has(one)) ?? colour);
  }
  return own;
}
