import { z } from "zod";
import { isObject, object } from "../json.ts";
import { keyPattern, vendorText } from "../text.ts";
import { formulasOf, parseFormula, seriesLetter, seriesOf } from "./formula.ts";
import { gridColumns, overlap } from "./places.ts";
import { posthogTextProblem } from "./texts.ts";

/*
 * The one description of a dashboard: what a definition says, what the resource takes and what stands in a state. A new
 * look of a dashboard or a tile is an entry here; `dashboard`, the builders and the resource pass it on by these lists.
 */

const anyObject = z.looseObject({}) as z.ZodType<object>;

const place = z
  .strictObject({
    /** Column of the left edge, from 0. */
    column: z.int().min(0, "a tile starts at column 0 or later"),
    /** Row of the upper edge, from 0. */
    row: z.int().min(0, "a tile starts at row 0 or later"),
    /** In columns, of which there are 12. */
    width: z.int().min(1, "a tile is at least one column wide"),
    /** In rows. */
    height: z.int().min(1, "a tile is at least one row high"),
  })
  .refine(({ column, width }) => column + width <= gridColumns, {
    error: `a dashboard has ${gridColumns} columns: column and width together must not be more`,
  });

/**
 * What a definition usually leaves to PostHog. Set by hand there, a refresh shows it and the next `up` removes it, unless
 * the definition says it, too: an imported dashboard keeps its looks.
 */
export const tileLooks = {
  /**
   * PostHog's name of a colour: "blue".
   * @default none
   */
  color: vendorText("a colour has a name", (text) => posthogTextProblem(text, "tileColor")).optional(),
  /**
   * Filters of this tile alone, over those of the dashboard.
   * @default none
   */
  filtersOverrides: anyObject.optional(),
  /**
   * The reading is not shown below the title.
   * @default it is shown
   */
  readingHidden: z.literal(true).optional(),
  /** @default the card is filled */
  transparentBackground: z.literal(true).optional(),
  /**
   * Its place is left to PostHog's app, and `place` is where pictures show it: for a tile that has none there, or one that no definition may have.
   * @default `place` holds
   */
  handPlaced: z.literal(true).optional(),
};

/** The same for the dashboard as a whole. */
export const dashboardLooks = {
  /**
   * Filters over all tiles, as PostHog's `DashboardFilter`.
   * @default none
   */
  filters: anyObject.optional(),
  /**
   * Values of the variables of SQL insights, by the variable's id.
   * @default none
   */
  variables: anyObject.optional(),
  /**
   * Colours of breakdown values, as PostHog keeps them.
   * @default PostHog chooses
   */
  breakdownColors: z.array(anyObject).optional(),
  /**
   * Number of a data colour theme.
   * @default the project's own
   */
  colorTheme: z.int().optional(),
  /**
   * Ids of quick filters.
   * @default none
   */
  quickFilters: z.array(z.string()).optional(),
  /**
   * Tiles that no definition can make, such as buttons and widgets, and that stay as they are: their numbers by a name.
   * @default none
   */
  leftAlone: z.record(z.string(), z.int()).optional(),
};

const insightTile = {
  kind: z.literal("insight"),
  title: vendorText("a tile needs a title", (text) => posthogTextProblem(text, "insightName")),
  /** One sentence for whoever looks at the chart: what it shows, and what a bad value means. */
  reading: vendorText("a tile needs a reading: one sentence that says what a bad value means", (text) =>
    posthogTextProblem(text, "insightDescription"),
  ),
  query: z.looseObject({ kind: z.string("a query needs its kind, such as InsightVizNode") }),
  place,
  ...tileLooks,
};

const textTile = {
  kind: z.literal("text"),
  /** Markdown, at most 4000 characters. */
  markdown: vendorText("a text tile needs text", (text) => posthogTextProblem(text, "textTile")),
  place,
  ...tileLooks,
};

/** The tiles of a dashboard; `live` is what an insight has only where it is live. */
const tilesWith = <Live extends z.ZodRawShape>(live: Live) =>
  z
    .record(
      z.string(),
      z.discriminatedUnion("kind", [z.strictObject({ ...insightTile, ...live }), z.strictObject(textTile)]),
    )
    .superRefine(checkTiles);

