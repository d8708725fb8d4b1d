import { z } from "zod";
import { dashboardFields } from "../../../model/posthog/dashboard.ts";
import { ownerName } from "../tags.ts";

/** Only ever live: tags of ours that somebody took away. The next `up` puts them back; tags of others are theirs. */
const missingTags = z.array(z.string()).optional();

/** What a `Dashboard` resource takes: a definition, and which project it stands in. */
export const dashboardInputs = z.object({
  projectId: z.int().positive(),
  /** `<Pulumi project>/<stack>/<resource>`: whose dashboard it is. */
  managedBy: ownerName,
  ...dashboardFields({ missingTags }),
  missingTags,
  /** Only ever live: somebody deleted the dashboard. The next `up` brings it back, at the same address. */
  deletedByHand: z.literal(true).optional(),
});

export type DashboardInputs = z.infer<typeof dashboardInputs>;
export type Tile = DashboardInputs["tiles"][string];
export type InsightTile = Extract<Tile, { kind: "insight" }>;
export type TextTile = Extract<Tile, { kind: "text" }>;

/** What PostHog gave the dashboard and its tiles. */
export interface DashboardOutputs {
  url: string;
  /** Number of the insight of each insight tile, by the tile's key. */
  insightIds: Record<string, number>;
  /** Number of each other tile on the dashboard: texts, and what was added by hand. An insight's number finds its tile. */
  tileIds: Record<string, number>;
}

export type DashboardState = DashboardInputs & DashboardOutputs;
