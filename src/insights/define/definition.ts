import type { InsightQuery } from "./query.ts";

/** A dashboard as plain data: what is drawn, evaluated, compared and sent to PostHog. */
export interface DashboardDefinition {
  /** Stable name in lower-case words joined by `-`; the definition lives in `dashboards/<key>.ts`. */
  readonly key: string;
  readonly title: string;
  /** Team that answers for it. */
  readonly owner: string;
  /** The question that the whole dashboard answers; becomes its description. */
  readonly question: string;
  /** By a stable key each: a renamed title keeps its tile, a renamed key makes a new one. */
  readonly tiles: Readonly<Record<string, Tile>>;
}

export type Tile = InsightTile | TextTile;

export interface InsightTile<Query extends InsightQuery = InsightQuery> {
  readonly kind: "insight";
  readonly title: string;
  /** One sentence for whoever looks at the chart: what it shows, and what a bad value means. */
  readonly reading: string;
  readonly query: Query;
  readonly place: Place;
}

export interface TextTile {
  readonly kind: "text";
  /** Markdown, at most {@link longestText} characters. */
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

/** Characters that PostHog stores in a text tile (PostHog: products/dashboards/backend/api/dashboard.py, create_text_tile). */
export const longestText = 4000;

/** A place whose column and width are checked by the compiler; that it ends inside of the grid is checked later. */
export interface GridPlace extends Place {
  readonly column: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11;
  readonly width: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12;
}

/** What each tile with a chart states beside its question. */
export interface InsightTileOptions {
  /** At the top of the tile. */
  readonly title: string;
  /** One sentence: what it shows, and what a bad value means. */
  readonly reading: string;
  readonly place: GridPlace;
}
