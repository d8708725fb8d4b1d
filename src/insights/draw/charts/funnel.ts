import { formatNumber, formatSeconds, plainUnit, shareUnit } from "../format.ts";
import type { Size } from "../svg/shapes.ts";
import { fitted, wrappedName } from "../svg/text.ts";
import type { Colours } from "../theme.ts";
import type { Funnel, Totals } from "../views/view.ts";
import { axisFontSize, categoryAxis, grid } from "./axes.ts";
import { seriesColour } from "./over-time.ts";

/** Width that the name, people and time of a step need beside those of the next step. */
const leastStepWidth = 70;

const widthOfStep = ({ steps }: Funnel, width: number): number => (width - 30) / steps.length;

/** Whether a funnel has so many steps that their texts would overlap. */
export const isCrowded = (view: Funnel, { width }: Size): boolean =>
  view.groups.length === 1 && widthOfStep(view, width) < leastStepWidth;

/** The same funnel with its steps below each other, each on a line of its own. */
export function lying({ steps, groups }: Funnel): Totals {
  const series = groups.map(({ name, meaning, colour, counts, seconds }) => ({
    ...{ name, meaning, colour },
    values: counts.map((count) => shareOf(count, counts)),
    texts: counts.map((_, step) =>
      [...barLines(counts, step), ...medianOf(seconds[step]).map((time) => `median ${time}`)].join(" · "),
    ),
  }));
  return { kind: "totals", categories: steps, series, goals: [], unit: shareUnit };
}

/** A bar for each step, as high as the share of people who reached it; the rest of its track are those who did not. */
export function funnelOptions(view: Funnel, { width }: Size, colours: Colours) {
  const stepWidth = widthOfStep(view, width);
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
    series: view.groups.map(({ name, counts, colour }) => ({
      type: "bar",
      name,
      silent: true,
      color: seriesColour(colour, colours),
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
        formatter: ({ dataIndex }: { dataIndex: number }) => barLines(counts, dataIndex).join("\n"),
      },
    })),
  };
}

const shareOf = (count: number, [entered = 0]: readonly number[]) => (entered === 0 ? 0 : count / entered);

function barLines(counts: readonly number[], step: number): string[] {
  const count = counts[step] ?? 0;
  const people = `${formatNumber(count, plainUnit)} ${count === 1 ? "person" : "people"}`;
  return [formatNumber(shareOf(count, counts), shareUnit), people];
}

const medianOf = (seconds: number | null | undefined, length: "exact" | "short" = "short"): string[] =>
  seconds === null || seconds === undefined ? [] : [formatSeconds(seconds, length)];

/** Name of the step and, where there is a single funnel, the time it took below it. */
function stepLabel({ groups }: Funnel, name: string, step: number, width: number): string {
  const lines = wrappedName(name, width, axisFontSize, 3).map((line) => fitted(line, width + 8, axisFontSize));
  const [only, ...others] = groups;
  const seconds = others.length === 0 ? only?.seconds[step] : null;
  const time = medianOf(seconds, width < 110 ? "short" : "exact").map((text) => `{time|median ${text}}`);
  return [...lines, ...time].join("\n");
}
