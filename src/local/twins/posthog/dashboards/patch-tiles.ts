import { randomUUID } from "node:crypto";
import { z } from "zod";
import { newTile } from "../data/membership.ts";
import { invalid, serverError } from "../http/errors.ts";
import { choice, parseFields, text } from "../http/fields.ts";
import type { Caller } from "../http/keys.ts";
import { isObject } from "../queries/source.ts";
import type { DashboardRecord, JsonObject, TileRecord } from "../records.ts";
import type { World } from "../world.ts";

/**
 * `tiles` of a PATCH on a dashboard. It changes layout and colour of existing tiles, adds and changes texts and
 * buttons, and ignores with 200 everything that it does not know: a new insight tile, an id of another dashboard.
 * Source: products/dashboards/backend/api/dashboard.py, _update_tiles.
 */
export function patchTiles(world: World, dashboard: DashboardRecord, tiles: readonly unknown[], caller: Caller): void {
  for (const entry of tiles) {
    if (!isObject(entry)) throw invalid("Invalid data. Expected a dictionary.", "tiles");
    if (isObject(entry.text)) {
      putTile(world, dashboard, entry, { text_id: putText(world, dashboard, entry.text, caller) });
    } else if (isObject(entry.button_tile)) {
      putTile(world, dashboard, entry, { button_tile_id: putButton(world, dashboard, entry.button_tile, caller) });
    } else if (isObject(entry.widget)) {
      throw invalid("Dashboard widgets are not enabled for this project.", "widget");
    } else {
      paint(world, dashboard, entry);
    }
  }
}

const displayFields = [
  "color",
  "layouts",
  "filters_overrides",
  "show_description",
  "transparent_background",
  "deleted",
];

/**
 * Stored unchanged: PostHog checks none of these on this path. The database does: a tile's colour is a varchar(400).
 */
export function display(entry: JsonObject): Partial<TileRecord> {
  const { color } = entry;
  if (typeof color === "string" && ([...color].length > 400 || color.includes("\0") || !color.isWellFormed()))
    throw serverError();
  return Object.fromEntries(Object.entries(entry).filter(([key]) => displayFields.includes(key)));
}

function paint(world: World, dashboard: DashboardRecord, entry: JsonObject): void {
  const tile = ownTile(world, dashboard, entry.id);
  if (tile !== null) world.tiles.put({ ...tile, ...display(entry) });
}

/** Also finds a removed tile: a PATCH with `deleted: false` restores it. */
function ownTile(world: World, dashboard: DashboardRecord, id: unknown): TileRecord | null {
  const tile = typeof id === "number" ? world.tiles.get(id) : null;
  return tile?.dashboard_id === dashboard.id ? tile : null;
}

type Content = Pick<TileRecord, "text_id"> | Pick<TileRecord, "button_tile_id">;

/** Without an id, or with an id of another dashboard, a new tile is made. */
export function putTile(world: World, dashboard: DashboardRecord, entry: JsonObject, content: Content): TileRecord {
  const tile = ownTile(world, dashboard, entry.id) ?? newTile(world.tiles.nextId(), dashboard.id);
  return world.tiles.put({ ...tile, ...display(entry), ...content });
}

const textFields = z.object({
  body: text({ max: 4000, tooLong: "Text body cannot exceed 4000 characters" }).nullable().optional(),
});

/** A text without an id is a new one, also for a tile that has a text: the tile then refers to the new one. */
function putText(world: World, dashboard: DashboardRecord, fields: JsonObject, caller: Caller): number {
  const { body } = parseFields(textFields, fields, ["text"]);
  const at = world.timestamp();
  if (!fields.id) {
    const id = world.texts.nextId();
    world.texts.put({
      id,
      body: body ?? null,
      created_by: caller.userId,
      last_modified_by: null,
      last_modified_at: at,
    });
    return id;
  }
  const text = typeof fields.id === "number" ? world.texts.get(fields.id) : null;
  if (text === null) throw invalid("Text tile not found in this team.", "text");
  if (!world.tiles.where("text_id", text.id).some((tile) => tile.dashboard_id === dashboard.id && !tile.deleted)) {
    throw invalid("Text tile not found.", "text");
  }
  world.texts.put({
    ...text,
    ...(body === undefined ? {} : { body }),
    last_modified_by: fields.created_by ? caller.userId : null,
    last_modified_at: at,
  });
  return text.id;
}

const buttonFields = z.object({
  url: text({ max: 2000, blank: false }).refine(isUrlOrPath, "Must be a valid URL or a pathname starting with /"),
  text: text({ max: 200, blank: false }),
  placement: choice(["left", "right"]).optional(),
  style: choice(["primary", "secondary"]).optional(),
});

function isUrlOrPath(value: string): boolean {
  if (value.startsWith("/")) return true;
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

function putButton(world: World, dashboard: DashboardRecord, fields: JsonObject, caller: Caller): string {
  const {
    url,
    text: label,
    placement = "left",
    style = "primary",
  } = parseFields(buttonFields, fields, ["button_tile"]);
  const changed = { url, text: label, placement, style, last_modified_at: world.timestamp() };
  if (!fields.id) {
    const id = randomUUID();
    world.buttons.put({ id, ...changed, created_by: caller.userId, last_modified_by: null });
    return id;
  }
  const button = typeof fields.id === "string" ? world.buttons.get(fields.id) : null;
  if (button === null) throw invalid("Button tile not found in this team.", "button_tile");
  if (
    !world.tiles.where("button_tile_id", button.id).some((tile) => tile.dashboard_id === dashboard.id && !tile.deleted)
  ) {
    throw invalid("Button tile not found.", "button_tile");
  }
  world.buttons.put({ ...button, ...changed, last_modified_by: caller.userId });
  return button.id;
}
