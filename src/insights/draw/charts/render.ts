import { BarChart, LineChart, PieChart } from "echarts/charts";
import { GridComponent, MarkLineComponent } from "echarts/components";
import { type EChartsCoreOption, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { Box } from "../svg/shapes.ts";
import { escapeText, round, withoutControls } from "../svg/text.ts";
import { type Colours, fontFamily } from "../theme.ts";

use([BarChart, LineChart, PieChart, GridComponent, MarkLineComponent, SVGRenderer]);

/** What a chart looks like, whatever it shows. */
export interface Look {
  readonly colours: Colours;
  /** Tells the parts of this chart from those of others in the same picture. */
  readonly id: string;
  /** Least height of the legend, where a picture beside this one has a higher one: the charts are then as high. */
  readonly legendHeight?: number;
}

/**
 * Draws a chart with ECharts, without a browser, as an `<svg>` that can stand within another one. The same options give
 * the same text, whatever was drawn before.
 */
export function renderChart(options: EChartsCoreOption, box: Box, { colours, id }: Look): string {
  const { width, height } = box;
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption({
      animation: false,
      backgroundColor: "transparent",
      textStyle: { fontFamily, color: colours.muted, fontSize: 11 },
      ...options,
    });
    return placed(chart.renderToSVGString(), box, id);
  } finally {
    // Node does not end while a chart is alive.
    chart.dispose();
  }
}

function placed(svg: string, { x, y, width, height }: Box, id: string): string {
  const inner = withoutControls(svg)
    .replace(/^[\s\S]*?<svg[^>]*>/, "")
    .replace(/<\/svg>\s*$/, "")
    // Styles for a mouse that is not there.
    .replace(/<style[^>]*>[\s\S]*?<\/style>/g, "")
    .replace(/ class="[^"]*"/g, "")
    // ECharts counts its charts; two pictures of the same must be the same.
    .replace(/\bzr\d+-/g, `${escapeText(id)}-`)
    .trim();
  return `<svg x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}">${inner}</svg>`;
}
