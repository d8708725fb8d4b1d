import { type JsonObject, sameJson } from "../../kernel/json.ts";
import type { Insight, LiveTile } from "../answers.ts";
import { reflectQuery } from "../query.ts";
import { stackTag } from "../tags.ts";
import type { DashboardInputs, InsightTile, Tile } from "./inputs.ts";
import type { LiveDashboardParts } from "./observe.ts";
import type { RecordedIds } from "./rename.ts";
import { sameText, sameTitle } from "./words.ts";

export interface Matched {
  /** The live tile for each key of the definition, if there is one. */
  tiles: Map<string, LiveTile>;
  /** Tiles without a key: added by others. */
  others: LiveTile[];
}

/**
 * Matches live tiles to keys: by the ids in state and, where an id is missing because an answer was lost, by content.
 * Tiles in `leftAlone` are skipped.
 */
export function matchTiles(
  definition: Pick<DashboardInputs, "tiles" | "managedBy" | "leftAlone">,
  known: Partial<RecordedIds>,
  { dashboard, insights }: LiveDashboardParts,
): Matched {
  const leftAlone = Object.values(definition.leftAlone ?? {});
  const tiles = new Map<string, LiveTile>();
  const free = new Set((dashboard.tiles ?? []).filter(({ id }) => !leftAlone.includes(id)));
  const take = (key: string, isIt: (live: LiveTile) => boolean) => {
    const found = tiles.has(key) ? undefined : [...free].find(isIt);
    if (!found) return;
    tiles.set(key, found);
    free.delete(found);
  };
  const entries = Object.entries(definition.tiles);
  for (const [key, tile] of entries) take(key, (live) => hasNumber(live, tile, known, key));
  const tag = stackTag(definition);
  for (const [key, tile] of entries) take(key, (live) => looksLike(live, tile, insights, tag));
  return { tiles, others: [...free] };
}

function hasNumber(live: LiveTile, tile: Tile, known: Partial<RecordedIds>, key: string): boolean {
  const insightId = known.insightIds?.[key];
  const tileId = known.tileIds?.[key];
  return tile.kind === "insight" && insightId !== undefined
    ? live.insight?.id === insightId
    : tileId !== undefined && live.id === tileId;
}

function looksLike(live: LiveTile, tile: Tile, insights: LiveDashboardParts["insights"], tag: string): boolean {
  if (tile.kind === "text") return Boolean(live.text) && sameText(tile.markdown, live.text?.body);
  const insight = live.insight && insights.get(live.insight.id);
  return Boolean(insight) && isOurs(insight as Insight, tile, tag);
}

/** A title alone could be a colleague's; a title with this stack's tag, text or query belongs to this resource. */
const isOurs = (live: Insight, { title, reading, query }: InsightTile, tag: string): boolean =>
  sameTitle(title, live) &&
  (Boolean(live.tags?.includes(tag)) ||
    sameText(reading, live.description) ||
    sameJson(reflectQuery(query as JsonObject, live.query), query));
