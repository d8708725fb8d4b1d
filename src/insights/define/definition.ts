import {
  type DashboardDefinition as Defined,
  picked,
  type TileDefinition,
  type TileLooks,
  tileLooks,
} from "../../model/posthog/dashboard.ts";
import type { Place } from "../../model/posthog/places.ts";
import type { InsightQuery } from "./query.ts";

/** Stands for a title, question or reading that nobody has written yet; PostHog shows nothing there. Adopted dashboards have some. */
export const notWritten = "(not written yet)";

/** A dashboard as plain data: what is drawn, evaluated, compared and sent to PostHog. */
export interface DashboardDefinition extends Omit<Defined, "tiles"> {
  /** By a stable key each: a renamed title keeps its tile, a renamed key makes a new one. */
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
 * For `row`, of a tile that stands below all others: `dashboard` puts the number in its place.
 *
 * @example place: { column: 0, row: belowAllTiles, width: 12, height: 3 }
 */
export const belowAllTiles = Number.POSITIVE_INFINITY;

/** On PostHog's grid: a place whose column and width are checked by the compiler; that it ends inside of the grid is checked later. */
export interface GridPlace extends Place {
  readonly column: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11;
  readonly width: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12;
}

/** What each tile with a chart states beside its question. */
export interface InsightTileOptions extends TileLooks {
  /** At the top of the tile. */
  readonly title: string;
  /** One sentence: what it shows, and what a bad value means. */
  readonly reading: string;
  readonly place: GridPlace;
}

/** The looks among a tile's options, for a builder to pass on. */
export const looksOf = (options: TileLooks): TileLooks =>
  picked(options, Object.keys(tileLooks) as (keyof TileLooks)[]);

export type { DashboardLooks, TileLooks } from "../../model/posthog/dashboard.ts";
export type { Place } from "../../model/posthog/places.ts";
