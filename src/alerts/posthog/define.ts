import type { Owner } from "../../catalog/owners.ts";
import { type LineLabel, lineLabels, type TileReference, type TrendTile } from "../../insights/define/index.ts";
import type { AlertCheck, AlertThreshold } from "../../model/posthog/alerts.ts";

/** An alert on one line of a tile, as plain data. */
export interface InsightAlertDefinition {
  readonly dashboardKey: string;
  readonly tileKey: string;
  /** Title of the tile, by which its insight is found. */
  readonly tileTitle: string;
  /** Which line of the tile, from 0. */
  readonly line: number;
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

export interface AlertOptions<Tile extends TrendTile> {
  /**
   * Needed where a tile carries several alerts, such as "warn" beside the one that wakes somebody: lower-case words joined
   * by hyphens. Stays when the name changes.
   * @default none
   */
  readonly key?: string;
  readonly name: string;
  readonly when: AlertThreshold;
  /** Not more seldom than the tile's interval: PostHog compares its last full hour, day, week or month alone. */
  readonly check: AlertCheck;
  readonly notify: readonly [Owner, ...Owner[]];
  readonly because: string;
  /**
   * Which line, by its label in the chart.
   * @default the first
   */
  readonly line?: LineLabel<Tile>;
}

/**
 * An alert on a tile of a dashboard. A tile that does not exist does not compile, nor does one that PostHog cannot watch:
 * funnels and texts carry no alert (PostHog: posthog/tasks/alerts/utils.py).
 *
 * @example
 * const asked = trend({ title: "Prompts", reading: "How often AskVX is asked.", series: [count("ask.prompt_submitted")], place: { column: 0, row: 0, width: 6, height: 5 } });
 * const askvx = dashboard({ key: "askvx", title: "AskVX", owner: "ai", question: "Is AskVX used?", tiles: { asked } });
 * alertOn(askvx.tile("asked"), { name: "Nobody asks", when: below(1), check: "daily", notify: ["ai"], because: "No prompt in a day: try one." });
 */
export function alertOn<Tile extends TrendTile>(
  { dashboardKey, tileKey, tile }: TileReference<Tile>,
  { line, ...options }: AlertOptions<NoInfer<Tile>>,
): InsightAlertDefinition {
  const labels = lineLabels(tile.query.source);
  return {
    dashboardKey,
    tileKey,
    tileTitle: tile.title,
    line: line === undefined ? 0 : labels.indexOf(line),
    ...options,
  };
}

/**
 * What an alert is called in a stack: "cadence-throughput/failure-ratio", and with its key where it has one.
 *
 * @internal
 */
export const alertAddress = ({ dashboardKey, tileKey, key }: InsightAlertDefinition): string =>
  [dashboardKey, tileKey, ...(key === undefined ? [] : [key])].join("/");

/**
 * Fires when the value is more than this, in the unit of the tile's values: a share of 5 % is 0.05.
 *
 * @example above(0.05);
 */
export const above = (value: number): AlertThreshold => ({ kind: "above", value });

/**
 * Fires when the value is less than this, in the unit of the tile's values.
 *
 * @example below(1);
 */
export const below = (value: number): AlertThreshold => ({ kind: "below", value });

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
