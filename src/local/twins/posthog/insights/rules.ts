import { randomInt, randomUUID } from "node:crypto";
import { z } from "zod";
import { newTile, tilesOfInsight } from "../data/membership.ts";
import { storedTags, tagsField } from "../data/tags.ts";
import { forbidden, invalid } from "../http/errors.ts";
import { danglingReference, definedFields, flag, integer, json, list, parseFields, text } from "../http/fields.ts";
import type { Caller } from "../http/keys.ts";
import { alertableKind, isObject } from "../queries/source.ts";
import type { DashboardRecord, InsightRecord, JsonObject } from "../records.ts";
import type { World } from "../world.ts";

/** Source of all of it: products/product_analytics/backend/api/insight.py, InsightSerializer. */
const written = z.object({
  name: text({ max: 400 }).nullable().optional(),
  derived_name: text({ max: 400 }).nullable().optional(),
  description: text({ max: 400 }).nullable().optional(),
  query: json().optional(),
  order: integer().nullable().optional(),
  deleted: flag().optional(),
  favorited: flag().optional(),
  saved: flag().optional(),
  tags: tagsField().optional(),
  dashboards: list(integer()).optional(),
});

export function createInsight(world: World, body: JsonObject, caller: Caller): InsightRecord {
  const fields = parseFields(written, body);
  const query = readQuery(world, body);
  const dashboards = (fields.dashboards ?? []).map((id) => requireDashboard(world, id));
  const at = world.timestamp();
  const insight = world.insights.put({
    id: world.insights.nextId(),
    short_id: shortId(),
    name: fields.name ?? null,
    // The web app makes it up and sends it; PostHog never does.
    derived_name: fields.derived_name ?? null,
    description: fields.description ?? null,
    query: query ?? null,
    order: fields.order ?? null,
    deleted: fields.deleted ?? false,
    tags: storedTags(world, fields.tags, []),
    favorited: fields.favorited ?? false,
    saved: fields.saved ?? true,
    is_sample: false,
    created_by: caller.userId,
    created_at: at,
    updated_at: at,
    last_modified_at: at,
    last_modified_by: caller.userId,
  });
  for (const dashboard of dashboards) showOn(world, insight, dashboard);
  return insight;
}

export function updateInsight(world: World, before: InsightRecord, body: JsonObject, caller: Caller): InsightRecord {
  const { dashboards, tags, query: _, ...fields } = parseFields(written, body);
  const query = readQuery(world, body);
  const at = world.timestamp();
  if (fields.deleted === true) {
    hideEverywhere(world, before.id);
    deleteAlerts(world, before.id);
  } else if (dashboards !== undefined) {
    replaceDashboards(world, before, dashboards);
  }
  const after = world.insights.put({
    ...before,
    ...definedFields(fields),
    ...(query === undefined ? {} : { query }),
    tags: storedTags(world, tags, before.tags),
    // any update makes an insight a saved one, unless it says otherwise
    saved: fields.saved ?? true,
    is_sample: false,
    updated_at: at,
    ...(material.some((key) => key in body) ? { last_modified_at: at, last_modified_by: caller.userId } : {}),
  });
  if (alertableKind(after.query) === null) deleteAlerts(world, after.id);
  return after;
}

/** What counts as a modification; a query does not. Source: Insight.MATERIAL_INSIGHT_FIELDS. */
const material = ["name", "description", "filters"];

/** `undefined`: the body says nothing about it. */
function readQuery(world: World, body: JsonObject): JsonObject | null | undefined {
  if (body.query === undefined || body.query === null) {
    if (isObject(body.filters) && Object.keys(body.filters).length > 0) {
      throw forbidden("Creating or updating insights with legacy filters is not available for this user.");
    }
    return body.query as null | undefined;
  }
  if (!isObject(body.query)) throw invalid("Query must be a valid JSON object", "query");
  const wrong = world.validateQuery(body.query);
  if (wrong !== null) throw invalid(wrong, "query");
  return body.query;
}

/** `dashboards` is the whole set: missing ones lose their tile softly, a returning one gets its old tile back. */
function replaceDashboards(world: World, insight: InsightRecord, ids: readonly number[]): void {
  const wanted = ids.map((id) => requireDashboard(world, id));
  const shown = tilesOfInsight(world, insight.id);
  for (const tile of shown) {
    if (!ids.includes(tile.dashboard_id)) world.tiles.put({ ...tile, deleted: true });
  }
  for (const dashboard of wanted) {
    if (!shown.some((tile) => tile.dashboard_id === dashboard.id)) showOn(world, insight, dashboard);
  }
}

function showOn(world: World, insight: InsightRecord, dashboard: DashboardRecord): void {
  const old = world.tiles.where("insight_id", insight.id).find((tile) => tile.dashboard_id === dashboard.id);
  if (old === undefined) {
    world.tiles.put({ ...newTile(world.tiles.nextId(), dashboard.id), insight_id: insight.id });
  } else if (old.deleted) {
    world.tiles.put({ ...old, deleted: false });
  }
}

function requireDashboard(world: World, id: number): DashboardRecord {
  const dashboard = world.dashboards.get(id);
  if (dashboard === null || dashboard.deleted) throw danglingReference(id, "dashboards");
  return dashboard;
}

function hideEverywhere(world: World, insightId: number): void {
  for (const tile of world.tiles.where("insight_id", insightId)) world.tiles.put({ ...tile, deleted: true });
}

function deleteAlerts(world: World, insightId: number): void {
  for (const alert of world.alerts.where("insight_id", insightId)) world.alerts.delete(alert.id);
}

/** Eight letters and digits, never digits alone: a number in a path is looked up as an id first. */
function shortId(): string {
  const letter = () => "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[randomInt(52)];
  return letter() + randomUUID().replaceAll("-", "").slice(0, 7);
}
