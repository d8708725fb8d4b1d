import { z } from "zod";
import { shownTiles } from "../data/membership.ts";
import { storedTags, tagsField } from "../data/tags.ts";
import { invalid } from "../http/errors.ts";
import { definedFields, flag, integer, json, list, parseFields, text } from "../http/fields.ts";
import type { Caller } from "../http/keys.ts";
import { isObject } from "../queries/source.ts";
import type { DashboardRecord, JsonObject } from "../records.ts";
import type { World } from "../world.ts";
import { patchTiles } from "./patch-tiles.ts";

/** Source of this file: products/dashboards/backend/api/dashboard.py, DashboardSerializer. */
const requestFields = z.object({
  name: text({ max: 400 }).nullable().optional(),
  description: text().optional(),
  pinned: flag().optional(),
  deleted: flag().optional(),
  delete_insights: flag().optional(),
  tags: tagsField().optional(),
  breakdown_colors: json().optional(),
  data_color_theme_id: integer().nullable().optional(),
  quick_filter_ids: list(text()).nullable().optional(),
  restriction_level: integer()
    .pipe(z.union([z.literal(21), z.literal(37)], { error: "Not a valid choice." }))
    .optional(),
  use_template: text().optional(),
  use_dashboard: integer().nullable().optional(),
});

/** `tiles` in the body is ignored: a new dashboard is empty, or a copy of `use_dashboard`. */
export function createDashboard(world: World, body: JsonObject, caller: Caller): DashboardRecord {
  const fields = parseFields(requestFields, body);
  if (fields.use_dashboard && fields.use_template) {
    throw invalid("`use_dashboard` and `use_template` cannot be used together");
  }
  if (fields.use_template) throw invalid(`Invalid template provided: ${fields.use_template}`, "use_template");
  const model = fields.use_dashboard ? world.dashboards.get(fields.use_dashboard) : null;
  if (fields.use_dashboard && (model === null || model.deleted))
    throw invalid("Invalid value provided", "use_dashboard");

  const dashboard = world.dashboards.put({
    id: world.dashboards.nextId(),
    name: fields.name ?? null,
    description: fields.description ?? "",
    pinned: fields.pinned ?? false,
    last_accessed_at: null,
    deleted: fields.deleted ?? false,
    creation_mode: model === null ? "default" : "duplicate",
    filters: filtersIn(body, "filters") ?? model?.filters ?? {},
    variables: model?.variables ?? {},
    breakdown_colors: fields.breakdown_colors ?? model?.breakdown_colors ?? [],
    data_color_theme_id: fields.data_color_theme_id ?? model?.data_color_theme_id ?? null,
    tags: storedTags(world, fields.tags, []),
    restriction_level: fields.restriction_level ?? 21,
    quick_filter_ids: fields.quick_filter_ids ?? model?.quick_filter_ids ?? [],
    created_by: caller.userId,
    created_at: world.timestamp(),
  });
  for (const tile of model === null ? [] : shownTiles(world, model.id)) {
    world.tiles.put({ ...tile, id: world.tiles.nextId(), dashboard_id: dashboard.id });
  }
  return dashboard;
}

export function updateDashboard(
  world: World,
  before: DashboardRecord,
  body: JsonObject,
  caller: Caller,
): DashboardRecord {
  const { tags, delete_insights, use_template: _, use_dashboard: __, ...fields } = parseFields(requestFields, body);
  if (before.deleted && fields.deleted === false) restoreTiles(world, before.id);
  if (fields.deleted === true) deleteTiles(world, before.id, delete_insights ?? false);
  const after = world.dashboards.put({
    ...before,
    ...definedFields(fields),
    quick_filter_ids: fields.quick_filter_ids === undefined ? before.quick_filter_ids : (fields.quick_filter_ids ?? []),
    tags: storedTags(world, tags, before.tags),
    filters: filtersIn(body, "filters") ?? before.filters,
    variables: filtersIn(body, "variables") ?? before.variables,
  });
  if (body.tiles !== undefined) {
    if (!Array.isArray(body.tiles)) throw invalid("Expected a list of items.", "tiles");
    patchTiles(world, after, body.tiles, caller);
  }
  return after;
}

/** Read from the raw body and ignored when empty: once set, it cannot be cleared with `{}`. */
function filtersIn(body: JsonObject, field: "filters" | "variables"): JsonObject | null {
  const value = body[field];
  if (value === undefined || value === null) return null;
  const name = field === "filters" ? "Filters" : "Variables";
  if (!isObject(value)) throw invalid(`${name} must be a dictionary`, field);
  return Object.keys(value).length > 0 ? value : null;
}

function deleteTiles(world: World, dashboardId: number, insightsToo: boolean): void {
  if (insightsToo) {
    for (const { insight_id } of shownTiles(world, dashboardId)) {
      const insight = insight_id === null ? null : world.insights.get(insight_id);
      if (insight === null) continue;
      const elsewhere = world.tiles.where("insight_id", insight.id).filter((tile) => tile.deleted !== true);
      if (elsewhere.length === 1) world.insights.put({ ...insight, deleted: true });
    }
  }
  for (const tile of world.tiles.where("dashboard_id", dashboardId)) world.tiles.put({ ...tile, deleted: true });
}

/** Restoring brings back every tile that the dashboard ever had, also those removed earlier, and their insights. */
function restoreTiles(world: World, dashboardId: number): void {
  for (const tile of world.tiles.where("dashboard_id", dashboardId)) {
    world.tiles.put({ ...tile, deleted: false });
    const insight = tile.insight_id === null ? null : world.insights.get(tile.insight_id);
    if (insight?.deleted) world.insights.put({ ...insight, deleted: false });
  }
}
