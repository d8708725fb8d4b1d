import { Incomplete } from "../../kernel/errors.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { makeOnce } from "../../kernel/lost.ts";
import type { Insight, LiveDashboard, LiveTile } from "../answers.ts";
import type { PostHogApi } from "../api.ts";
import { insightFields, tileFields } from "./desired.ts";
import type { DashboardInputs, DashboardOutputs, InsightTile } from "./inputs.ts";
import { matchTiles, type Observed, observe } from "./observe.ts";
import { dashboardChanges, insightChanges, tileChanges } from "./plan.ts";
import type { Known } from "./rename.ts";

export interface SyncTask {
  api: PostHogApi;
  id: string;
  news: DashboardInputs;
  observed: Observed;
  /** Numbers that belong to tiles of the new definition. */
  known: Known;
  /** Numbers that belong to tiles which are to be removed. */
  dropped: Known;
  /** Insights of this dashboard that stand on no dashboard any more, to be used again by their name. */
  orphans: Insight[];
}

/**
 * Makes a live dashboard match its definition: each aspect is compared with what is there, and only what differs is
 * written. Insights first, one request each, then everything about the dashboard and its tiles in a single request.
 * @throws Incomplete with all that is known when one of the requests fails.
 */
export async function syncDashboard(task: SyncTask): Promise<DashboardOutputs> {
  const { api, id, news, observed } = task;
  const matched = matchTiles(news.tiles, task.known, observed.dashboard.tiles ?? []);
  const claimed = claimUnknown(task, matched.tiles, matched.others);
  const outputs: DashboardOutputs = {
    url: `${api.host}/project/${api.projectId}/dashboard/${id}`,
    insightIds: { ...task.known.insightIds, ...claimed.insightIds },
    tileIds: Object.fromEntries([...matched.tiles].flatMap(([key, tile]) => (tile.insight ? [] : [[key, tile.id]]))),
  };
  const created = new Map<string, number>();
  const insightTiles = Object.entries(news.tiles).filter(
    (entry): entry is [string, InsightTile] => entry[1].kind === "insight",
  );
  const steps = [
    ...insightTiles.map(async ([key, tile]) => {
      const live = matched.tiles.get(key);
      const insight = live?.insight ? observed.insights.get(live.insight.id) : undefined;
      if (insight) return changeInsight(task, tile, insight);
      const made = await placeInsight(task, tile, outputs.insightIds[key]);
      outputs.insightIds[key] = made.insight.id;
      if (made.tileId !== undefined) created.set(key, made.tileId);
    }),
    ...Object.values(task.dropped.insightIds).map((insightId) => removeInsight(task, insightId)),
  ];
  const failures = (await Promise.allSettled(steps)).filter((step) => step.status === "rejected");
  if (failures[0]) throw new Incomplete(id, outputs, failures[0].reason);
  try {
    await arrange(task, matched.tiles, created, outputs);
  } catch (error) {
    throw new Incomplete(id, outputs, error);
  }
  return outputs;
}

/**
 * Live tiles that look exactly like tiles which are missing: they were made by a request whose answer never arrived.
 * They are put under their keys; what a colleague added by hand looks different and is left alone.
 */
function claimUnknown({ news, observed }: SyncTask, matched: Map<string, LiveTile>, others: LiveTile[]) {
  const insightIds: Record<string, number> = {};
  const free = new Set(others);
  for (const [key, tile] of Object.entries(news.tiles)) {
    if (matched.has(key)) continue;
    const found = [...free].find((live) =>
      tile.kind === "insight"
        ? live.insight && observed.insights.get(live.insight.id)?.name === tile.title
        : live.text?.body?.trim() === tile.markdown.trim(),
    );
    if (!found) continue;
    free.delete(found);
    matched.set(key, found);
    if (found.insight) insightIds[key] = found.insight.id;
  }
  return { insightIds };
}

async function changeInsight({ api, news }: SyncTask, tile: InsightTile, live: Insight): Promise<void> {
  const changes = insightChanges(tile, news, live);
  if (Object.keys(changes).length > 0) await api.changeInsight(live.id, changes);
}

