import { type JsonObject, sameJson } from "../../kernel/json.ts";
import type { Insight, LiveTile } from "../answers.ts";
import { reflectQuery } from "../query.ts";
import { stackTag } from "../tags.ts";
import type { DashboardInputs, InsightTile, Tile } from "./inputs.ts";
import type { LiveDashboardParts } from "./observe.ts";
import type { RecordedIds } from "./rename.ts";
import { sameText, sameTitle } from "./words.ts";

export interface Matched {
  /** The live tile of each key of the definition that has one. */
  tiles: Map<string, LiveTile>;
  /** Tiles that no key accounts for: somebody else's. */
  others: LiveTile[];
}

/**
 * Which live tile belongs to which key: by the numbers in state, and, where a number is missing because an answer was
 * lost, by its looks. What `leftAlone` names is not looked at.
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

/** A title alone could be a colleague's; a title with our tag, text or query is ours. */
const isOurs = (live: Insight, { title, reading, query }: InsightTile, tag: string): boolean =>
  sameTitle(title, live) &&
  (Boolean(live.tags?.includes(tag)) ||
    sameText(reading, live.description) ||
    sameJson(reflectQuery(query as JsonObject, live.query), query));
