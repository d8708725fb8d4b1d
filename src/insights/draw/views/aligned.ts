import type { Unit } from "../format.ts";
import { barTexts, binSeconds, heights, highestOf, shownBins, withRoom } from "./shown.ts";
import type { Histogram, OverTime, Totals, View } from "./view.ts";

/**
 * Two views with shared axes, so that a higher bar always means more and the same name has the same place. Views of
 * different kinds stay unchanged.
 */
export function aligned(one: View, other: View): [View, View] {
  if (one.kind === "over time" && other.kind === "over time") {
    return withReach(onSameDays(one, other));
  }
  if (one.kind === "totals" && other.kind === "totals") return withReach(inSameOrder(one, other));
  if (one.kind === "histogram" && other.kind === "histogram") {
    const [a, b] = [spanOf(one), spanOf(other)];
    const span = [Math.min(a[0], b[0]), Math.max(a[1], b[1])] as const;
    return withReach([
      { ...one, span },
      { ...other, span },
    ]);
  }
  return [one, other];
}

/** Both value axes begin and end where one of them needs it. Seconds and shares share no axis. */
function withReach<Charted extends OverTime | Totals | Histogram>(views: [Charted, Charted]): [View, View] {
  const [one, other] = views;
  if (one.kind !== "histogram" && other.kind !== "histogram" && !isSameUnit(one.unit, other.unit)) return views;
  const goals = views.flatMap((view) =>
    view.kind === "histogram" ? [] : view.goals.map(({ value }) => withRoom(value)),
  );
  const values = [...views.flatMap(heightsOf), ...goals];
  const reach = [-highestOf(values.map((value) => -value)), highestOf(values)] as const;
  return [
    { ...one, reach },
    { ...other, reach },
  ];
}

const isSameUnit = (one: Unit, other: Unit): boolean =>
  one.format === other.format && one.prefix === other.prefix && one.postfix === other.postfix;

function heightsOf(view: OverTime | Totals | Histogram): number[] {
  if (view.kind === "over time") return heights(view);
  if (view.kind === "histogram") return shownBins(view).map(([, people]) => people);
  return view.series.flatMap(({ values }) => values.flatMap((value) => value ?? []));
}

/** Aligns days where both count by the same interval and share a day: weeks from Monday and from Sunday share none. */
function onSameDays(one: OverTime, other: OverTime): [OverTime, OverTime] {
  const known = new Set(one.days);
  if (!hasSameInterval(one.days, other.days) || !other.days.some((day) => known.has(day))) return [one, other];
  const axisDays = [...new Set([...one.days, ...other.days])].toSorted();
  return [
    { ...one, axisDays },
    { ...other, axisDays },
  ];
}

/** Tolerance for months, which differ by up to a tenth; hours, days, weeks and months differ by more. */
function hasSameInterval(one: readonly string[], other: readonly string[]): boolean {
  const [a, b] = [intervalOf(one), intervalOf(other)];
  return a === undefined || b === undefined || (a < 1.5 * b && b < 1.5 * a);
}

function intervalOf([first, second]: readonly string[]): number | undefined {
  const time = (day: string): number => Date.parse(`${day.replace(" ", "T")}${day.includes(" ") ? "" : "T00:00:00"}Z`);
  return first === undefined || second === undefined ? undefined : time(second) - time(first);
}

/** Categories and series in the order before, then the new ones. A missing one gets its place, without a bar. */
function inSameOrder(one: Totals, other: Totals): [Totals, Totals] {
  const categories = [...new Set([...one.categories, ...other.categories])];
  const order = one.series.map(({ name }) => name);
  const place = ({ name }: Totals["series"][number]) => (order.includes(name) ? order.indexOf(name) : order.length);
  const series = other.series.toSorted((a, b) => place(a) - place(b));
  const [old, now] = [withCategories(one, categories), withCategories({ ...other, series }, categories)];
  return [
    { ...old, textsBeside: barTexts(now).flat() },
    { ...now, textsBeside: barTexts(old).flat() },
  ];
}

function withCategories(view: Totals, categories: readonly string[]): Totals {
  const places = categories.map((name) => view.categories.indexOf(name));
  const series = view.series.map(({ values, texts, ...one }) => ({
    ...one,
    values: places.map((at) => values[at] ?? null),
    ...(texts && { texts: places.map((at) => texts[at] ?? "") }),
  }));
  return { ...view, categories, series };
}

/** Start of the first bin, and end of the last bin with people in it. */
function spanOf(view: Histogram): [fromSeconds: number, untilSeconds: number] {
  const bins = shownBins(view);
  return [bins[0]?.[0] ?? 0, (bins.at(-1)?.[0] ?? 0) + binSeconds(view.bins)];
}
