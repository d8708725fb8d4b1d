import { defined } from "./defined.ts";
import type { InsightQuery } from "./query.ts";

/**
 * What a dashboard shows beyond its words and tiles. Usually it is left to PostHog; an adopted dashboard states what
 * somebody had set there, since a look that no definition states is drift.
 */
export interface DashboardLooks {
  /** Filters over all tiles, as PostHog's `DashboardFilter`. */
  readonly filters?: object;
  /** Values of the variables of SQL insights, by the variable's id. */
  readonly variables?: object;
  /** Colours of breakdown values, as PostHog keeps them. */
  readonly breakdownColors?: readonly object[];
  /** Number of a data colour theme. */
  readonly colorTheme?: number;
  /** Ids of quick filters. */
  readonly quickFilters?: readonly string[];
  /** Tiles that no definition can make, such as buttons, and that stay as they are: their numbers by a name. */
  readonly leftAlone?: Readonly<Record<string, number>>;
}

/** The same for one tile. */
export interface TileLooks {
  /** PostHog's name of a colour: "blue". Default: none. */
  readonly color?: string;
  /** Filters of this tile alone, over those of the dashboard. */
  readonly filtersOverrides?: object;
  /** The reading is not shown below the title. */
  readonly readingHidden?: true;
  readonly transparentBackground?: true;
  /** Its place is left to PostHog's app; `place` is where pictures show it. */
  readonly handPlaced?: true;
}

/** Stands for a title, question or reading that nobody has written yet; PostHog shows nothing there. Adopted dashboards have some. */
export const notWritten = "(not written yet)";

/** A dashboard as plain data: what is drawn, evaluated, compared and sent to PostHog. */
export interface DashboardDefinition extends DashboardLooks {
  /** Stable name in lower-case words joined by `-`; the definition lives in `dashboards/<key>.ts`. */
  readonly key: string;
  readonly title: string;
  /** Team that answers for it. */
  readonly owner: string;
  /** The question that the whole dashboard answers; becomes its description. */
  readonly question: string;
  /** By a stable key each: a renamed title keeps its tile, a renamed key makes a new one. */
  readonly tiles: Readonly<Record<string, Tile>>;
  /**
   * It was made by hand in PostHog, and `obs import` took it over with its words, looks and places as they were. Rules of
   * style leave it alone, and PostHog is told whose it is with the next change of it. Remove this once it is written anew.
   */
  readonly adopted?: true;
  /** Problems of tiles that are known and accepted for now, by the tile's key, in the words of the check. */
  readonly accepted?: { readonly [tileKey: string]: readonly string[] | undefined };
}

export type Tile = InsightTile | TextTile;

export interface InsightTile<Query extends InsightQuery = InsightQuery> extends TileLooks {
  readonly kind: "insight";
  readonly title: string;
  /** One sentence for whoever looks at the chart: what it shows, and what a bad value means. */
  readonly reading: string;
  readonly query: Query;
  readonly place: Place;
}

export interface TextTile extends TileLooks {
  readonly kind: "text";
  /** Markdown, at most 4000 characters. */
  readonly markdown: string;
  readonly place: Place;
}

/** Rectangle on PostHog's grid of {@link gridColumns} columns. Rows have a fixed height and start at 0, as columns do. */
export interface Place {
  readonly column: number;
  readonly row: number;
  readonly width: number;
  readonly height: number;
}

/** PostHog: layout `sm` of a dashboard. */
export const gridColumns = 12;

/**
 * For `row`, of a tile that stands below all others: `dashboard` puts the number in its place.
 *
 * @example place: { column: 0, row: belowAllTiles, width: 12, height: 3 }
 */
export const belowAllTiles = Number.POSITIVE_INFINITY;

/** A place whose column and width are checked by the compiler; that it ends inside of the grid is checked later. */
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
export function looksOf(options: TileLooks): TileLooks {
  const { color, filtersOverrides, readingHidden, transparentBackground, handPlaced } = options;
  return defined({ color, filtersOverrides, readingHidden, transparentBackground, handPlaced });
}
