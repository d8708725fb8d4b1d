import { formatNumber, formatSeconds, plainUnit } from "../format.ts";
import type { Size } from "../svg/shapes.ts";
import { wrappedName } from "../svg/text.ts";
import type { Colours } from "../theme.ts";
import type { Funnel } from "../views/view.ts";
import { axisFontSize, categoryAxis, grid } from "./axes.ts";
import { seriesColour } from "./over-time.ts";

/** A bar for each step, as high as the share of those who entered; the rest of its track are those who did not come on. */
export function funnelOptions(view: Funnel, { width }: Size, colours: Colours) {
  const stepWidth = (width - 30) / view.steps.length;
  const barWidth = stepWidth / view.groups.length;
  return {
    grid: grid({ top: 32, left: 8, right: 8 }),
    xAxis: categoryAxis(
      view.steps.map((name, step) => stepLabel(view, name, step, stepWidth - 10)),
      colours,
      {
        axisLabel: {
          color: colours.text,
          fontSize: axisFontSize,
          lineHeight: 14,
          interval: 0,
          rich: { time: { color: colours.muted, fontSize: axisFontSize, lineHeight: 14 } },
        },
      },
    ),
    yAxis: { type: "value", min: 0, max: 1, axisLabel: { show: false }, splitLine: { show: false } },
    series: view.groups.map(({ name, counts }, index) => ({
      type: "bar",
      name,
      silent: true,
      color: seriesColour(index, colours),
      barMaxWidth: 90,
      barCategoryGap: "30%",
      showBackground: true,
      backgroundStyle: { color: colours.track },
      data: counts.map((count) => shareOf(count, counts)),
      label: {
        show: barWidth > 44,
        position: "top",
        color: colours.text,
        fontSize: axisFontSize,
        lineHeight: 13,
        formatter: ({ dataIndex }: { dataIndex: number }) => barLabel(counts, dataIndex),
      },
    })),
  };
}

const shareOf = (count: number, [entered = 0]: readonly number[]) => (entered === 0 ? 0 : count / entered);

function barLabel(counts: readonly number[], step: number): string {
  const count = counts[step] ?? 0;
  const share = formatNumber(shareOf(count, counts), { ...plainUnit, format: "percentage_scaled" });
  return `${share}\n${formatNumber(count, plainUnit)} ${count === 1 ? "person" : "people"}`;
}

/** Name of the step, and under it how long it took, where there is one funnel only. */
function stepLabel({ groups }: Funnel, name: string, step: number, width: number): string {
  const lines = wrappedName(name, width, axisFontSize, 3);
  const seconds = groups.length === 1 ? groups[0]?.seconds[step] : null;
  const time =
    seconds === null || seconds === undefined
      ? []
      : [`{time|median ${formatSeconds(seconds, width < 110 ? "short" : "exact")}}`];
  return [...lines, ...time].join("\n");
}
