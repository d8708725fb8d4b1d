import type { InsightAlertDefinition } from "../../../alerts/posthog/index.ts";
import { object } from "../../../insights/define/check/json.ts";
import { type BoardColours, coloursOfTiles, type TileResult } from "../../../insights/draw/index.ts";
import { type Chart, type ChartSize, chartOf } from "./chart.ts";
import type { StandingDashboard, StandingInsight } from "./standing.ts";

/** Answers a query over the events that have arrived so far. @throws when it cannot, with why */
export type Ask = (query: unknown) => Promise<{ readonly results?: unknown; readonly resolved_date_range?: unknown }>;

/** Colors assigned so far, by dashboard key, so that a color keeps its meaning while a page is open. */
export type GivenColours = Map<string, BoardColours>;

export interface AskedCharts {
  readonly ask: Ask;
  readonly alerts: readonly InsightAlertDefinition[];
  readonly colours: GivenColours;
  /** Width of the page in pixels. */
  readonly width: number;
  /** Keys of the requested tiles. Default: all. */
  readonly only?: ReadonlySet<string> | undefined;
}

/** Width of the page's content in pixels: the browser's last value, or a default. */
export const usualWidth = 1180;
const narrowest = 280;
const gap = 16;
const padding = 36;
const columns = 12;

/** Width in pixels below which tiles are in one column. */
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
  { ask, alerts, colours, width, only }: AskedCharts,
): Promise<Map<string, Chart>> {
  const wanted = tiles.filter(
    (tile): tile is StandingInsight => tile.kind === "insight" && (only === undefined || only.has(tile.key)),
  );
  const answered = await Promise.all(
    wanted.map(async (tile) => ({ ...tile, result: await resultOf(tile.query, ask) })),
  );
  const board = coloursOfTiles(answered, colours.get(definition.key));
  colours.set(definition.key, board);
  return new Map(
    answered.map(({ key, query, result, defined }) => {
      const size = chartSize(defined.place.width, width);
      const alert = alerts.find((one) => one.dashboardKey === definition.key && one.tileKey === key);
      return [key, chartOf(query, result, { ...size, id: `${definition.key}-${key}`, board, alert })];
    }),
  );
}

async function resultOf(query: unknown, ask: Ask): Promise<TileResult> {
  try {
    const { results, resolved_date_range: range } = await ask(query);
    const { date_to } = object(range);
    return {
      results,
      askedAt: new Date(),
      ...(typeof date_to === "string" && { resolved_date_range: { date_to } }),
    };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}
