import { formatNumber, type Unit } from "../format.ts";
import { textWidth } from "../svg/text.ts";
import type { Colours } from "../theme.ts";
import { highestOf, withRoom } from "../views/shown.ts";
import type { Goal } from "../views/view.ts";

export const axisFontSize = 10.5;

export function grid(more: Record<string, unknown> = {}) {
  // The labels of the axes are drawn inside the picture.
  return { left: 2, right: 10, top: 8, bottom: 2, outerBoundsMode: "same", outerBoundsContain: "axisLabel", ...more };
}

/** @param values that are shown, to know where shares end; `reach` of another picture's, that has the same axis. */
export function valueAxis(
  unit: Unit,
  colours: Colours,
  values: readonly number[],
  {
    goals = [],
    reach,
  }: { readonly goals?: readonly Goal[]; readonly reach?: readonly [number, number] | undefined } = {},
) {
  return {
    type: "value",
    splitNumber: 4,
    axisLabel: {
      color: colours.muted,
      fontSize: axisFontSize,
      formatter: (value: number) => formatNumber(value, unit, "short"),
    },
    splitLine: { lineStyle: { color: colours.grid } },
    ...endOf(unit, values, goals, reach),
  };
}

/** Shares end at 100 %, not at 120 %, and a goal above all values stays visible; otherwise ECharts chooses the end. */
function endOf(
  { format }: Unit,
  values: readonly number[],
  goals: readonly Goal[],
  reach: readonly [lowest: number, highest: number] | undefined,
): { min?: number; max?: number; interval?: number } {
  const [lowest = 0, highest = 0] = reach ?? [];
  const most = highestOf([...values, highest]);
  const highestGoal = highestOf(goals.map(({ value }) => value));
  const whole = format === "percentage_scaled" ? 1 : format === "percentage" ? 100 : Number.POSITIVE_INFINITY;
  if (lowest === 0 && most > 0.75 * whole && most <= whole) return { max: whole, interval: whole / 4 };
  const top = Math.max(most, withRoom(highestGoal));
  if (top === lowest || (most >= highestGoal && reach === undefined)) return {};
  const interval = roundStep((top - lowest) / 4);
  if (lowest === 0) return { max: 4 * interval, interval };
  return { min: Math.floor(lowest / interval) * interval, max: Math.ceil(top / interval) * interval, interval };
}

/** The next round distance between the lines of an axis: 0.03, 25, 1500. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((one) => one * power >= least) ?? 10;
  return Number((step * power).toPrecision(2));
}

export function categoryAxis(names: readonly string[], colours: Colours, more: Record<string, unknown> = {}) {
  return {
    type: "category",
    data: names,
    axisLine: { lineStyle: { color: colours.border } },
    axisTick: { show: false },
    ...more,
  };
}

/** A dashed line for each goal. Its name is in the legend, where it covers nothing. */
export function goalLines(goals: readonly Goal[], colours: Colours, axis: "xAxis" | "yAxis") {
  return {
    silent: true,
    symbol: "none",
    animation: false,
    lineStyle: { color: colours.alarm, type: "dashed", width: 1 },
    label: { show: false },
    data: goals.map(({ value }) => ({ [axis]: value })),
  };
}

/**
 * Which points get a label: as many as fit, at even distances, and for hours at hours that divide the day, so that
 * midnights are among them.
 */
export function labelledPoints(days: readonly string[], width: number): (index: number) => boolean {
  const most = Math.max(2, Math.floor(width / (textWidth("28 Nov", axisFontSize) + 14)));
  const isByTime = days.some((day) => day.length > 10 && !day.endsWith("00:00:00"));
  const steps = isByTime ? [1, 2, 3, 6, 12, 24, 48, 72, 168] : [1, 2, 3, 5, 7, 10, 14, 28, 60, 90, 365];
  const step = steps.find((one) => days.length / one <= most) ?? Math.ceil(days.length / most);
  if (!isByTime) return (index) => index % step === 0;
  const firstMidnight = Math.max(
    0,
    days.findIndex((day) => day.endsWith("00:00:00")),
  );
  return (index) => (((index - firstMidnight) % step) + step) % step === 0;
}
