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
  /** Distinguishes the parts of this chart from those of others in the same picture. */
  readonly id: string;
  /**
   * Minimum height of the legend, when a picture next to this one has a higher one: the charts then get the same
   * height.
   */
  readonly legendHeight?: number;
  /** For a page: an area for each place on the axis, with its tooltip text. Default: none. */
  readonly isPointed?: boolean;
}

/** The tooltip text of each place on a category axis, in its order. */
export interface Pointed {
  readonly axis: "x" | "y";
  readonly words: readonly string[];
}

/**
 * Draws a chart with ECharts, without a browser, as an `<svg>` that can be nested in another one. The same options
 * always give the same text.
 */
export function renderChart(options: EChartsCoreOption, box: Box, { colours, id }: Look, pointed?: Pointed): string {
  const { width, height } = box;
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption({
      animation: false,
      backgroundColor: "transparent",
      textStyle: { fontFamily, color: colours.muted, fontSize: 11 },
      ...options,
    });
    const areas = pointed ? pointedAreas(chart, box, pointed) : "";
    return placed(chart.renderToSVGString(), box, id, areas);
  } finally {
    // Node does not exit while a chart exists.
    chart.dispose();
  }
}

/** The area from halfway to the previous place to halfway to the next one, as high or as wide as the chart. */
function pointedAreas(chart: ReturnType<typeof init>, { width, height }: Box, { axis, words }: Pointed): string {
  const finder = axis === "x" ? { xAxisIndex: 0 } : { yAxisIndex: 0 };
  const places = words.map((_, index) => Number(chart.convertToPixel(finder, index)));
  const half = places.length > 1 ? Math.abs((places[1] ?? 0) - (places[0] ?? 0)) / 2 : axis === "x" ? width : height;
  return words
    .map((text, index) => {
      const from = (places[index] ?? 0) - half;
      const area =
        axis === "x" ? { x: from, y: 0, width: 2 * half, height } : { x: 0, y: from, width, height: 2 * half };
      const { x, y } = area;
      return `<rect class="point" x="${round(x)}" y="${round(y)}" width="${round(area.width)}" height="${round(area.height)}" fill="transparent" data-words="${escapeText(text)}"/>`;
    })
    .join("");
}

function placed(svg: string, { x, y, width, height }: Box, id: string, areas: string): string {
  const inner = withoutControls(svg)
    .replace(/^[\s\S]*?<svg[^>]*>/, "")
    .replace(/<\/svg>\s*$/, "")
    // Styles for mouse events, which a picture never gets.
    .replace(/<style[^>]*>[\s\S]*?<\/style>/g, "")
    .replace(/ class="[^"]*"/g, "")
    // ECharts numbers its charts; two pictures of the same data must be identical.
    .replace(/\bzr\d+-/g, `${escapeText(id)}-`)
    .trim();
  return `<svg x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}">${inner}${areas}</svg>`;
}
