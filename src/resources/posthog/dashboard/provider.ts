import type { dynamic } from "@pulumi/pulumi";
import { Incomplete } from "../../kernel/errors.ts";
import { makeOnce } from "../../kernel/lost.ts";
import { dynamicProvider } from "../../kernel/provider.ts";
import type { LiveTile } from "../answers.ts";
import type { Connection, PostHogConnections } from "../settings.ts";
import { dashboardFields, ownMark } from "./desired.ts";
import { findMarked, findOwn, type Own } from "./find.ts";
import { type DashboardInputs, type DashboardOutputs, type DashboardState, dashboardInputs } from "./inputs.ts";
import { Insights } from "./insights.ts";
import { matchTiles } from "./match.ts";
import { type LiveDashboardParts, observe, withInsights } from "./observe.ts";
import { reflectDashboard, reflectDeleted } from "./reflect.ts";
import { carryOver, type RecordedIds } from "./rename.ts";
import { syncDashboard } from "./sync.ts";

const dashboardThing = (id: string): string => `dashboard ${id}`;
const insightThing = (id: number): string => `insight ${id}`;
const tileThing = (id: number): string => `tile ${id}`;

const nothing = (): RecordedIds => ({ insightIds: {}, tileIds: {} });

/** A PostHog dashboard with its insights, texts and layout. Its id is the dashboard's number. */
export const dashboardProvider = ({ configure, connect }: PostHogConnections): dynamic.ResourceProvider =>
  dynamicProvider<DashboardInputs, DashboardOutputs>({
    inputs: dashboardInputs,
    identity: ["projectId"],
    configure,

    async create(news) {
      const connection = connect(news.projectId);
      const { id, observed } = (await findOwn(connection, news)) ?? (await make(connection, news));
      try {
        const task = { connection, id, news, observed, wasRestored: false };
        return { id, outputs: await syncDashboard({ ...task, known: nothing(), dropped: nothing() }) };
      } catch (error) {
        throw error instanceof Incomplete ? error : new Incomplete(id, nothing(), error);
      }
    },

    async read(id, state) {
      const connection = connect(state.projectId);
      const observed = await observe(connection, id, state);
      if (observed) return reflectDashboard(state, observed);
      // Another PostHog, or the dashboard was lost permanently: the next `up` creates a new one.
      return (await connection.api.canRestoreDashboard(id)) ? reflectDeleted(state) : undefined;
    },

    async update(id, olds, news) {
      const connection = connect(news.projectId);
      const numbers = carryOver(olds, news);
      const live = await observe(connection, id, olds);
      const observed = live ?? (await restore(connection, id, olds));
      // Deleted in the state but not in PostHog: an earlier run restored it and was killed before it finished.
      const wasRestored = !live || olds.deletedByHand === true;
      return syncDashboard({ connection, id, news, observed, ...numbers, wasRestored });
    },

    holds: (id, { insightIds = {}, tileIds = {} }) => [
      dashboardThing(id),
      ...Object.values(insightIds).map(insightThing),
      ...Object.values(tileIds).map(tileThing),
    ],

    /**
     * Deletes this resource's insights with the dashboard; insights that others added, or that are also on other
     * dashboards, stay. When another resource has adopted the dashboard, only what that one did not adopt is deleted.
     */
    async delete(id, state: DashboardState, isHeldByAnother) {
      const connection = connect(state.projectId);
      const observed = await observe(connection, id, state);
      const insights = new Insights(connection, id, { taken: [], isTaggable: false });
      const remove = (insightId: number) =>
        insights.remove(insightId, { managedBy: state.managedBy, live: observed?.insights.get(insightId) });
      const going = [...ownInsights(state, observed)].filter((insightId) => !isHeldByAnother(insightThing(insightId)));
      await Promise.all(going.map(remove));
      if (!observed) return;
      if (!isHeldByAnother(dashboardThing(id))) return void (await connection.api.deleteDashboard(id));
      const isGoing = ({ id: tileId }: LiveTile) =>
        Object.values(state.tileIds ?? {}).includes(tileId) && !isHeldByAnother(tileThing(tileId));
      const tiles = (observed.dashboard.tiles ?? []).filter(isGoing).map((tile) => ({ id: tile.id, deleted: true }));
      if (tiles.length > 0) await connection.api.changeDashboard(id, { tiles });
    },
  });

async function make(connection: Connection, news: DashboardInputs): Promise<Own> {
  const { api, overview, clock } = connection;
  try {
    return await makeOnce<Own>(
      async () => {
        const dashboard = await api.createDashboard({ ...dashboardFields(news) });
        overview.noteDashboard(dashboard);
        return { id: String(dashboard.id), observed: { dashboard, insights: new Map() } };
      },
      async () => findMarked(connection, news, await api.findDashboards(ownMark(news))),
      clock,
    );
  } catch (error) {
    overview.forgetDashboards();
    throw error;
  }
}

/** Restores a deleted dashboard at its address, with its insights and their alerts. */
async function restore(connection: Connection, id: string, olds: DashboardState): Promise<LiveDashboardParts> {
  const dashboard = await connection.api.restoreDashboard(id);
  if (dashboard) return withInsights(connection, dashboard, olds);
  throw new Error(
    `dashboard ${id} ("${olds.title}") is gone from PostHog for good: \`pulumi up --refresh --run-program\` makes a new one`,
  );
}

/** Those in the state, and those whose answer was lost: they match a tile of this definition that has no id. */
function ownInsights(state: DashboardState, observed: LiveDashboardParts | undefined): Set<number> {
  const own = new Set(Object.values(state.insightIds ?? {}));
  if (!observed) return own;
  const { tiles } = matchTiles({ ...state, tiles: state.tiles ?? {} }, state, observed);
  for (const { insight } of tiles.values()) if (insight) own.add(insight.id);
  return own;
}