/** Puts a missing insight on the dashboard: the one that was there before, an orphan of the same name, or a new one. */
async function placeInsight(task: SyncTask, tile: InsightTile, knownId: number | undefined) {
  const { api, id, news, orphans } = task;
  const fields = { ...insightFields(tile, news), saved: true };
  const insight =
    (knownId === undefined ? undefined : await bringBack(task, knownId, fields)) ??
    (await useOrphan(task, orphans, tile, fields)) ??
    (await makeOnce(
      () => api.createInsight({ ...fields, dashboards: [Number(id)] }),
      async () => (await api.insightsOn(id)).find(({ name }) => name === tile.title),
    ));
  return {
    insight,
    tileId: insight.dashboard_tiles?.find((tile) => String(tile.dashboard_id) === id && !tile.deleted)?.id,
  };
}

/** An insight that was taken off the dashboard or deleted by hand. Undefined when PostHog does not know it any more. */
async function bringBack({ api, id }: SyncTask, insightId: number, fields: JsonObject): Promise<Insight | undefined> {
  const detached = await api.insight(insightId);
  const dashboards = [...new Set([...dashboardsOf(detached), Number(id)])];
  return api.restoreInsight(insightId, { ...fields, dashboards });
}

async function useOrphan({ api, id }: SyncTask, orphans: Insight[], tile: InsightTile, fields: JsonObject) {
  const index = orphans.findIndex(({ name }) => name === tile.title);
  const [orphan] = index === -1 ? [] : orphans.splice(index, 1);
  return orphan && api.changeInsight(orphan.id, { ...fields, dashboards: [...dashboardsOf(orphan), Number(id)] });
}

/** Deletes one of our insights, unless somebody put it on another dashboard, too: then it only leaves this one. */
export async function removeInsight(
  { api, id, observed }: Pick<SyncTask, "api" | "id" | "observed">,
  insightId: number,
): Promise<void> {
  const insight = observed.insights.get(insightId);
  if (!insight) return;
  const elsewhere = dashboardsOf(insight).filter((dashboard) => String(dashboard) !== id);
  await api.changeInsight(insightId, elsewhere.length > 0 ? { dashboards: elsewhere } : { deleted: true });
}

const dashboardsOf = (insight: Insight | undefined): number[] =>
  (insight?.dashboard_tiles ?? []).filter(({ deleted }) => !deleted).map(({ dashboard_id }) => dashboard_id);

/** Texts, places and looks of all tiles, and the dashboard's own words, in one request; none when nothing differs. */
async function arrange(
  task: SyncTask,
  matched: Map<string, LiveTile>,
  created: Map<string, number>,
  outputs: DashboardOutputs,
) {
  const { api, id, news, observed, dropped } = task;
  const present = new Set((observed.dashboard.tiles ?? []).map((tile) => tile.id));
  const tiles: JsonObject[] = [];
  const newTexts: string[] = [];
  for (const [key, tile] of Object.entries(news.tiles)) {
    const createdId = created.get(key);
    const changes =
      createdId === undefined ? tileChanges(tile, matched.get(key)) : { id: createdId, ...tileFields(tile) };
    if (!changes) continue;
    tiles.push(changes);
    if (!("id" in changes)) newTexts.push(key);
  }
  for (const [key, tileId] of Object.entries(dropped.tileIds)) {
    if (!(key in dropped.insightIds) && present.has(tileId)) tiles.push({ id: tileId, deleted: true });
  }
  const body: JsonObject = { ...dashboardChanges(news, observed), ...(tiles.length > 0 ? { tiles } : {}) };
  if (Object.keys(body).length === 0) return;
  const before = new Set([...present, ...created.values()]);
  const hasTexts = (dashboard: LiveDashboard | undefined): boolean =>
    newTexts.every((key) => newTextTile(dashboard, news, key, before) !== undefined);
  const after = await makeOnce(
    () => api.changeDashboard(id, body, { repeatable: newTexts.length === 0 }),
    async () => {
      const seen = await observe(api, id);
      return seen && hasTexts(seen.dashboard) ? api.changeDashboard(id, withoutNewTexts(body)) : undefined;
    },
  );
  for (const key of newTexts) {
    const tile = newTextTile(after, news, key, before);
    if (!tile) continue;
    outputs.tileIds[key] = tile.id;
    before.add(tile.id);
  }
}

function newTextTile(
  dashboard: LiveDashboard | undefined,
  { tiles }: DashboardInputs,
  key: string,
  before: Set<number>,
) {
  const tile = tiles[key];
  if (tile?.kind !== "text") return undefined;
  return dashboard?.tiles?.find((live) => !before.has(live.id) && live.text?.body?.trim() === tile.markdown.trim());
}

const withoutNewTexts = (body: JsonObject): JsonObject => ({
  ...body,
  tiles: (body.tiles as JsonObject[]).filter((tile) => "id" in tile),
});
