import { stripped } from "../../../model/text.ts";
import { type JsonObject, sameJson } from "../../kernel/json.ts";
import type { Insight, LiveTile } from "../answers.ts";
import { reflectQuery } from "../query.ts";
import { hasTags, missingTags, normalizedTag, stackTag } from "../tags.ts";
import { dashboardFields, insightFields, layoutsOf, tileFields } from "./desired.ts";
import type { DashboardInputs, InsightTile, Tile } from "./inputs.ts";
import { lookChanges, reflectObject } from "./looks.ts";
import type { LiveDashboardParts } from "./observe.ts";
import { sameText, sameTitle } from "./words.ts";

/** Fields of a PATCH: the changes, and fields that are added only when there are changes. */
export interface Changes {
  needed: JsonObject;
  along: JsonObject;
}

/** The changed fields of the dashboard. Only the owner marks of an adopted dashboard can wait. */
export function dashboardChanges(news: DashboardInputs, observed: LiveDashboardParts): Changes {
  const { dashboard } = observed;
  const { name, description, tags } = dashboardFields(news);
  const needed: JsonObject = {};
  const along: JsonObject = {};
  if (stripped(name) !== stripped(dashboard.name ?? "")) needed.name = name;
  if (!sameText(description, dashboard.description)) {
    const lacksMark = news.adopted && sameText(news.question, dashboard.description);
    (lacksMark ? along : needed).description = description;
  }
  const mended = mendTags(dashboard.tags, tags, canTag(observed));
  if (mended) (isUnmarked(news, dashboard) ? along : needed).tags = mended;
  return { needed: { ...needed, ...lookChanges(news, dashboard) }, along };
}

/** An adopted object that was never written: it lacks this stack's tag. */
export const isUnmarked = (
  news: Pick<DashboardInputs, "adopted" | "managedBy">,
  { tags }: Pick<Insight, "tags">,
): boolean => news.adopted === true && !tags?.includes(stackTag(news));

/** The changed fields of an insight, as the body of a PATCH. Empty without any. `isTaggable`: see {@link canTag}. */
export function insightChanges(
  tile: InsightTile,
  news: DashboardInputs,
  live: Insight,
  isTaggable: boolean,
): JsonObject {
  const { name, description, query, tags } = insightFields(tile, news);
  const changes: JsonObject = {};
  if (!sameTitle(tile.title, live)) changes.name = name;
  if (!sameText(description, live.description)) changes.description = description;
  if (!sameJson(reflectQuery(query, live.query), query)) changes.query = query;
  const mended = mendTags(live.tags, tags, isTaggable);
  if (mended && (Object.keys(changes).length > 0 || !isUnmarked(news, live))) changes.tags = mended;
  return changes;
}

/** This tile's entry in a PATCH of its dashboard; undefined when place and style are right. */
export function tileChanges(tile: Tile, live: LiveTile | undefined): JsonObject | undefined {
  if (!live) return tile.kind === "text" ? { text: { body: tile.markdown }, ...tileFields(tile) } : undefined;
  const changes: JsonObject = {};
  if (!tile.handPlaced && !samePlace(tile, live)) changes.layouts = layoutsOf(tile);
  if (tile.kind === "insight" && isReadingShown(live) !== !tile.readingHidden) {
    changes.show_description = !tile.readingHidden;
  }
  if (tile.kind === "text" && !sameText(tile.markdown, live.text?.body)) {
    // Without its id, PostHog creates a new text and links the tile to it.
    changes.text = { body: tile.markdown, ...(live.text?.id == null ? {} : { id: live.text.id }) };
  }
  if ((live.color ?? "") !== (tile.color ?? "")) changes.color = tile.color ?? "";
  if ((live.transparent_background ?? false) !== (tile.transparentBackground ?? false)) {
    changes.transparent_background = tile.transparentBackground ?? false;
  }
  const overrides = tile.filtersOverrides as JsonObject | undefined;
  if (!sameJson(reflectObject(overrides, live.filters_overrides), overrides))
    changes.filters_overrides = overrides ?? {};
  return Object.keys(changes).length > 0 ? { id: live.id, ...changes } : undefined;
}

/** PostHog shows the description by default (frontend: InsightCard, `show_description !== false`). */
export const isReadingShown = (live: LiveTile): boolean => live.show_description !== false;

function samePlace({ place }: Tile, live: LiveTile): boolean {
  const { x, y, w, h } = live.layouts?.sm ?? {};
  return x === place.column && y === place.row && w === place.width && h === place.height;
}

/**
 * Whether the organization has tags, as far as the dashboard and its tiles show: elsewhere PostHog drops them silently.
 */
export const canTag = ({ dashboard, insights }: LiveDashboardParts): boolean =>
  hasTags([dashboard, ...insights.values()]);

/**
 * Tags with this stack's among them; undefined when they are already, or when nothing shows that tags are supported.
 */
function mendTags(live: string[] | null | undefined, ours: string[], isTaggable: boolean): string[] | undefined {
  if (!isTaggable || missingTags(live, ours).length === 0) return undefined;
  const present = new Set(live?.map(normalizedTag));
  return [...ours, ...[...present].filter((tag) => !/^(owner|code):/.test(tag) && !ours.includes(tag))];
}