const words = {
  /** Stable name in lower-case words joined by `-`; the definition lives in `dashboards/<key>.ts`. */
  key: z.string().regex(keyPattern, "a key is made of lower-case letters, digits and hyphens"),
  title: vendorText("a dashboard needs a title", (text) => posthogTextProblem(text, "dashboardName")),
  /** Team that answers for it. */
  owner: vendorText("a dashboard needs an owner", (text) => posthogTextProblem(`owner:${text}`, "tag")),
  /** The question that the whole dashboard answers; becomes its description. */
  question: vendorText("a dashboard needs the question that it answers", (text) => posthogTextProblem(text)),
};

/** What a definition says, by the field. `live` is what an insight has only where it is live. */
export const dashboardFields = <Live extends z.ZodRawShape>(live: Live) => ({
  ...words,
  /** By a stable key each: a renamed title keeps its tile, a renamed key makes a new one. */
  tiles: tilesWith(live),
  ...dashboardLooks,
  /**
   * Made by hand in PostHog and taken over with its words, looks and places as they were: rules of style leave it alone, and it
   * gets this stack's marks with the next change of it, and not before.
   * @default it was written here
   */
  adopted: z.literal(true).optional(),
});

/** A dashboard as plain data. */
export const dashboardDefinition = z.object(dashboardFields({}));

/** Names of the fields of a definition. */
export const definitionFields = Object.keys(dashboardDefinition.shape) as readonly (keyof DashboardDefinition)[];

type Frozen<Value> = Value extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : Value extends object
    ? { readonly [Field in keyof Value]: Frozen<Value[Field]> }
    : Value;

type Fields = Frozen<z.infer<typeof dashboardDefinition>>;

/** PostHog's own JSON. What a query contains is not described here. */
type WithQuery<Tile> = Tile extends { readonly query: unknown }
  ? Omit<Tile, "query"> & { readonly query: { readonly kind: string } }
  : Tile;

export type TileDefinition = WithQuery<Fields["tiles"][string]>;
export type DashboardDefinition = Omit<Fields, "tiles"> & { readonly tiles: Readonly<Record<string, TileDefinition>> };
export type DashboardLooks = Pick<DashboardDefinition, keyof typeof dashboardLooks>;
export type TileLooks = Pick<TileDefinition, keyof typeof tileLooks>;

/** Of an object, the fields that are listed and given. */
export function picked<Field extends string, Fields extends { readonly [Name in Field]?: unknown }>(
  fields: Fields,
  names: readonly Field[],
): Pick<Fields, Field> {
  const given = names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]]));
  return Object.fromEntries(given) as Pick<Fields, Field>;
}

/** As much of a tile as is looked at. */
interface CheckedTile {
  place: { column: number; row: number; width: number; height: number };
  handPlaced?: true | undefined;
  query?: unknown;
}

/** What no tile shows by itself: tiles that lie over each other, and formulas over series that a tile does not have. */
function checkTiles(tiles: Record<string, unknown>, context: z.RefinementCtx): void {
  const entries = Object.entries(tiles as Record<string, CheckedTile>);
  for (const [index, [key, tile]] of entries.entries()) {
    // A tile whose place is left to PostHog's app overlaps no other.
    const under = entries
      .slice(0, index)
      .find(([, other]) => !tile.handPlaced && !other.handPlaced && overlap(tile.place, other.place));
    if (under) {
      context.addIssue({
        code: "custom",
        path: [key, "place"],
        message: `it lies over the tile "${under[0]}": move one of them, or make it smaller`,
      });
    }
    for (const message of formulaProblems(tile.query))
      context.addIssue({ code: "custom", path: [key, "query"], message });
  }
}

function formulaProblems(query: unknown): string[] {
  const { series, trendsFilter } = object(object(query).source);
  if (!Array.isArray(series) || !isObject(trendsFilter)) return [];
  const last = series.length - 1;
  return formulasOf(trendsFilter).flatMap((text) => {
    const parsed = parseFormula(String(text));
    const missing = "formula" in parsed ? seriesOf(parsed.formula).filter((index) => index > last) : [];
    const there = last < 0 ? "there is no series" : `the last series is ${seriesLetter(last)}`;
    return missing.length > 0
      ? [`the formula ${text} names ${missing.map(seriesLetter).join(", ")}, but ${there}`]
      : [];
  });
}
