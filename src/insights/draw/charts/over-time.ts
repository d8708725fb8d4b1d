import type { Colours } from "../theme.ts";
import type { Line, OverTime } from "../views/view.ts";
import { axisFontSize, categoryAxis, dayLabel, goalLines, grid, labelledPoints, valueAxis } from "./axes.ts";

/** Lines, areas or bars over time. */
export function overTimeOptions(view: OverTime, width: number, colours: Colours) {
  const isLabelled = labelledPoints(view.days, width - 40);
  const isBars = view.shape === "bars" || view.shape === "stacked bars";
  return {
    grid: grid(),
    xAxis: categoryAxis(view.days.map(dayLabel), colours, {
      boundaryGap: isBars,
      axisLabel: { color: colours.muted, fontSize: axisFontSize, interval: isLabelled, hideOverlap: true },
    }),
    yAxis: valueAxis(view.unit, colours, heights(view), view.goals),
    series: view.lines.map((line, index) => ({
      ...(isBars ? barSeries(view, line, colours) : lineSeries(view, line, colours)),
      name: line.name,
      data: line.data,
      silent: true,
      ...(index === 0 && view.goals.length > 0 ? { markLine: goalLines(view.goals, colours, "yAxis") } : {}),
    })),
  };
}

/** How high lines and stacks of them are. */
function heights({ shape, days, lines }: OverTime): number[] {
  if (shape === "lines" || shape === "bars") return lines.flatMap(({ data }) => data);
  const stacks = [lines.filter((line) => !line.isEarlier), lines.filter((line) => line.isEarlier)];
  return stacks.flatMap((stack) => days.map((_, at) => stack.reduce((sum, { data }) => sum + (data[at] ?? 0), 0)));
}

function lineSeries({ shape, days }: OverTime, line: Line, colours: Colours) {
  const color = lineColour(line, colours);
  return {
    type: "line",
    showSymbol: days.length === 1,
    symbolSize: 6,
    color,
    // The earlier period is thinner and dashed, so that it is not only the colour that tells.
    lineStyle: {
      width: line.isEarlier ? 1.25 : 1.75,
      type: line.isEarlier ? "dashed" : "solid",
      opacity: line.isEarlier ? 0.75 : 1,
    },
    ...(shape === "area" ? { stack: line.isEarlier ? "earlier" : "current", areaStyle: { opacity: 0.35 } } : {}),
  };
}

function barSeries({ shape, days }: OverTime, line: Line, colours: Colours) {
  return {
    type: "bar",
    color: lineColour(line, colours),
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
