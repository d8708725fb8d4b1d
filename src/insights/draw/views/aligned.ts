import type { Histogram, OverTime, Totals, View } from "./view.ts";

/**
 * Two views with the axes of both, so that a bar that is higher in one picture is more. Views of different kinds stay as
 * they are.
 */
export function aligned(one: View, other: View): [View, View] {
  if (one.kind === "over time" && other.kind === "over time") return withReach(onSameDays(one, other));
  if (one.kind === "totals" && other.kind === "totals") return withReach([one, other]);
  if (one.kind === "histogram" && other.kind === "histogram") {
    const untilSeconds = Math.max(endOf(one), endOf(other));
    return withReach([
      { ...one, untilSeconds },
      { ...other, untilSeconds },
    ]);
  }
  return [one, other];
}

/** Both axes of values begin and end where one of them needs it. */
function withReach<Charted extends OverTime | Totals | Histogram>(views: [Charted, Charted]): [View, View] {
  const values = views.flatMap(heightsOf);
  const reach = [Math.min(0, ...values), Math.max(0, ...values)] as const;
  const [one, other] = views;
  return [
    { ...one, reach },
    { ...other, reach },
  ];
}

function heightsOf(view: OverTime | Totals | Histogram): number[] {
  if (view.kind === "over time") return heights(view);
  if (view.kind === "histogram") return view.bins.map(([, people]) => people);
  return view.series.flatMap(({ values }) => values.flatMap((value) => value ?? []));
}

/** How high lines and stacks of them are. */
export function heights({ shape, days, lines }: OverTime): number[] {
  if (shape === "lines" || shape === "bars") return lines.flatMap(({ data }) => data);
  const stacks = [lines.filter((line) => !line.isEarlier), lines.filter((line) => line.isEarlier)];
  return stacks.flatMap((stack) => days.map((_, at) => stack.reduce((sum, { data }) => sum + (data[at] ?? 0), 0)));
}

/** Where the days of one are among those of the other; days and weeks have no axis in common. */
function onSameDays(one: OverTime, other: OverTime): [OverTime, OverTime] {
  const [fewer, more] = one.days.length < other.days.length ? [one.days, other.days] : [other.days, one.days];
  if (!fewer.every((day) => more.includes(day))) return [one, other];
  return [
    { ...one, axisDays: more },
    { ...other, axisDays: more },
  ];
}

/** Where the last bin with people in it ends. */
function endOf(view: Histogram): number {
  const bins = shownBins(view);
  return (bins.at(-1)?.[0] ?? 0) + binSeconds(bins);
}

const binSeconds = ([first, second]: Histogram["bins"]): number => (first && second ? second[0] - first[0] : 0);

/** The bins that are drawn: without the empty one that PostHog adds for the longest time, and up to the end of the axis. */
export function shownBins({ bins, untilSeconds = 0 }: Histogram): Histogram["bins"] {
  const shown = bins.at(-1)?.[1] === 0 ? bins.slice(0, -1) : [...bins];
  const width = binSeconds(bins);
  if (width <= 0) return shown;
  for (let from = (shown.at(-1)?.[0] ?? 0) + width; from < untilSeconds; from += width) shown.push([from, 0]);
  return shown;
}
