import { type JsonObject, sameJson } from "../../kernel/json.ts";
import { reflect } from "../../kernel/reflect.ts";
import type { Insight, LiveTile } from "../answers.ts";
import { isQueryDefault } from "../defaults.ts";
import { dashboardFields, insightFields, tileFields } from "./desired.ts";
import type { DashboardInputs, InsightTile, Tile } from "./inputs.ts";
import type { Observed } from "./observe.ts";

/** The fields of the dashboard that differ, as the body of a PATCH. Empty when none does. */
export function dashboardChanges(news: DashboardInputs, { dashboard }: Observed): JsonObject {
  const { name, description, tags } = dashboardFields(news);
  const changes: JsonObject = {};
  if (name !== dashboard.name?.trim()) changes.name = name;
  if (description.trim() !== (dashboard.description ?? "").trim()) changes.description = description;
  const mended = mendTags(dashboard.tags, tags);
  if (mended) changes.tags = mended;
  const cleared = clearFilters(dashboard.filters);
  if (cleared) changes.filters = cleared;
  return changes;
}

/** The fields of an insight that differ, as the body of a PATCH. Empty when none does. */
export function insightChanges(tile: InsightTile, news: DashboardInputs, live: Insight): JsonObject {
  const { name, description, query, tags } = insightFields(tile, news);
  const changes: JsonObject = {};
  if (name !== live.name?.trim()) changes.name = name;
  if (description.trim() !== (live.description ?? "").trim()) changes.description = description;
  if (!sameJson(reflect(query, live.query ?? {}, isQueryDefault), query)) changes.query = query;
  const mended = mendTags(live.tags, tags);
  if (mended) changes.tags = mended;
  return changes;
}

/** The entry of this tile in a PATCH of its dashboard; undefined when place and look are right. */
export function tileChanges(tile: Tile, live: LiveTile | undefined): JsonObject | undefined {
  const wanted = tileFields(tile);
  if (!live) return tile.kind === "text" ? { text: { body: tile.markdown }, ...wanted } : undefined;
  const changes: JsonObject = {};
  if (!samePlace(tile, live)) changes.layouts = wanted.layouts ?? {};
  if (tile.kind === "insight" && live.show_description !== true) changes.show_description = true;
  if (tile.kind === "text" && tile.markdown.trim() !== (live.text?.body ?? "").trim()) {
    // Without its number, PostHog makes a new text and points the tile at it.
    changes.text = { body: tile.markdown, ...(live.text?.id == null ? {} : { id: live.text.id }) };
  }
  if (live.color && !tile.color) changes.color = "";
  if (Object.keys(live.filters_overrides ?? {}).length > 0) changes.filters_overrides = {};
  return Object.keys(changes).length > 0 ? { id: live.id, ...changes } : undefined;
}

function samePlace({ place }: Tile, live: LiveTile): boolean {
  const { x, y, w, h } = live.layouts?.sm ?? {};
  return x === place.column && y === place.row && w === place.width && h === place.height;
}

/**
 * Tags with ours among them; undefined when they are. A live object without any tag is left alone: where the
 * organization has no tags, PostHog drops them without a word.
 */
function mendTags(live: string[] | null | undefined, ours: string[]): string[] | undefined {
  if (!live || live.length === 0) return undefined;
  const present = new Set(live.map((tag) => tag.trim().toLowerCase()));
  if (ours.every((tag) => present.has(tag))) return undefined;
  return [...ours, ...[...present].filter((tag) => !tag.startsWith("owner:") && !ours.includes(tag))];
}

/** PostHog ignores an empty `filters`: each key that was set by hand is cleared by name. */
function clearFilters(live: JsonObject | null | undefined): JsonObject | undefined {
  const set = Object.entries(live ?? {}).filter(
    ([, value]) => value !== null && !sameJson(value, []) && !sameJson(value, {}),
  );
  return set.length > 0 ? Object.fromEntries(set.map(([key]) => [key, null])) : undefined;
}
