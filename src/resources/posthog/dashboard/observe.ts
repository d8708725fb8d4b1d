import type { Insight, LiveDashboard } from "../answers.ts";
import type { Connection } from "../settings.ts";
import { stackTag } from "../tags.ts";
import type { DashboardState } from "./inputs.ts";

/** A dashboard as it is now: the tiles with their places, and the insights, ours with their queries as they were written. */
export interface Observed {
  dashboard: LiveDashboard;
  insights: ReadonlyMap<number, Insight>;
}

/** Whose dashboard, and which of its insights are ours. Without numbers all of them are looked at. */
export type Seen = Pick<DashboardState, "managedBy"> & { insightIds?: Readonly<Record<string, number>> };

/** One request, and its share of what all dashboards of the process ask for together. Undefined when the dashboard is gone. */
export async function observe(connection: Connection, id: string, seen: Seen): Promise<Observed | undefined> {
  const dashboard = await connection.api.dashboard(id);
  return dashboard && !dashboard.deleted ? withInsights(connection, dashboard, seen) : undefined;
}

/** The same for a dashboard whose answer is there already. */
export async function withInsights(
  { overview }: Connection,
  dashboard: LiveDashboard,
  { managedBy, insightIds }: Seen,
): Promise<Observed> {
  const all = (dashboard.tiles ?? []).flatMap(({ insight }) => insight?.id ?? []);
  const ours = new Set(insightIds ? Object.values(insightIds) : all);
  return { dashboard, insights: await overview.insightsOf(dashboard, ours, stackTag({ managedBy })) };
}
