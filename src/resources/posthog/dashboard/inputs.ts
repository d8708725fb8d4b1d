import { z } from "zod";
import { dashboardFields } from "../../../model/posthog/dashboard.ts";
import { ownerName } from "../tags.ts";

/**
 * Only in live state: tags of this stack that somebody removed. The next `up` restores them; other tags are left alone.
 */
const missingTags = z.array(z.string()).optional();

/** Inputs of a `Dashboard` resource: a definition, and its project. */
export const dashboardInputs = z.object({
  projectId: z.int().positive(),
  /** `<Pulumi project>/<stack>/<resource>`: the owner of the dashboard. */
  managedBy: ownerName,
  ...dashboardFields({ missingTags }),
  missingTags,
  /** Only in live state: somebody deleted the dashboard. The next `up` restores it, at the same address. */
  deletedByHand: z.literal(true).optional(),
});

export type DashboardInputs = z.infer<typeof dashboardInputs>;
export type Tile = DashboardInputs["tiles"][string];
export type InsightTile = Extract<Tile, { kind: "insight" }>;
export type TextTile = Extract<Tile, { kind: "text" }>;

/** PostHog's ids of the dashboard and its tiles. */
export interface DashboardOutputs {
  url: string;
  /** Id (a number) of the insight of each insight tile, by the tile's key. */
  insightIds: Record<string, number>;
  /**
   * Id (a number) of each other tile on the dashboard: texts, and tiles added by hand. An insight's id finds its tile.
   */
  tileIds: Record<string, number>;
}

export type DashboardState = DashboardInputs & DashboardOutputs;
