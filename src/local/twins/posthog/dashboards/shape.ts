import { shownTiles, tileBasic, tilesOfButton, tilesOfText } from "../data/membership.ts";
import { shownTags } from "../data/tags.ts";
import { insightAnswer } from "../insights/shape.ts";
import { userBasic } from "../people/users.ts";
import type { DashboardRecord, TileRecord } from "../records.ts";
import type { World } from "../world.ts";
import { byPlace } from "./layout.ts";

/** A dashboard in a list: without tiles, filters and variables. Source: DashboardBasicSerializer. */
export function dashboardBasic(world: World, dashboard: DashboardRecord) {
  return {
    id: dashboard.id,
    name: dashboard.name,
    description: dashboard.description,
    pinned: dashboard.pinned,
    created_at: dashboard.created_at,
    created_by: userBasic(world, dashboard.created_by),
    last_accessed_at: dashboard.last_accessed_at,
    last_viewed_at: null,
    is_shared: false,
    deleted: dashboard.deleted,
    creation_mode: dashboard.creation_mode,
    tags: shownTags(world, dashboard.tags),
    restriction_level: dashboard.restriction_level,
    effective_restriction_level: dashboard.restriction_level,
    effective_privilege_level: 37,
    user_access_level: "manager",
    access_control_version: dashboard.restriction_level > 21 ? "v1" : "v2",
    last_refresh: null,
    team_id: world.project.id,
  };
}

export function dashboardAnswer(world: World, dashboard: DashboardRecord) {
  const orNull = (object: object) => (Object.keys(object).length > 0 ? object : null);
  return {
    ...dashboardBasic(world, dashboard),
    filters: dashboard.filters,
    variables: dashboard.variables,
    breakdown_colors: dashboard.breakdown_colors,
    data_color_theme_id: dashboard.data_color_theme_id,
    quick_filter_ids: dashboard.quick_filter_ids,
    persisted_filters: orNull(dashboard.filters),
    persisted_variables: orNull(dashboard.variables),
    tiles: byPlace(shownTiles(world, dashboard.id)).map((tile, order) => tileAnswer(world, dashboard, tile, order)),
  };
}

/** All fields of a tile except `deleted`, which no answer contains. Source: DashboardTileSerializer. */
export function tileAnswer(world: World, dashboard: DashboardRecord, tile: TileRecord, order: number | null = null) {
  const insight = tile.insight_id === null ? null : world.insights.get(tile.insight_id);
  return {
    id: tile.id,
    insight: insight === null ? null : insightAnswer(world, insight, { dashboard, tile }),
    text: tile.text_id === null ? null : textAnswer(world, tile.text_id),
    button_tile: tile.button_tile_id === null ? null : buttonAnswer(world, tile.button_tile_id),
    widget: null,
    layouts: tile.layouts,
    color: tile.color,
    filters_overrides: tile.filters_overrides,
    show_description: tile.show_description,
    transparent_background: tile.transparent_background,
    order,
    last_refresh: null,
    is_cached: false,
  };
}

function textAnswer(world: World, id: number) {
  const text = world.texts.get(id);
  if (text === null) return null;
  return {
    ...text,
    created_by: userBasic(world, text.created_by),
    last_modified_by: userBasic(world, text.last_modified_by),
    dashboard_tiles: tilesOfText(world, id).map(tileBasic),
    team: world.project.id,
  };
}

function buttonAnswer(world: World, id: string) {
  const button = world.buttons.get(id);
  if (button === null) return null;
  return {
    ...button,
    created_by: userBasic(world, button.created_by),
    last_modified_by: userBasic(world, button.last_modified_by),
    dashboard_tiles: tilesOfButton(world, id).map(tileBasic),
    team: world.project.id,
  };
}
