import { sameJson } from "../../kernel/json.ts";
import type { DashboardInputs, DashboardOutputs, DashboardState, Tile } from "./inputs.ts";

export type RecordedIds = Pick<DashboardOutputs, "insightIds" | "tileIds">;

/**
 * The ids in state under the keys of the new definition. A tile with only a new key keeps its insight, with its
 * address, history and alerts. The remaining ids belong to tiles that are to be removed.
 */
export function carryOver(
  olds: Partial<DashboardState>,
  news: DashboardInputs,
): { known: RecordedIds; dropped: RecordedIds } {
  const known: RecordedIds = { insightIds: {}, tileIds: {} };
  const dropped: RecordedIds = { insightIds: { ...olds.insightIds }, tileIds: { ...olds.tileIds } };
  const oldTiles = olds.tiles ?? {};
  const hasNumber = (key: string) => key in dropped.insightIds || key in dropped.tileIds;
  const left = new Set(Object.keys(oldTiles).filter((key) => hasNumber(key) && !(key in news.tiles)));
  for (const [key, tile] of Object.entries(news.tiles)) {
    const from = hasNumber(key) ? key : [...left].find((old) => isSameTile(oldTiles[old], tile));
    if (from === undefined) continue;
    left.delete(from);
    // A key that changed from a chart to a text keeps nothing: its insight is removed.
    if (tile.kind === "insight") move(dropped.insightIds, from, known.insightIds, key);
    else move(dropped.tileIds, from, known.tileIds, key);
  }
  return { known, dropped };
}

function move(source: Record<string, number>, from: string, target: Record<string, number>, to: string): void {
  const id = source[from];
  if (id === undefined) return;
  target[to] = id;
  delete source[from];
}

/** Equal except for the place. */
function isSameTile(a: Tile | undefined, b: Tile): boolean {
  if (a?.kind === "insight" && b.kind === "insight") return a.title === b.title && sameJson(a.query, b.query);
  return a?.kind === "text" && b.kind === "text" && a.markdown === b.markdown;
}
