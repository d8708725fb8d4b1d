import { funnelOptions, isCrowded, lying } from "./charts/funnel.ts";
import { histogramOptions } from "./charts/histogram.ts";
import { lineColour, overTimeOptions, seriesColour } from "./charts/over-time.ts";
import { type Look, type Pointed, renderChart } from "./charts/render.ts";
import { roomForCategories, totalsOptions } from "./charts/totals.ts";
import { formatNumber, formatSeconds } from "./format.ts";
import { drawLegend, type LegendEntry } from "./legend.ts";
import { drawNumber } from "./number.ts";
import { drawShares } from "./shares.ts";
import type { Size } from "./svg/shapes.ts";
import { textElement } from "./svg/text.ts";
import { drawTable } from "./table.ts";
import type { Colours } from "./theme.ts";
import { numbersOf } from "./views/numbers.ts";
import type { Histogram, Totals, View } from "./views/view.ts";
import { drawWords } from "./words.ts";

/** The picture of a tile without its frame, at 0, 0. */
export function drawView(view: View, size: Size, look: Look): string {
  const { colours } = look;
  switch (view.kind) {
    case "words":
      return drawWords(view, size, colours);
    case "number":
      return drawNumber(view, size, colours);
    case "table":
      return drawTable(view, size, colours);
    case "shares":
      return drawShares(view, size, look);
    case "histogram": {
      const head = 18;
      const box = { x: 0, y: head, width: size.width, height: size.height - head };
      const note = textElement(times(view), 0, 12, { size: 11, fill: colours.muted });
      return (
        note +
        renderChart(histogramOptions(view, box, colours), box, look, look.isPointed ? pointedOf(view) : undefined)
      );
    }
    case "totals":
      return drawTotals(view, size, look);
    case "funnel":
      return isCrowded(view, size) ? drawTotals(lying(view), size, look) : drawCharted(view, size, look);
    default:
      return drawCharted(view, size, look);
  }
}

/** A picture below its legend. */
function drawCharted(view: Charted, size: Size, look: Look): string {
  const legend = drawLegend(legendOf(view, look.colours), size.width, look.colours);
  const head = Math.max(legend.height, look.legendHeight ?? 0);
  const box = { x: 0, y: head, width: size.width, height: size.height - head };
  return (
    legend.svg +
    renderChart(optionsOf(view, box, look.colours), box, look, look.isPointed ? pointedOf(view) : undefined)
  );
}

/** The first categories, and how many were left out. */
function drawTotals(view: Totals, size: Size, look: Look): string {
  const note = 18;
  const room = roomForCategories(view, size.height - note);
  const more = view.categories.length - room;
  if (more <= 0) return drawCharted(view, size, look);
  const cut = {
    ...view,
    categories: view.categories.slice(0, room),
    series: view.series.map(({ values, texts, ...one }) => ({
      ...one,
      values: values.slice(0, room),
      ...(texts && { texts: texts.slice(0, room) }),
    })),
  };
  const words = textElement(`and ${more} more`, 0, size.height - 4, { size: 11, fill: look.colours.muted });
  return drawCharted(cut, { width: size.width, height: size.height - note }, look) + words;
}

/** Nobody reads more lines in a tooltip. */
const mostPointed = 10;

function pointedOf(view: Charted | Histogram): Pointed {
  const { columns, rows } = numbersOf(view) ?? { columns: [], rows: [] };
  const words = rows.map(({ name, cells }) => {
    const lines = cells.slice(0, mostPointed).map((cell, at) => `${columns[at + 1]}: ${cell}`);
    const more = cells.length > mostPointed ? [`and ${cells.length - mostPointed} more`] : [];
    return [name, ...lines, ...more].join("\n");
  });
  return { axis: view.kind === "totals" ? "y" : "x", words };
}

/** Height of the legend that a view is drawn with; 0 without one. */
export function legendHeight(view: View, { width }: Size, colours: Colours): number {
  const isCharted = view.kind === "over time" || view.kind === "totals" || view.kind === "funnel";
  return isCharted ? drawLegend(legendOf(view, colours), width, colours).height : 0;
}

type Charted = Extract<View, { kind: "over time" | "totals" | "funnel" }>;

function optionsOf(view: Charted, box: Size, colours: Colours) {
  if (view.kind === "over time") return overTimeOptions(view, box.width, colours);
  return view.kind === "totals" ? totalsOptions(view, box, colours) : funnelOptions(view, box, colours);
}

function legendOf(view: Charted, colours: Colours): LegendEntry[] {
  const lines = linesOf(view, colours);
  // A single line has its name in the title of the tile.
  const named = lines.length === 1 ? [] : lines;
  if (view.kind === "funnel") return named;
  const goals = view.goals.map(
    ({ label, value }): LegendEntry => ({
      name: `${label}: ${formatNumber(value, view.unit)}`,
      colour: colours.alarm,
      isDashed: true,
    }),
  );
  return [...named, ...goals];
}

function linesOf(view: Charted, colours: Colours): LegendEntry[] {
  if (view.kind === "over time") {
    return view.lines.map((line) => ({ name: line.name, colour: lineColour(line, colours), isDashed: line.isEarlier }));
  }
  const names = view.kind === "totals" ? view.series : view.groups;
  return names.map(({ name, colour }) => ({ name, colour: seriesColour(colour, colours), isDashed: false }));
}

function times({ medianSeconds, averageSeconds }: Histogram): string {
  const parts = [
    medianSeconds === null ? [] : [`median ${formatSeconds(medianSeconds)}`],
    averageSeconds === null ? [] : [`mean ${formatSeconds(averageSeconds)}`],
  ];
  return parts.flat().join(" · ");
}
