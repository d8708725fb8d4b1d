import { z } from "zod";
import { posthogTextProblem } from "../../../model/posthog/texts.ts";
import { vendorText } from "../../../model/text.ts";
import { ownerName } from "../tags.ts";
import { checkTiles } from "./check.ts";
import { dashboardColumns } from "./limits.ts";

const place = z
  .strictObject({
    column: z.int().min(0, "a tile starts at column 0 or later"),
    row: z.int().min(0, "a tile starts at row 0 or later"),
    width: z.int().min(1, "a tile is at least one column wide"),
    height: z.int().min(1, "a tile is at least one row high"),
  })
  .refine(({ column, width }) => column + width <= dashboardColumns, {
    error: `a dashboard has ${dashboardColumns} columns: column and width together must not be more`,
  });

const query = z.looseObject({ kind: z.string("a query needs its kind, such as InsightVizNode") });

/**
 * What a definition usually leaves to PostHog. Set by hand there, a refresh shows it and the next `up` removes it, unless
 * the definition says it, too: an imported dashboard keeps its looks.
 */
const tileLooks = {
  /** PostHog's name of a colour: "blue". */
  color: vendorText("a colour has a name", (text) => posthogTextProblem(text, "tileColor")).optional(),
  /** Filters of this tile alone, over those of the dashboard. */
  filtersOverrides: z.looseObject({}).optional(),
  /** The reading is not shown below the title. */
  readingHidden: z.literal(true).optional(),
  transparentBackground: z.literal(true).optional(),
  /** Its place is left to PostHog's app: for a tile that has none there, or one that no definition may have. */
  handPlaced: z.literal(true).optional(),
};

/** Only ever live: tags of ours that somebody took away. The next `up` puts them back; tags of others are theirs. */
const missingTags = z.array(z.string()).optional();

const insightTile = z.strictObject({
  kind: z.literal("insight"),
  title: vendorText("a tile needs a title", (text) => posthogTextProblem(text, "insightName")),
  reading: vendorText("a tile needs a reading: one sentence that says what a bad value means", (text) =>
    posthogTextProblem(text, "insightDescription"),
  ),
  query,
  place,
  ...tileLooks,
  missingTags,
});
const textTile = z.strictObject({
  kind: z.literal("text"),
  markdown: vendorText("a text tile needs text", (text) => posthogTextProblem(text, "textTile")),
  place,
  ...tileLooks,
});

/** The same for the dashboard as a whole. */
export const dashboardLooks = {
  filters: z.looseObject({}).optional(),
  /** Values of the variables of SQL insights, by the variable's id. */
  variables: z.looseObject({}).optional(),
  breakdownColors: z.array(z.looseObject({})).optional(),
  /** Number of a data colour theme. */
  colorTheme: z.int().optional(),
  quickFilters: z.array(z.string()).optional(),
  /** Tiles that stay as they are although no definition can make them, buttons and widgets: their numbers by a name. */
  leftAlone: z.record(z.string(), z.int()).optional(),
};

/** What a `Dashboard` resource takes: a definition, and which project it stands in. */
export const dashboardInputs = z.object({
  projectId: z.int().positive(),
  /** `<Pulumi project>/<stack>/<resource>`: whose dashboard it is. */
  managedBy: ownerName,
  key: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "a key is made of lower-case letters, digits and hyphens"),
  title: vendorText("a dashboard needs a title", (text) => posthogTextProblem(text, "dashboardName")),
  owner: vendorText("a dashboard needs an owner", (text) => posthogTextProblem(`owner:${text}`, "tag")),
  question: vendorText("a dashboard needs the question that it answers", (text) => posthogTextProblem(text)),
  tiles: z.record(z.string(), z.discriminatedUnion("kind", [insightTile, textTile])).superRefine(checkTiles),
  ...dashboardLooks,
  /** Made by hand and taken over as it was: it gets this stack's marks with the next change of it, and not before. */
  adopted: z.literal(true).optional(),
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
