import type { Insight, LiveDashboard, LiveTile } from "../answers.ts";
import type { PostHogApi } from "../api.ts";
import type { DashboardInputs, DashboardOutputs } from "./inputs.ts";

/** A dashboard as it is now: the tiles with their places, and the insights with their queries as they were written. */
export interface Observed {
  dashboard: LiveDashboard;
  insights: Map<number, Insight>;
}

/** Two requests, and one more for each further hundred insights. Undefined when the dashboard is gone. */
export async function observe(api: PostHogApi, id: string): Promise<Observed | undefined> {
  const [dashboard, insights] = await Promise.all([api.dashboard(id), api.insightsOn(id)]);
  if (!dashboard || dashboard.deleted) return undefined;
  return { dashboard, insights: new Map(insights.map((insight) => [insight.id, insight])) };
}

/** A dashboard that was made a moment ago: nothing is on it. */
export const observedEmpty = (dashboard: LiveDashboard): Observed => ({ dashboard, insights: new Map() });

export interface Matched {
  /** The live tile of each key of the definition that has one. */
  tiles: Map<string, LiveTile>;
  /** Tiles that no key accounts for: made by hand, or by a request whose answer was lost. */
  others: LiveTile[];
}

/** Which live tile belongs to which key, by the numbers in state. */
export function matchTiles(
  tiles: DashboardInputs["tiles"],
  known: Partial<DashboardOutputs>,
  live: LiveTile[],
): Matched {
  const matched = new Map<string, LiveTile>();
  const free = new Set(live);
  for (const [key, tile] of Object.entries(tiles)) {
    const insightId = known.insightIds?.[key];
    const tileId = known.tileIds?.[key];
    const isIt = (candidate: LiveTile): boolean =>
      tile.kind === "insight" && insightId !== undefined
        ? candidate.insight?.id === insightId
        : tileId !== undefined && candidate.id === tileId;
    const found = [...free].find(isIt);
    if (!found) continue;
    matched.set(key, found);
    free.delete(found);
  }
  return { tiles: matched, others: [...free] };
}
