import { type JsonObject, sameJson } from "../../kernel/json.ts";
import type { Insight, LiveDashboard } from "../answers.ts";
import { reflectQuery } from "../query.ts";
import type { Connection } from "../settings.ts";
import { stackTag } from "../tags.ts";
import type { DashboardState, Tile } from "./inputs.ts";

/** A dashboard as it is now: the tiles with their places, and this resource's insights with their stored queries. */
export interface LiveDashboardParts {
  dashboard: LiveDashboard;
  insights: ReadonlyMap<number, Insight>;
}

/**
 * The owner, and which insights belong to this resource. Without ids all insights are read. With definitions, insights
 * that are visibly unchanged need not be read again.
 */
export type ManagedInsights = Pick<DashboardState, "managedBy"> & {
  insightIds?: Readonly<Record<string, number>>;
  tiles?: Readonly<Record<string, Tile>>;
};

/**
 * One request, and a share of the batched requests of all dashboards in the process. Undefined when the dashboard does
 * not exist.
 */
export async function observe(
  connection: Connection,
  id: string,
  seen: ManagedInsights,
): Promise<LiveDashboardParts | undefined> {
  const dashboard = await connection.api.dashboard(id);
  return dashboard && !dashboard.deleted ? withInsights(connection, dashboard, seen) : undefined;
}

/** The same for a dashboard that was already read. */
export async function withInsights(
  { overview }: Connection,
  dashboard: LiveDashboard,
  { managedBy, insightIds, tiles = {} }: ManagedInsights,
): Promise<LiveDashboardParts> {
  const all = (dashboard.tiles ?? []).flatMap(({ insight }) => insight?.id ?? []);
  const ours = insightIds ? Object.entries(insightIds) : all.map((id): [undefined, number] => [undefined, id]);
  const unclear = ours.filter(
    ([key, id]) => !isShownAsDefined(dashboard, id, key === undefined ? undefined : tiles[key]),
  );
  const wanted = new Set(unclear.map(([, id]) => id));
  return { dashboard, insights: await overview.insightsOf(dashboard, wanted, stackTag({ managedBy })) };
}

/**
 * Whether the dashboard's own answer proves that an insight's query is as defined. It does when no filters rewrite the
 * queries (apply_dashboard_filters_to_dict leaves a query unchanged without filters); a difference proves nothing.
 */
function isShownAsDefined(dashboard: LiveDashboard, insightId: number, defined: Tile | undefined): boolean {
  if (defined?.kind !== "insight") return false;
  const shown = dashboard.tiles?.find(({ insight }) => insight?.id === insightId);
  const rewriting = [dashboard.filters, dashboard.variables, shown?.filters_overrides];
  if (!shown?.insight || rewriting.some((one) => Object.keys(one ?? {}).length > 0)) return false;
  const query = defined.query as JsonObject;
  return sameJson(reflectQuery(query, shown.insight.query), query);
}
