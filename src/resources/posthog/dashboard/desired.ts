import { posthogTexts } from "../../../model/posthog/texts.ts";
import { characters, shortenedTo, stripped } from "../../../model/text.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { markStart } from "../overview.ts";
import { tagsOf } from "../tags.ts";
import type { DashboardInputs, InsightTile, Tile } from "./inputs.ts";

/**
 * A placeholder for a title, reading or question that does not exist yet, stored as an empty text. Adopted dashboards
 * have some.
 */
export const notWritten = "(not written yet)";

/** The dashboard itself, as PostHog's fields. Its last line identifies it: see {@link ownMark}. */
export const dashboardFields = (inputs: DashboardInputs): { name: string; description: string; tags: string[] } => ({
  name: withoutPlaceholder(inputs.title),
  description: `${withoutPlaceholder(inputs.question)}\nOwner: ${inputs.owner}. ${ownMark(inputs)}`.trim(),
  tags: tagsOf(inputs),
});

export const withoutPlaceholder = (text: string): string => (text === notWritten ? "" : text);

type StackDashboard = Pick<DashboardInputs, "managedBy" | "key">;

/**
 * A sentence that only this dashboard's description contains. A create whose answer was lost, or whose process was
 * killed, finds its dashboard by it; tags are not suitable, since PostHog may drop them silently.
 */
export const ownMark = ({ managedBy, key }: StackDashboard): string => `${markStart}${managedBy}, dashboards/${key}.ts`;

/**
 * The end of the description of an insight that was deleted here. When somebody restores a dashboard, PostHog restores
 * every insight that was ever on it: these are recognized by it, and deleted again.
 */
export const removedMark = ({ managedBy }: Pick<StackDashboard, "managedBy">): string =>
  `(Removed by code: ${managedBy})`;

/** The description of a removed insight: as much of its text as PostHog accepts besides the mark. */
export function removedDescription(own: string, owned: Pick<StackDashboard, "managedBy">): string {
  const mark = removedMark(owned);
  const room = posthogTexts.insightDescription - characters(mark) - 1;
  return `${shortenedTo(room, stripped(own))}\n${mark}`.trim();
}

export interface InsightFields {
  name: string;
  description: string;
  query: JsonObject;
  tags: string[];
}

export const insightFields = (tile: InsightTile, inputs: DashboardInputs): InsightFields => ({
  name: withoutPlaceholder(tile.title),
  description: withoutPlaceholder(tile.reading),
  query: tile.query as JsonObject,
  tags: tagsOf(inputs),
});

/** Place and style of a new tile, as the tile's fields in a PATCH of its dashboard. */
export const tileFields = (tile: Tile): JsonObject => ({
  ...(tile.handPlaced ? {} : { layouts: layoutsOf(tile) }),
  ...(tile.kind === "insight" ? { show_description: !tile.readingHidden } : {}),
  ...(tile.color ? { color: tile.color } : {}),
  ...(tile.filtersOverrides ? { filters_overrides: tile.filtersOverrides as JsonObject } : {}),
  ...(tile.transparentBackground ? { transparent_background: true } : {}),
});

export const layoutsOf = ({ place }: Tile): JsonObject => ({
  sm: { x: place.column, y: place.row, w: place.width, h: place.height },
});
