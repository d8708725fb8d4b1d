import type { Colours } from "../theme.ts";
import { dayLabel } from "../views/days.ts";
import { heights } from "../views/shown.ts";
import type { Line, OverTime } from "../views/view.ts";
import { axisFontSize, categoryAxis, goalLines, grid, labelledPoints, valueAxis } from "./axes.ts";

/** Lines, areas or bars over time. */
export function overTimeOptions(view: OverTime, width: number, colours: Colours) {
  const { axisDays = view.days } = view;
  const isLabelled = labelledPoints(axisDays, width - 40);
  const isBars = view.shape === "bars" || view.shape === "stacked bars";
  return {
    grid: grid(),
    xAxis: categoryAxis(axisDays.map(dayLabel), colours, {
      boundaryGap: isBars,
      axisLabel: { color: colours.muted, fontSize: axisFontSize, interval: isLabelled, hideOverlap: true },
    }),
    yAxis: valueAxis(view.unit, colours, heights(view), view),
    series: view.lines.flatMap((line, index) => {
      const drawn = isBars
        ? [barSeries(view, line, axisDays, colours)]
        : lineParts(view, line, axisDays).map((part) => lineSeries(view, line, part, colours));
      return drawn.map((series, part) => ({
        ...series,
        name: line.name,
        silent: true,
        ...(index + part === 0 && view.goals.length > 0 ? { markLine: goalLines(view.goals, colours, "yAxis") } : {}),
      }));
    }),
  };
}

/** ECharts' word for no value. */
type Value = number | "-";

/** A value for each day of the axis. */
function onAxis({ days }: OverTime, { data }: Line, axisDays: readonly string[]): Value[] {
  const values = new Map(days.map((day, index) => [day, data[index]]));
  return axisDays.map((day) => values.get(day) ?? "-");
}

interface LinePart {
  readonly data: readonly Value[];
  readonly isUnfinished: boolean;
}

/**
 * Splits finished periods from unfinished ones, which repeat the last finished one: ECharts draws each line in one
 * style.
 */
function lineParts(view: OverTime, line: Line, axisDays: readonly string[]): LinePart[] {
  const data = onAxis(view, line, axisDays);
  const { unfinishedFrom } = view;
  if (unfinishedFrom === undefined || line.isEarlier) return [{ data, isUnfinished: false }];
  const first = axisDays.indexOf(unfinishedFrom);
  const before = data.findLastIndex((value, index) => index < first && value !== "-");
  const whole = data.map((value, index) => (index < first ? value : "-"));
  const rest = data.map((value, index) => (index >= first || index === before ? value : "-"));
  return [
    { data: whole, isUnfinished: false },
    { data: rest, isUnfinished: true },
  ];
}

function lineSeries({ shape, days }: OverTime, line: Line, { data, isUnfinished }: LinePart, colours: Colours) {
  const color = lineColour(line, colours);
  const stack = isUnfinished ? "unfinished" : line.isEarlier ? "earlier" : "current";
  return {
    type: "line",
    data,
    // A line needs more than one point.
    showSymbol: data.filter((value) => value !== "-").length === 1 && (isUnfinished || days.length === 1),
    symbolSize: 6,
    color,
    // The earlier period is thinner and dashed, so that it differs by more than its colour.
    lineStyle: {
      width: line.isEarlier ? 1.25 : 1.75,
      type: line.isEarlier || isUnfinished ? "dashed" : "solid",
      opacity: line.isEarlier ? 0.75 : 1,
    },
    ...(shape === "area" ? { stack, areaStyle: { opacity: isUnfinished ? 0.15 : 0.35 } } : {}),
  };
}

/** A bar whose period is not over is pale, with a dashed edge. */
function barSeries(view: OverTime, line: Line, axisDays: readonly string[], colours: Colours) {
  const { shape, days, unfinishedFrom } = view;
  const color = lineColour(line, colours);
  const first = unfinishedFrom === undefined || line.isEarlier ? axisDays.length : axisDays.indexOf(unfinishedFrom);
  const growing = { color, opacity: 0.45, borderColor: color, borderWidth: 1, borderType: "dashed" };
  return {
    type: "bar",
    data: onAxis(view, line, axisDays).map((value, index) => (index < first ? value : { value, itemStyle: growing })),
    color,
    itemStyle: { opacity: line.isEarlier ? 0.5 : 1 },
    barCategoryGap: days.length > 60 ? "10%" : "25%",
    ...(shape === "stacked bars" ? { stack: line.isEarlier ? "earlier" : "current" } : {}),
  };
}

export function lineColour({ tone, colour }: Pick<Line, "tone" | "colour">, colours: Colours): string {
  if (tone === "other") return colours.other;
  if (tone === "missing") return colours.missing;
  return seriesColour(colour, colours);
}

export function seriesColour(index: number, { series, text }: Colours): string {
  return series[index % series.length] ?? text;
}
