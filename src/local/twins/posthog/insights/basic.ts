import { tileBasic, tilesOfInsight } from "../data/membership.ts";
import { shownTags } from "../data/tags.ts";
import { userBasic } from "../people/users.ts";
import { upgradeQuery } from "../queries/upgrade.ts";
import type { InsightRecord } from "../records.ts";
import type { World } from "../world.ts";

/** An insight without results, as `?basic=true` and alerts show it. */
export function insightBasic(world: World, insight: InsightRecord) {
  const tiles = tilesOfInsight(world, insight.id);
  return {
    id: insight.id,
    short_id: insight.short_id,
    name: insight.name,
    derived_name: insight.derived_name,
    filters: {},
    query: upgradeQuery(insight.query),
    dashboards: tiles.map((tile) => tile.dashboard_id),
    dashboard_tiles: tiles.map(tileBasic),
    description: insight.description,
    last_refresh: null,
    refreshing: false,
    saved: insight.saved,
    tags: shownTags(world, insight.tags),
    updated_at: insight.updated_at,
    created_by: userBasic(world, insight.created_by),
    created_at: insight.created_at,
    last_modified_at: insight.last_modified_at,
    favorited: insight.favorited,
    user_access_level: "manager",
    last_viewed_at: null,
  };
}
