import type { DashboardDefinition, InsightTile, TextTile } from "../../../insights/define/index.ts";
import { queryChange } from "../../../operate/changes/query/query.ts";
import { type JsonObject, sameJson } from "../../../resources/kernel/json.ts";
import { reflectQuery } from "../../../resources/posthog/query.ts";
import type { Live, LiveDashboard, LiveTile } from "../../twins/posthog/index.ts";

/** A dashboard in PostHog, compared with its file. */
export interface StandingDashboard {
  readonly definition: DashboardDefinition;
  /** Its number in PostHog; null while it does not exist there. */
  readonly id: number | null;
  readonly title: string;
  /** Changes made by hand, in words; empty when there are none. */
  readonly changes: readonly string[];
  readonly tiles: readonly StandingTile[];
}

export type StandingTile = StandingInsight | StandingText;

export interface StandingInsight {
  readonly key: string;
  readonly kind: "insight";
  readonly defined: InsightTile;
  readonly title: string;
  /** The query in PostHog: as defined, or as somebody changed it there. */
  readonly query: unknown;
  /** Differences from the file, in words; empty when there are none. */
  readonly changes: readonly string[];
  /** Whether its file was changed after the last `up`; the page then shows the file's version. */
  readonly isPending: boolean;
}

export interface StandingText {
  readonly key: string;
  readonly kind: "text";
  readonly defined: TextTile;
}

/** Ids of a dashboard and its insights in PostHog, from the stack's state. */
export interface DashboardIds {
  readonly id: number;
  /** Numbers of insights, by the tiles' keys. */
  readonly insightIds: Readonly<Record<string, number>>;
}

/**
 * Compares a definition with PostHog.
 * @param ids undefined before the first `up`
 * @param applied the definition of the last `up`, if it may differ: an edit of the file is not a change in PostHog
 */
export function standingDashboard(
  definition: DashboardDefinition,
  live: Live,
  ids: DashboardIds | undefined,
  applied: DashboardDefinition | undefined = definition,
): StandingDashboard {
  const dashboard = live.dashboards.find(({ id }) => id === ids?.id);
  const tiles = Object.entries(definition.tiles).map(([key, tile]): StandingTile => {
    if (tile.kind === "text") return { key, kind: "text", defined: tile };
    const shared = { key, kind: "insight", defined: tile } as const;
    const isPending = !sameJson(applied?.tiles[key], tile);
    const asWritten = { ...shared, title: tile.title, query: tile.query, changes: [], isPending };
    if (ids === undefined || isPending) return asWritten;
    return { ...shared, ...standing(tile, tileOf(dashboard, ids.insightIds[key])), isPending };
  });
  const isRetitled = applied.title !== definition.title;
  const title = isRetitled ? definition.title : (dashboard?.name ?? definition.title);
  return {
    definition,
    id: dashboard?.id ?? null,
    title,
    tiles,
    changes: [
      ...(ids !== undefined && dashboard === undefined ? ["It was deleted in PostHog."] : []),
      ...(title === definition.title ? [] : [`It was renamed in PostHog: its file says “${definition.title}”.`]),
    ],
  };
}

function tileOf(dashboard: LiveDashboard | undefined, insightId: number | undefined): LiveTile | undefined {
  return dashboard?.tiles.find((tile) => tile.kind === "insight" && tile.insight.id === insightId);
}

function standing(
  defined: InsightTile,
  tile: LiveTile | undefined,
): Pick<StandingInsight, "title" | "query" | "changes"> {
  if (tile?.kind !== "insight") {
    return { title: defined.title, query: defined.query, changes: ["It is missing in PostHog."] };
  }
  const { name, query } = tile.insight;
  const title = name ?? "";
  // Fields that PostHog adds and that have no visible effect are not changes.
  const seen = reflectQuery(defined.query as unknown as JsonObject, query as JsonObject);
  return {
    title,
    query,
    changes: [
      ...(title === defined.title ? [] : [`It was renamed in PostHog: its file says “${defined.title}”.`]),
      ...(sameJson(seen, defined.query) ? [] : queryWords(defined.query, seen)),
    ],
  };
}

function queryWords(defined: unknown, standing: unknown): string[] {
  const { words, consequence } = queryChange(defined, standing);
  return [
    `It was changed in PostHog: ${words.map(String).join("; ") || "its query differs"}.`,
    ...(consequence ? [String(consequence)] : []),
  ];
}
