import type { PropertyName } from "../../catalog/events.ts";
import { displaysByWord, type TrendDisplay } from "../../model/posthog/displays.ts";
import { defined } from "./defined.ts";
import { type InsightTile, type InsightTileOptions, looksOf } from "./definition.ts";
import type { CheckedFormula } from "./formula-type.ts";
import type { AxisFormat, EventsNode, GoalLine, InsightVizNode, Interval, TrendsFilter, TrendsQuery } from "./query.ts";
import { type ComparedWith, compareFilter, dateRange, type LookingBack } from "./range.ts";
import type { Series } from "./series.ts";
import { propertyFilters, type Where } from "./where.ts";

/** A tile whose lines are numbers over time, or one number each. The only kind that can carry an alert. */
export type TrendTile<
  Lines extends readonly EventsNode[] = readonly EventsNode[],
  FormulaLabel extends string = string,
> = InsightTile<InsightVizNode<TrendsQuery<Lines, FormulaLabel>>>;

/** What the values are, so that the axis reads well. */
export type TrendUnit = keyof typeof axisFormats;

export const axisFormats = {
  count: "numeric",
  /** A ratio such as B / (A + B), shown as per cent. */
  share: "percentage_scaled",
  milliseconds: "duration_ms",
  seconds: "duration",
} as const satisfies Record<string, AxisFormat>;

type OneOrMoreSeries = readonly [Series, ...Series[]];
type Formulas = Readonly<Record<string, string>>;
type BreakdownProperty<Lines extends OneOrMoreSeries> = PropertyName<Lines[number]["event"]>;

export type TrendOptions<Lines extends OneOrMoreSeries, Texts extends Formulas> = InsightTileOptions &
  LookingBack & {
    /** What is counted; in formulas the first is A, the second B, and so on. */
    readonly series: Lines;
    /**
     * Calculations over the series, by the label that the chart shows; with formulas the chart shows them only.
     * `{ "Error share": "B / (A + B)" }`. A division by zero gives 0.
     * @default none: the series themselves are drawn
     */
    readonly formulas?: { readonly [Label in keyof Texts]: CheckedFormula<Texts[Label], Lines> };
    /**
     * Only events with these properties, in all series.
     * @default all of them
     */
    readonly where?: Where<Lines[number]["event"]>;
    /**
     * One line for each value of the property, or for each combination of values of several.
     * @default none
     */
    readonly breakdown?: BreakdownProperty<Lines> | readonly BreakdownProperty<Lines>[];
    /**
     * Values shown, the largest first; the rest is summed up as "Other". Default: PostHog's, 25. Each series ranks its own
     * values, also below a formula: one that is among the largest of B alone has 0 for A. With formulas, leave room for
     * all values.
     * @default PostHog's, 25
     */
    readonly breakdownLimit?: number;
    /**
     * Length of time of one point or bar. Ignored in pies, tables, numbers and total bars.
     * @default "day"
     */
    readonly interval?: Interval;
    /**
     * How it is drawn.
     * @default "line"
     */
    readonly display?: TrendDisplay;
    /**
     * Draws the same lines for an earlier time, too.
     * @default nothing
     */
    readonly comparedWith?: ComparedWith;
    /** @default "count" */
    readonly unit?: TrendUnit;
    /**
     * Horizontal lines to hold the values against, in the unit of the values (a share of 5 % is 0.05).
     * @default none
     */
    readonly goals?: readonly GoalLine[];
    /**
     * Whether the chart has a legend with the lines' names.
     * @default where there is more than one line
     */
    readonly legend?: boolean;
  };

/**
 * Numbers over time: how often, how many people, how large.
 *
 * @example
 * trend({
 *   title: "Failure ratio",
 *   reading: "Share of the messages that no provider took: over 5 %, look at the provider.",
 *   series: [count("cadence.message_sent"), count("cadence.message_failed")],
 *   formulas: { "Share that fails": "B / (A + B)" },
 *   unit: "share",
 *   place: { column: 0, row: 0, width: 6, height: 5 },
 * });
 */
export function trend<const Lines extends OneOrMoreSeries, const Texts extends Formulas = Record<never, string>>(
  options: TrendOptions<Lines, Texts>,
): TrendTile<NoInfer<Lines>, NoInfer<keyof Texts & string>> {
  const { title, reading, place, series } = options;
  const source: TrendsQuery<Lines, keyof Texts & string> = {
    kind: "TrendsQuery",
    series,
    interval: options.interval ?? "day",
    dateRange: dateRange(options),
    ...defined({
      properties: propertyFilters(options.where),
      breakdownFilter: breakdownFilter(options.breakdown, options.breakdownLimit),
      compareFilter: compareFilter(options.comparedWith),
    }),
    trendsFilter: trendsFilter(options),
  };
  return { kind: "insight", title, reading, query: { kind: "InsightVizNode", source }, place, ...looksOf(options) };
}

/**
 * The names of a trend's lines, in the order that PostHog numbers them: the formulas where there are some.
 *
 * @internal
 */
export function lineLabels({ series, trendsFilter }: TrendsQuery): string[] {
  const formulas = trendsFilter?.formulaNodes ?? [];
  if (formulas.length > 0) return formulas.map(({ formula, custom_name }) => custom_name ?? formula);
  return series.map(({ event, custom_name }) => custom_name ?? event);
}

/** The labels of a tile's lines, as a type: what an alert on the tile may name. */
export type LineLabel<Tile extends TrendTile> =
  Tile extends TrendTile<infer Lines, infer FormulaLabel>
    ? [FormulaLabel] extends [never]
      ? SeriesLabel<Lines[number]>
      : FormulaLabel
    : never;

type SeriesLabel<Node extends EventsNode> = Node extends EventsNode<string, infer Label> ? Label : never;

function breakdownFilter(breakdown: string | readonly string[] | undefined, limit: number | undefined) {
  if (breakdown === undefined) return undefined;
  const properties = typeof breakdown === "string" ? [breakdown] : breakdown;
  return {
    breakdowns: properties.map((property) => ({ type: "event" as const, property })),
    ...defined({ breakdown_limit: limit }),
  };
}

function trendsFilter<Lines extends OneOrMoreSeries, Texts extends Formulas>(
  options: TrendOptions<Lines, Texts>,
): TrendsFilter<keyof Texts & string> {
  // Object.entries forgets the type of the keys.
  const formulas = Object.entries(options.formulas ?? {}) as [keyof Texts & string, string][];
  const lines = formulas.length > 0 ? formulas.length : options.series.length;
  // A chart of several lines is unreadable without their names.
  const hasSeveralLines = lines > 1 || options.breakdown !== undefined || options.comparedWith !== undefined;
  return {
    display: displaysByWord[options.display ?? "line"],
    ...(formulas.length > 0 && { formulaNodes: formulas.map(([label, formula]) => ({ formula, custom_name: label })) }),
    aggregationAxisFormat: axisFormats[options.unit ?? "count"],
    ...((options.legend ?? hasSeveralLines) && { showLegend: true }),
    ...defined({ goalLines: options.goals }),
  };
}
