import { Incomplete } from "../../kernel/errors.ts";
import type { LiveTile } from "../answers.ts";
import type { Connection } from "../settings.ts";
import { arrange } from "./arrange.ts";
import { removedMark } from "./desired.ts";
import type { DashboardInputs, DashboardOutputs, InsightTile } from "./inputs.ts";
import { Insights } from "./insights.ts";
import { type Matched, matchTiles } from "./match.ts";
import type { LiveDashboardParts } from "./observe.ts";
import { canTag } from "./plan.ts";
import type { RecordedIds } from "./rename.ts";

export interface SyncTask {
  connection: Connection;
  id: string;
  news: DashboardInputs;
  observed: LiveDashboardParts;
  /** Ids (numbers) of tiles in the new definition. */
  known: RecordedIds;
  /** Ids (numbers) of tiles that are to be removed. */
  dropped: RecordedIds;
  /** PostHog restored everything that was ever on it: what is not in the definition is removed again. */
  wasRestored: boolean;
}

/**
 * Makes a live dashboard match its definition: each aspect is compared with what is there, and only what differs is
 * written. Insights first, one request each, then everything about the dashboard and its tiles in a single request.
 * @throws Incomplete with all that is known when one of the requests fails
 */
export async function syncDashboard(task: SyncTask): Promise<DashboardOutputs> {
  const { connection, id, news, observed, known } = task;
  const matched = matchTiles(news, known, observed);
  const insightIds = { ...known.insightIds };
  const tileIds: Record<string, number> = {};
  for (const [key, live] of matched.tiles) {
    if (live.insight) insightIds[key] = live.insight.id;
    else tileIds[key] = live.id;
  }
  const left = toRemove(task, matched);
  // What could not be removed stays in the state, under its old key: the next `up` removes it.
  const outputs = (): DashboardOutputs => ({
    url: `${connection.host}/project/${connection.projectId}/dashboard/${id}`,
    insightIds: { ...left.insightIds, ...insightIds },
    tileIds: { ...left.tileIds, ...tileIds },
  });

  const insights = new Insights(connection, id, {
    taken: [...Object.values(insightIds), ...observed.insights.keys()],
    isTaggable: canTag(observed),
  });
  const place = async ([key, tile]: [string, InsightTile]): Promise<void> => {
    const live = matched.tiles.get(key);
    const insight = live?.insight && observed.insights.get(live.insight.id);
    if (insight) return insights.change(tile, news, insight);
    const placed = await insights.place(tile, news, insightIds[key]);
    insightIds[key] = placed.id;
    const shown = placed.dashboard_tiles?.find((one) => String(one.dashboard_id) === id && !one.deleted);
    if (shown) matched.tiles.set(key, { id: shown.id, insight: placed });
  };
  const remove = async ([key, insightId]: [string, number]): Promise<void> => {
    await insights.remove(insightId, { managedBy: news.managedBy, live: observed.insights.get(insightId) });
    delete left.insightIds[key];
  };
  const steps = [...byTitle(news).map((tiles) => inTurn(tiles, place)), ...Object.entries(left.insightIds).map(remove)];
  const failures = (await Promise.allSettled(steps)).filter((step) => step.status === "rejected");
  if (failures[0]) throw new Incomplete(id, outputs(), failures[0].reason);
  try {
    const texts = await arrange({
      connection,
      id,
      news,
      observed,
      matched: matched.tiles,
      insightIds,
      left: left.tileIds,
    });
    Object.assign(tileIds, texts);
    left.tileIds = {};
  } catch (error) {
    throw new Incomplete(id, outputs(), error);
  }
  return outputs();
}

/** Ids of removed insights and tiles, by their former keys. Those that a key of the definition has taken over stay. */
function toRemove({ dropped, news, observed, wasRestored }: SyncTask, { tiles, others }: Matched): RecordedIds {
  const kept = [...tiles.values()];
  const isKept = (id: number, idOf: (tile: LiveTile) => number | undefined) => kept.some((tile) => idOf(tile) === id);
  const entries = (ids: Record<string, number>, idOf: (tile: LiveTile) => number | undefined) =>
    Object.fromEntries(Object.entries(ids).filter(([, id]) => !isKept(id, idOf)));
  const insightIds = entries(dropped.insightIds, ({ insight }) => insight?.id);
  const leftAlone = new Set(Object.values(news.leftAlone ?? {}));
  // A refresh listed it as added by hand; the definition now contains it.
  const isLeft = ([, id]: [string, number]) => leftAlone.has(id);
  const all = Object.entries(entries(dropped.tileIds, ({ id }) => id));
  const tileIds = Object.fromEntries(all.filter((entry) => !isLeft(entry)));
  for (const { id, insight } of others) {
    const wasRemovedHere = insight && observed.insights.get(insight.id)?.description?.includes(removedMark(news));
    if (insight && wasRemovedHere) insightIds[`restored #${id}`] = insight.id;
    else if (wasRestored) tileIds[`restored #${id}`] = id;
  }
  return { insightIds, tileIds };
}

/** Insight tiles, grouped by title: after a lost answer, tiles of one title could claim each other's insight. */
function byTitle({ tiles }: DashboardInputs): [string, InsightTile][][] {
  const insights = Object.entries(tiles).filter((entry): entry is [string, InsightTile] => entry[1].kind === "insight");
  return [...Map.groupBy(insights, ([, { title }]) => title).values()];
}

async function inTurn<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (const item of items) await work(item);
}
