import { z } from "zod";
import { shownTiles } from "../data/membership.ts";
import { bareDetail, invalid, notFound } from "../http/errors.ts";
import { choice, integer, list, parseFields, text } from "../http/fields.ts";
import type { Caller } from "../http/keys.ts";
import type { DashboardRecord, JsonObject, TileRecord } from "../records.ts";
import type { World } from "../world.ts";
import { compacted, reordered } from "./layout.ts";
import { putTile } from "./patch-tiles.ts";

/** Actions on tiles beside PATCH. Source: products/dashboards/backend/api/dashboard.py, DashboardsViewSet. */

const box = z.object({ x: integer(), y: integer(), w: integer(), h: integer() }).partial();
/** Unlike PATCH, these store only known fields of a layout. */
const layouts = z.object({ sm: box, xs: box }).partial();
const body = text({ max: 4000, blank: false, tooLong: "Text body cannot exceed 4000 characters" });
const color = text({ max: 400, tooLong: "Color cannot exceed 400 characters" }).nullable();

const newText = z.object({ body, layouts: layouts.optional(), color: color.optional() });
const changedText = newText.partial().extend({ tile_id: integer() });

export function createTextTile(
  world: World,
  dashboard: DashboardRecord,
  written: JsonObject,
  caller: Caller,
): TileRecord {
  const { body: markdown, ...looks } = parseFields(newText, written);
  const id = world.texts.nextId();
  const at = world.timestamp();
  world.texts.put({ id, body: markdown, created_by: caller.userId, last_modified_by: null, last_modified_at: at });
  return putTile(world, dashboard, looks, { text_id: id });
}

export function updateTextTile(
  world: World,
  dashboard: DashboardRecord,
  written: JsonObject,
  caller: Caller,
): TileRecord {
  const { tile_id, body: markdown, ...looks } = parseFields(changedText, written);
  const tile = requireTile(world, dashboard, tile_id);
  const before = tile.text_id === null ? null : world.texts.get(tile.text_id);
  if (before === null) throw invalid("Tile is not a text tile.");
  world.texts.put({
    ...before,
    ...(markdown === undefined ? {} : { body: markdown }),
    last_modified_by: caller.userId,
    last_modified_at: world.timestamp(),
  });
  return putTile(world, dashboard, { id: tile.id, ...looks }, { text_id: before.id });
}

/** A soft delete that closes the gap: other tiles may move up. */
export function deleteTile(world: World, dashboard: DashboardRecord, body: JsonObject): void {
  const tile = requireTile(world, dashboard, parseFields(z.object({ tile_id: integer() }), body).tile_id);
  world.tiles.put({ ...tile, deleted: true });
  const remaining = world.tiles.where("dashboard_id", dashboard.id).filter((it) => it.deleted !== true);
  for (const [id, moved] of compacted(remaining)) {
    const other = remaining.find((it) => it.id === id);
    if (other !== undefined) world.tiles.put({ ...other, layouts: moved });
  }
}

const move = z.object({ to_dashboard: integer(), tile: z.object({ id: integer() }) });

export function moveTile(world: World, dashboard: DashboardRecord, body: JsonObject): void {
  const { to_dashboard, tile: named } = parseFields(move, body);
  const tile = requireTile(world, dashboard, named.id);
  const destination = requireDashboard(world, to_dashboard);
  for (const same of sameContent(world, tile, destination.id)) {
    if (same.deleted !== true) throw invalid("Invalid request data for moving tile.");
    world.tiles.delete(same.id);
  }
  world.tiles.put({ ...tile, dashboard_id: destination.id });
}

const copy = z.object({ fromDashboardId: integer(), tileId: integer() });

export function copyTile(world: World, destination: DashboardRecord, body: JsonObject): void {
  const { fromDashboardId, tileId } = parseFields(copy, body);
  if (fromDashboardId === destination.id) {
    throw invalid("Destination must be a different dashboard than the source.");
  }
  const tile = requireTile(world, requireDashboard(world, fromDashboardId), tileId);
  if (tile.button_tile_id !== null) {
    throw invalid("Only insight, text, and widget tiles can be copied between dashboards.");
  }
  const there = sameContent(world, tile, destination.id)[0];
  if (there !== undefined && there.deleted !== true) {
    throw invalid(
      `This ${tile.insight_id === null ? "text card" : "insight"} is already on the destination dashboard.`,
    );
  }
  world.tiles.put({ ...tile, id: there?.id ?? world.tiles.nextId(), dashboard_id: destination.id, deleted: false });
}

const order = z.object({
  tile_order: list(integer()).refine((ids) => ids.length > 0, "This list may not be empty."),
  layout: choice(["preserve", "two_column", "full_width"]).optional(),
});

export function reorderTiles(world: World, dashboard: DashboardRecord, body: JsonObject): void {
  const { tile_order: ids, layout = "preserve" } = parseFields(order, body);
  if (new Set(ids).size < ids.length) throw bareDetail(400, "tile_order must contain unique tile IDs");
  const own = new Map(shownTiles(world, dashboard.id).map((tile) => [tile.id, tile]));
  const unknown = ids.filter((id) => !own.has(id)).sort((a, b) => a - b);
  if (unknown.length > 0) throw bareDetail(404, `Tile IDs not found on this dashboard: [${unknown.join(", ")}]`);
  const tiles = ids.flatMap((id) => own.get(id) ?? []);
  const places = reordered(tiles, layout);
  for (const [index, tile] of tiles.entries()) world.tiles.put({ ...tile, layouts: places[index] ?? {} });
}

function sameContent(world: World, tile: TileRecord, dashboardId: number): TileRecord[] {
  return world.tiles
    .where("dashboard_id", dashboardId)
    .filter(
      (other) =>
        other.insight_id === tile.insight_id &&
        other.text_id === tile.text_id &&
        other.button_tile_id === tile.button_tile_id,
    );
}

function requireTile(world: World, dashboard: DashboardRecord, id: number): TileRecord {
  const tile = world.tiles.get(id);
  if (tile === null || tile.dashboard_id !== dashboard.id || tile.deleted) throw notFound();
  return tile;
}

function requireDashboard(world: World, id: number): DashboardRecord {
  const dashboard = world.dashboards.get(id);
  if (dashboard === null || dashboard.deleted) throw notFound();
  return dashboard;
}
