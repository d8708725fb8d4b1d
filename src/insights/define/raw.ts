import { type InsightTile, type InsightTileOptions, looksOf } from "./definition.ts";
import type { InsightQuery, RawQuery } from "./query.ts";

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
