import type { dynamic } from "@pulumi/pulumi";
import { Incomplete } from "../../kernel/errors.ts";
import { makeOnce } from "../../kernel/lost.ts";
import { dynamicProvider } from "../../kernel/provider.ts";
import type { LiveDashboard } from "../answers.ts";
import type { Connection, PostHogConnections } from "../settings.ts";
import { dashboardFields, ownMark } from "./desired.ts";
import { type DashboardInputs, type DashboardOutputs, type DashboardState, dashboardInputs } from "./inputs.ts";
import { Insights } from "./insights.ts";
import { matchTiles } from "./match.ts";
import { type Observed, observe, withInsights } from "./observe.ts";
import { reflectDashboard, reflectDeleted } from "./reflect.ts";
import { carryOver, type Known } from "./rename.ts";
import { syncDashboard } from "./sync.ts";

const nothing = (): Known => ({ insightIds: {}, tileIds: {} });

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
      // Another PostHog, or one that has lost it for good: the next `up` makes a new one.
      return (await connection.api.canRestoreDashboard(id)) ? reflectDeleted(state) : undefined;
    },

    async update(id, olds, news) {
      const connection = connect(news.projectId);
      const numbers = carryOver(olds, news);
      const live = await observe(connection, id, olds);
      const observed = live ?? (await restore(connection, id, olds));
      // It is deleted in the state and not in PostHog when an earlier run brought it back without living to finish.
      const wasRestored = !live || olds.deletedByHand === true;
      return syncDashboard({ connection, id, news, observed, ...numbers, wasRestored });
    },

    /** Our insights go with the dashboard; those that somebody else put on it, or that stand on others, stay. */
    async delete(id, state: DashboardState) {
      const connection = connect(state.projectId);
      const observed = await observe(connection, id, state);
      const insights = new Insights(connection, id, { taken: [], isTaggable: false });
      const remove = (insightId: number) =>
        insights.remove(insightId, { managedBy: state.managedBy, live: observed?.insights.get(insightId) });
      await Promise.all([...ownInsights(state, observed)].map(remove));
      if (observed) await connection.api.deleteDashboard(id);
    },
  });

interface Own {
  id: string;
  observed: Observed;
}

async function make(connection: Connection, news: DashboardInputs): Promise<Own> {
  const { api, overview, clock } = connection;
  try {
    return await makeOnce<Own>(
      async () => {
        const dashboard = await api.createDashboard({ ...dashboardFields(news) });
        overview.noteDashboard(dashboard);
        return { id: String(dashboard.id), observed: { dashboard, insights: new Map() } };
      },
      async () => lookAt(connection, news, await api.findDashboards(ownMark(news))),
      clock,
    );
  } catch (error) {
    overview.forgetDashboards();
    throw error;
  }
}

/** The dashboard that an earlier run made without living to tell: its description carries this resource's own mark. */
const findOwn = async (connection: Connection, news: DashboardInputs): Promise<Own | undefined> =>
  lookAt(connection, news, await connection.overview.dashboards());

async function lookAt(
  connection: Connection,
  news: DashboardInputs,
  found: readonly LiveDashboard[],
): Promise<Own | undefined> {
  const mark = ownMark(news);
  const own = found.find(({ description, deleted }) => !deleted && description?.includes(mark));
  const observed = own && (await observe(connection, String(own.id), { managedBy: news.managedBy }));
  return observed && { id: String(observed.dashboard.id), observed };
}

/** Brings a deleted dashboard back at its address, with its insights and their alerts. */
async function restore(connection: Connection, id: string, olds: DashboardState): Promise<Observed> {
  const dashboard = await connection.api.restoreDashboard(id);
  if (dashboard) return withInsights(connection, dashboard, olds);
  throw new Error(
    `dashboard ${id} ("${olds.title}") is gone from PostHog for good: \`pulumi up --refresh --run-program\` makes a new one`,
  );
}

/** Those of the state, and those whose answer was lost: they look like tiles of ours that have no number. */
function ownInsights(state: DashboardState, observed: Observed | undefined): Set<number> {
  const own = new Set(Object.values(state.insightIds ?? {}));
  if (!observed) return own;
  const { tiles } = matchTiles({ ...state, tiles: state.tiles ?? {} }, state, observed);
  for (const { insight } of tiles.values()) if (insight) own.add(insight.id);
  return own;
}
