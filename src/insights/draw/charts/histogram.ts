import { formatSeconds, plainUnit } from "../format.ts";
import type { Size } from "../svg/shapes.ts";
import { textWidth } from "../svg/text.ts";
import type { Colours } from "../theme.ts";
import { wholeColour } from "../views/colours.ts";
import { shownBins } from "../views/shown.ts";
import type { Histogram } from "../views/view.ts";
import { axisFontSize, categoryAxis, grid, valueAxis } from "./axes.ts";
import { seriesColour } from "./over-time.ts";

/** A histogram: how many people took how long. */
export function histogramOptions(view: Histogram, { width }: Size, colours: Colours) {
  const shown = shownBins(view);
  const people = shown.map(([, number]) => number);
  const labels = shown.map(([from]) => formatSeconds(from));
  const widest = Math.max(...labels.map((label) => textWidth(label, axisFontSize)));
  const step = Math.max(1, Math.ceil((labels.length * (widest + 12)) / (width - 40)));
  return {
    grid: grid({ top: 14 }),
    xAxis: categoryAxis(labels, colours, {
      axisLabel: { color: colours.muted, fontSize: axisFontSize, interval: (index: number) => index % step === 0 },
    }),
    yAxis: { ...valueAxis(plainUnit, colours, people, view), minInterval: 1 },
    series: [
      {
        type: "bar",
        silent: true,
        color: seriesColour(wholeColour, colours),
        barCategoryGap: "8%",
        data: people,
        label: {
          show: shown.length <= 16,
          position: "top",
          color: colours.text,
          fontSize: axisFontSize,
          formatter: ({ value }: { value: number }) => (value === 0 ? "" : String(value)),
        },
      },
    ],
  };
}
