import type { JsonObject } from "../../kernel/json.ts";
import type { DashboardInputs, InsightTile, Tile } from "./inputs.ts";

/** Tag of everything that is made here. PostHog stores tags in lower case, in any order, or drops them (no TAGGING feature). */
const managedTag = "managed-by-code";

/** The dashboard itself, as PostHog's fields. The last line is how it is found again: see `ownMark`. */
export const dashboardFields = (inputs: DashboardInputs): { name: string; description: string; tags: string[] } => ({
  name: inputs.title,
  description: `${inputs.question}\nOwner: ${inputs.owner}. ${ownMark(inputs)}`,
  tags: tagsOf(inputs),
});

/**
 * One sentence in the description that no other dashboard has. A create whose answer was lost, or whose process was
 * killed, finds its dashboard by it; tags would not do, since PostHog may drop them silently.
 */
export const ownMark = ({ managedBy, key }: DashboardInputs): string =>
  `Managed by code: ${managedBy}, dashboards/${key}.ts`;

export const insightFields = (tile: InsightTile, inputs: DashboardInputs): InsightFields => ({
  name: tile.title,
  description: tile.reading,
  query: tile.query as JsonObject,
  tags: tagsOf(inputs),
});
export interface InsightFields {
  name: string;
  description: string;
  query: JsonObject;
  tags: string[];
}

/** Place and look of a tile, as the fields of a tile that PostHog takes in a PATCH of its dashboard. */
export const tileFields = (tile: Tile): JsonObject => ({
  layouts: { sm: { x: tile.place.column, y: tile.place.row, w: tile.place.width, h: tile.place.height } },
  ...(tile.kind === "insight" ? { show_description: true } : {}),
});

/** The tag of everything that belongs to one dashboard of one stack: what it left behind is found by it. */
export const ownTag = ({ managedBy, key }: DashboardInputs): string => `code:${managedBy}/${key}`.toLowerCase();

const tagsOf = (inputs: DashboardInputs): string[] => [
  managedTag,
  `owner:${inputs.owner}`.trim().toLowerCase(),
  ownTag(inputs),
];
