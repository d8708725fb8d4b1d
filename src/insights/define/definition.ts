import {
  type DashboardDefinition as Defined,
  picked,
  type TileDefinition,
  type TileLooks,
  tileLooks,
} from "../../model/posthog/dashboard.ts";
import type { Place } from "../../model/posthog/places.ts";
import type { InsightQuery, RawQuery } from "./query.ts";

/** Placeholder for a missing title, question or reading, which PostHog shows as empty. Adopted dashboards have some. */
export const notWritten = "(not written yet)";

/** A dashboard as plain data, which is drawn, evaluated, compared and sent to PostHog. */
export interface DashboardDefinition extends Omit<Defined, "tiles"> {
  /** Tiles by a stable key: a new title changes the tile, a new key creates another one. */
  readonly tiles: Readonly<Record<string, Tile>>;
  /**
   * Problems of tiles that are known and accepted for now, by the tile's key, in the words of the check.
   * @default none
   */
  readonly accepted?: { readonly [tileKey: string]: readonly string[] | undefined };
}

export type Tile = InsightTile | TextTile;

export interface InsightTile<Query extends InsightQuery = InsightQuery>
  extends Omit<Extract<TileDefinition, { kind: "insight" }>, "query"> {
  readonly query: Query;
}

export type TextTile = Extract<TileDefinition, { kind: "text" }>;

/**
 * A value for `row` that puts a tile below all others: `dashboard` replaces it by the number.
 *
 * @example place: { column: 0, row: belowAllTiles, width: 12, height: 3 }
 */
export const belowAllTiles = Number.POSITIVE_INFINITY;

/**
 * A place on PostHog's grid. The compiler checks column and width; whether it ends inside the grid is checked later.
 */
export interface GridPlace extends Place {
  readonly column: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11;
  readonly width: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12;
}

/** What each tile with a chart states besides its query. */
export interface InsightTileOptions extends TileLooks {
  /** At the top of the tile. */
  readonly title: string;
  /** One sentence: what it shows, and what a bad value means. */
  readonly reading: string;
  readonly place: GridPlace;
}

/** The visual options of a tile, for a builder to pass on. */
export const looksOf = (options: TileLooks): TileLooks =>
  picked(options, Object.keys(tileLooks) as (keyof TileLooks)[]);

export type { DashboardLooks, TileLooks } from "../../model/posthog/dashboard.ts";
export type { Place } from "../../model/posthog/places.ts";

export interface RawInsightOptions extends InsightTileOptions {
  /** PostHog's own query JSON. */
  readonly query: RawQuery;
}

/**
 * An insight with PostHog's own query JSON, for what the other builders cannot say: SQL, retention, paths, filters on
 * people, events that are no part of the catalog. Cannot carry an alert that is written here.
 *
 * @example
 * rawInsight({
 *   title: "Events by name",
 *   reading: "What came in during the last week.",
 *   query: { kind: "DataTableNode", source: { kind: "HogQLQuery", query: "select event, count() from events group by event" } },
 *   place: { column: 0, row: 0, width: 12, height: 5 },
 * });
 */
export function rawInsight({ title, reading, query, place, ...looks }: RawInsightOptions): InsightTile {
  // Readers of a tile's query inspect its contents, because definitions may hold imported queries.
  return { kind: "insight", title, reading, query: query as InsightQuery, place, ...looksOf(looks) };
}

export interface TextOptions extends TileLooks {
  /** Markdown as PostHog shows it, at most 4000 characters. */
  readonly markdown: string;
  readonly place: GridPlace;
}

/**
 * A tile that explains instead of counting.
 *
 * @example text({ markdown: "## Where to look first", place: { column: 0, row: 0, width: 12, height: 2 } });
 */
export function text({ markdown, place, ...looks }: TextOptions): TextTile {
  return { kind: "text", markdown, place, ...looksOf(looks) };
}
