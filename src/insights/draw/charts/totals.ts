import type { Size } from "../svg/shapes.ts";
import { fitted, textWidth } from "../svg/text.ts";
import type { Colours } from "../theme.ts";
import { barTexts, highestOf } from "../views/shown.ts";
import type { Totals } from "../views/view.ts";
import { axisFontSize, categoryAxis, goalLines, grid, valueAxis } from "./axes.ts";
import { seriesColour } from "./over-time.ts";

/** Height at which a bar is still distinct from the next, and the space between groups. */
const barHeight = 10;
const groupGap = 6;

/** How many categories fit. */
export function roomForCategories({ series }: Totals, height: number): number {
  return Math.max(1, Math.floor(height / (barHeight * series.length + groupGap)));
}

/** Bars from left to right, a group for each category. */
export function totalsOptions(view: Totals, { width }: Size, colours: Colours) {
  const numbers = view.series.flatMap(({ values }) => values.flatMap((value) => value ?? []));
  const texts = barTexts(view);
  const labelWidth = highestOf(
    [...texts.flat(), ...(view.textsBeside ?? [])].map((text) => textWidth(text, axisFontSize)),
  );
  const names = view.categories.map((name) => fitted(name, width * 0.3, axisFontSize));
  const nameWidth = highestOf(names.map((name) => textWidth(name, axisFontSize)));
  return {
    // ECharts reserves space for the narrow letters of Helvetica; some machines have wider fonts.
    grid: grid({ left: 2 + Math.ceil(nameWidth * 0.16), right: labelWidth + 14, top: 2 }),
    // Each bar shows its number.
    xAxis: {
      ...valueAxis(view.unit, colours, numbers, view),
      axisLabel: { show: false },
      splitLine: { show: false },
    },
    yAxis: categoryAxis(names, colours, {
      inverse: true,
      axisLabel: { color: colours.text, fontSize: axisFontSize, interval: 0 },
    }),
    series: view.series.map(({ name, values, colour }, index) => ({
      type: "bar",
      name,
      silent: true,
      color: seriesColour(colour, colours),
      barCategoryGap: "30%",
      barGap: "15%",
      barMaxWidth: 22,
      data: values,
      label: {
        show: true,
        position: "right",
        color: colours.text,
        fontSize: axisFontSize,
        formatter: ({ dataIndex }: { dataIndex: number }) => texts[index]?.[dataIndex] ?? "",
      },
      ...(index === 0 && view.goals.length > 0 ? { markLine: goalLines(view.goals, colours, "xAxis") } : {}),
    })),
  };
}
