import { formatNumber } from "../format.ts";
import type { Histogram, OverTime, Totals } from "./view.ts";

/*
 * What charts show of a view: what they draw, and what two pictures of the same size must make room for.
 */

/** The maximum, or 0. A loop, since a hundred thousand arguments would overflow the stack. */
export const highestOf = (values: readonly number[]): number =>
  values.reduce((highest, value) => Math.max(highest, value), 0);

/** End of an axis for a goal, so that its line is visible below the end. */
export const withRoom = (goal: number): number => goal * 1.05;

/** The height of lines and of stacks of them. */
export function heights({ shape, days, lines }: OverTime): number[] {
  if (shape === "lines" || shape === "bars") return lines.flatMap(({ data }) => data);
  const stacks = [lines.filter((line) => !line.isEarlier), lines.filter((line) => line.isEarlier)];
  return stacks.flatMap((stack) => days.map((_, at) => stack.reduce((sum, { data }) => sum + (data[at] ?? 0), 0)));
}

/** The texts at the bars of each series. */
export const barTexts = ({ series, unit }: Totals): (readonly string[])[] =>
  series.map(({ values, texts }) => texts ?? values.map((value) => (value === null ? "" : formatNumber(value, unit))));

/** The length of a bin; 0 when there are too few bins to determine it. */
export const binSeconds = ([first, second]: Histogram["bins"]): number => (first && second ? second[0] - first[0] : 0);

/** More bars cannot be distinguished; PostHog makes no more bins either. */
const mostBins = 60;

/**
 * The bins that are drawn, without the empty one that PostHog adds for the longest time. When the view has a span, bins
 * over all of it, with several of them in one bar to limit the number of bars.
 */
export function shownBins({ bins, span }: Histogram): Histogram["bins"] {
  const shown = bins.at(-1)?.[1] === 0 ? bins.slice(0, -1) : bins;
  const width = binSeconds(bins);
  const begin = shown[0]?.[0];
  if (!span || width <= 0 || begin === undefined) return shown;
  const [from, until] = span;
  const ahead = Math.max(0, Math.floor((begin - from) / width + 1e-6));
  const count = ahead + Math.max(shown.length, Math.ceil((until - begin) / width - 1e-6));
  const together = Math.ceil(count / mostBins);
  return Array.from({ length: Math.ceil(count / together) }, (_, bar) => {
    const first = bar * together - ahead;
    const people = shown
      .slice(Math.max(0, first), Math.max(0, first + together))
      .reduce((sum, [, one]) => sum + one, 0);
    return [begin + first * width, people] as const;
  });
}
