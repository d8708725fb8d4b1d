import type { Owner } from "../../catalog/owners.ts";
import {
  type FunnelTile,
  type LineLabel,
  lineLabels,
  type TileReference,
  type TrendTile,
} from "../../insights/define/index.ts";
import type { AlertCheck, AlertConversion, AlertThreshold } from "../../model/posthog/alerts.ts";

/** An alert on one line of a tile, or on a funnel's conversion, as plain data. */
export interface InsightAlertDefinition {
  readonly dashboardKey: string;
  readonly tileKey: string;
  /** Title of the tile, by which its insight is found. */
  readonly tileTitle: string;
  /** Which line of the tile, from 0. */
  readonly line: number;
  /** Of a funnel, which conversion; absent on a trend. */
  readonly conversion?: AlertConversion;
  /** Among several alerts on a tile, which one it is; absent in the first. */
  readonly key?: string;
  readonly name: string;
  readonly when: AlertThreshold;
  readonly check: AlertCheck;
  /** Teams that get an e-mail; the first one owns the alert. */
  readonly notify: readonly [Owner, ...Owner[]];
  /** What is wrong when it fires, and where to look first. */
  readonly because: string;
}

interface CommonOptions {
  /**
   * Needed where a tile carries several alerts, such as "warn" beside the one that wakes somebody: lower-case words joined
   * by hyphens. Stays when the name changes.
   * @default none
   */
  readonly key?: string;
  readonly name: string;
  readonly notify: readonly [Owner, ...Owner[]];
  readonly because: string;
}

export interface AlertOptions<Tile extends TrendTile> extends CommonOptions {
  readonly when: AlertThreshold;
  /** Not more seldom than the tile's interval: PostHog compares its last full hour, day, week or month alone. */
  readonly check: AlertCheck;
  /**
   * Which line, by its label in the chart.
   * @default the first
   */
  readonly line?: LineLabel<Tile>;
}

export interface ConversionAlertOptions extends CommonOptions {
  /**
   * In shares, 0 to 1: below(0.4) is when fewer than 40 % get there, and when nobody does. While nobody did the first step,
   * PostHog has no number, and tells nobody.
   */
  readonly when: Above | Below;
  /** How often PostHog looks at the funnel, over all of its date range. */
  readonly check: AlertCheck;
  /**
   * Number of the step that people reach, from 0, as in PostHog.
   * @default the last one
   */
  readonly toStep?: number;
  /**
   * Of whom it is a share: of those who did the first step, or the step before.
   * @default "first step"
   */
  readonly from?: AlertConversion["from"];
}

/**
 * An alert on a tile of a dashboard: on a line of a trend, or on the conversion of a funnel. A tile that does not exist does
 * not compile, nor does one that PostHog cannot watch: times to convert, SQL and texts carry no alert here
 * (PostHog: products/alerts/backend/evaluation).
 *
 * @example
 * const asked = trend({ title: "Prompts", reading: "How often AskVX is asked.", series: [count("ask.prompt_submitted")], place: { column: 0, row: 0, width: 6, height: 5 } });
 * const askvx = dashboard({ key: "askvx", title: "AskVX", owner: "ai", question: "Is AskVX used?", tiles: { asked } });
 * alertOn(askvx.tile("asked"), { name: "Nobody asks", when: below(1), check: "daily", notify: ["ai"], because: "No prompt in a day: try one." });
 */
export function alertOn<Tile extends TrendTile>(
  reference: TileReference<Tile>,
  options: AlertOptions<NoInfer<Tile>>,
): InsightAlertDefinition;
/**
 * An alert on the conversion of a funnel.
 *
 * @example
 * const answered = funnel({ title: "Asked to answered", reading: "Share of the people who get an answer.", steps: ["ask.prompt_submitted", "ask.response_stream_complete"], windowDays: 1, place: { column: 0, row: 0, width: 6, height: 5 } });
 * const answers = dashboard({ key: "answers", title: "Answers", owner: "ai", question: "Do people get answers?", tiles: { answered } });
 * alertOn(answers.tile("answered"), { name: "Few get an answer", when: below(0.8), check: "daily", notify: ["ai"], because: "Ask something: does an answer come?" });
 */
export function alertOn(
  reference: TileReference<FunnelTile<"steps">>,
  options: ConversionAlertOptions,
): InsightAlertDefinition;
export function alertOn(
  { dashboardKey, tileKey, tile }: TileReference<TrendTile | FunnelTile<"steps">>,
  options: AlertOptions<TrendTile> | ConversionAlertOptions,
): InsightAlertDefinition {
  const {
    line,
    toStep,
    from = "first step",
    ...rest
  } = options as Partial<ConversionAlertOptions> & AlertOptions<TrendTile>;
  const watched = { dashboardKey, tileKey, tileTitle: tile.title };
  const { source } = tile.query;
  if (source.kind === "FunnelsQuery")
    return { ...watched, line: 0, conversion: { ...(toStep === undefined ? {} : { toStep }), from }, ...rest };
  return { ...watched, line: line === undefined ? 0 : lineLabels(source).indexOf(line), ...rest };
}

/**
 * What an alert is called in a stack: "cadence-throughput/failure-ratio", and with its key where it has one.
 *
 * @internal
 */
export const alertAddress = ({ dashboardKey, tileKey, key }: InsightAlertDefinition): string =>
  [dashboardKey, tileKey, ...(key === undefined ? [] : [key])].join("/");

type Above = Extract<AlertThreshold, { readonly kind: "above" }>;
type Below = Extract<AlertThreshold, { readonly kind: "below" }>;

/**
 * Fires when the value is more than this, in the unit of the tile's values: a share of 5 % is 0.05.
 *
 * @example above(0.05);
 */
export const above = (value: number): Above => ({ kind: "above", value });

/**
 * Fires when the value is less than this, in the unit of the tile's values.
 *
 * @example below(1);
 */
export const below = (value: number): Below => ({ kind: "below", value });

/**
 * Fires when the value is more than the one before it by this share of it: 0.5 is half as much again.
 *
 * @example risesBy(0.5);
 */
export const risesBy = (share: number): AlertThreshold => ({ kind: "rises by", share });

/**
 * Fires when the value is less than the one before it by this share of it: 0.5 is less than half of it.
 *
 * @example fallsBy(0.5);
 */
export const fallsBy = (share: number): AlertThreshold => ({ kind: "falls by", share });
