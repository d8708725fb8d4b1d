import type { Colours } from "../theme.ts";
import { heights } from "../views/shown.ts";
import type { Line, OverTime } from "../views/view.ts";
import { axisFontSize, categoryAxis, dayLabel, goalLines, grid, labelledPoints, valueAxis } from "./axes.ts";

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
    series: view.lines.map((line, index) => ({
      ...(isBars ? barSeries(view, line, colours) : lineSeries(view, line, colours)),
      name: line.name,
      data: axisDays === view.days ? line.data : onAxis(view, line, axisDays),
      silent: true,
      ...(index === 0 && view.goals.length > 0 ? { markLine: goalLines(view.goals, colours, "yAxis") } : {}),
    })),
  };
}

/** A value for each day of the axis; "-" is ECharts' word for none. */
function onAxis({ days }: OverTime, { data }: Line, axisDays: readonly string[]): (number | "-")[] {
  const values = new Map(days.map((day, index) => [day, data[index]]));
  return axisDays.map((day) => values.get(day) ?? "-");
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
