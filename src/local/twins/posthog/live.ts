import { byPlace } from "./dashboards/layout.ts";
import { shownTiles } from "./data/membership.ts";
import { shownTags } from "./data/tags.ts";
import type { AlertRecord, DashboardRecord, InsightRecord, TileRecord } from "./records.ts";
import type { World } from "./world.ts";

type Content =
  | { kind: "insight"; insight: InsightRecord }
  | { kind: "text"; body: string }
  | { kind: "button"; url: string; text: string };

export type LiveTile = Pick<TileRecord, "id" | "layouts" | "color" | "show_description"> & Content;

export interface LiveDashboard extends Omit<DashboardRecord, "tags"> {
  tags: readonly string[];
  /** In the order of their places on the dashboard. */
  tiles: LiveTile[];
}

/** What exists in the project: nothing deleted, queries as they were written. */
export interface Live {
  dashboards: LiveDashboard[];
  /** All that are not deleted, also those without a dashboard. */
  insights: InsightRecord[];
  alerts: AlertRecord[];
}

export function live(world: World): Live {
  const standing = world.dashboards.all().filter((dashboard) => !dashboard.deleted);
  return {
    dashboards: standing.map((dashboard) => ({
      ...dashboard,
      tags: shownTags(world, dashboard.tags),
      tiles: byPlace(shownTiles(world, dashboard.id)).map((tile) => liveTile(world, tile)),
    })),
    insights: world.insights.all().filter((insight) => !insight.deleted),
    alerts: world.alerts.all(),
  };
}

function liveTile(world: World, tile: TileRecord): LiveTile {
  const { id, layouts, color, show_description } = tile;
  return { id, layouts, color, show_description, ...contentOf(world, tile) };
}

function contentOf(world: World, tile: TileRecord): Content {
  const insight = tile.insight_id === null ? null : world.insights.get(tile.insight_id);
  if (insight !== null) return { kind: "insight", insight };
  const button = tile.button_tile_id === null ? null : world.buttons.get(tile.button_tile_id);
  if (button !== null) return { kind: "button", url: button.url, text: button.text };
  return { kind: "text", body: (tile.text_id === null ? null : world.texts.get(tile.text_id)?.body) ?? "" };
}
