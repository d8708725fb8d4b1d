import type { TileResult } from "../../../insights/draw/index.ts";
import { type Chart, type ChartSize, chartOf } from "./chart.ts";
import type { StandingDashboard, StandingInsight } from "./standing.ts";

/** Answers a query over the events that have arrived so far. @throws when it cannot, with why */
export type Ask = (query: unknown) => Promise<{ readonly results?: unknown }>;

/** How wide the page's content is, in pixels: what a browser said last, or a usual one. */
export const usualWidth = 1180;
const narrowest = 280;
const gap = 16;
const padding = 36;
const columns = 12;

/** Below it tiles stand in one column. */
const oneColumnBelow = 760;

const chartHeight = 250;

/** Pixels that a tile's chart has in a page of this width; the style sheet has the same rules. */
export function chartSize(tileWidth: number, pageWidth: number): ChartSize {
  const share = pageWidth < oneColumnBelow ? 1 : tileWidth / columns;
  const width = (pageWidth + gap) * share - gap - padding;
  return { width: Math.max(narrowest, Math.round(width)), height: chartHeight };
}

/** The charts of a dashboard, by the tiles' keys: of all its tiles, or of some. */
export async function chartsOf(
  { tiles, definition }: StandingDashboard,
  ask: Ask,
  pageWidth: number,
  only?: ReadonlySet<string>,
): Promise<Map<string, Chart>> {
  const wanted = tiles.filter(
    (tile): tile is StandingInsight => tile.kind === "insight" && (only === undefined || only.has(tile.key)),
  );
  const charts = wanted.map(async ({ key, query, defined }): Promise<[string, Chart]> => {
    const size = chartSize(defined.place.width, pageWidth);
    return [key, chartOf(query, await resultOf(query, ask), size, `${definition.key}-${key}`)];
  });
  return new Map(await Promise.all(charts));
}

async function resultOf(query: unknown, ask: Ask): Promise<TileResult> {
  try {
    const { results } = await ask(query);
    return { results };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}
