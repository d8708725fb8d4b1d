import {
  type FunnelTile,
  type InsightTile,
  type LineLabel,
  lineLabels,
  type TrendTile,
} from "../../../src/insights/define/index.ts";
import type {
  FunnelStepItem,
  FunnelStepsAnswer,
  QueryAnswer,
  TimeToConvertAnswer,
  TrendsAnswer,
  TrendsItem,
} from "../../../src/insights/evaluate/index.ts";

/** A tile with a chart. */
export type ChartTile = FunnelTile | TrendTile;

/** What a tile shows: the type follows from the kind of the tile. */
export type Shown<Tile extends ChartTile> =
  Tile extends FunnelTile<"steps">
    ? ShownSteps
    : Tile extends FunnelTile<"time_to_convert">
      ? ShownTimes
      : Tile extends TrendTile
        ? ShownTrend<LineLabel<Tile>>
        : never;

export interface ShownSteps {
  /** In order; empty when nobody entered. */
  readonly steps: readonly FunnelStepItem[];
}

export interface ShownTimes {
  /** People by the seconds at which their bar begins; bars without people are left out. */
  readonly people: Readonly<Record<number, number>>;
  readonly averageSeconds: number | null;
  readonly medianSeconds: number | null;
}

export interface ShownTrend<Label extends string = string> {
  /** A line over time; `of` is the breakdown's value where there is one. */
  line(label: Label, of?: string): ShownLine;
  /** The same line of the earlier time that the tile compares with. */
  lineBefore(label: Label, of?: string): ShownLine;
  /** In a chart of totals: the number of each breakdown value, in the order in which they are shown. */
  totals(label: Label): Readonly<Record<string, number>>;
  /** The breakdown's values in the order in which they are shown. */
  readonly values: readonly string[];
}

export interface ShownLine {
  /** Values that are not 0, by day ("2026-11-01") or hour ("2026-11-01 09:00"). */
  readonly points: Readonly<Record<string, number>>;
  /** All days or hours of the line. */
  readonly days: readonly string[];
}

/** PostHog's names for what has no value, and for the values beyond the limit. */
const sentinels: Readonly<Record<string, string>> = {
  $$_posthog_breakdown_null_$$: "none",
  $$_posthog_breakdown_other_$$: "other",
};

/** Converts an answer into the form that tests compare. */
export function shown<Tile extends ChartTile>(tile: Tile, answer: QueryAnswer): Shown<Tile>;
export function shown(tile: InsightTile, answer: QueryAnswer): unknown {
  switch (answer.kind) {
    case "funnel steps":
      return shownSteps(answer);
    case "time to convert":
      return shownTimes(answer);
    case "trends":
      return shownTrend(lineLabels((tile as TrendTile).query.source), answer);
    default:
      throw new Error(`there is no way yet to read a tile that is answered with ${answer.kind}`);
  }
}

function shownSteps({ results }: FunnelStepsAnswer): ShownSteps {
  return { steps: results.flat() };
}

function shownTimes({ results }: TimeToConvertAnswer): ShownTimes {
  return {
    people: Object.fromEntries(results.bins.filter(([, people]) => people > 0)),
    averageSeconds: results.average_conversion_time,
    medianSeconds: results.median_conversion_time,
  };
}

function shownTrend(labels: readonly string[], { results }: TrendsAnswer): ShownTrend {
  const itemsOf = (label: string) => {
    if (!labels.includes(label)) throw new Error(`the tile has no line "${label}", only ${labels.join(", ")}`);
    return results.filter(({ order }) => labels[order] === label);
  };
  const lineOf = (label: string, of: string | undefined, period: TrendsItem["compare_label"]): ShownLine => {
    const items = itemsOf(label).filter(
      (item) => breakdownOf(item) === of && (item.compare_label ?? "current") === (period ?? "current"),
    );
    const [item] = items;
    if (item === undefined || items.length > 1) {
      const there = results.map((one) => [one.label, breakdownOf(one), one.compare_label].filter(Boolean).join(" / "));
      throw new Error(`no single line "${label}"${of ? ` of "${of}"` : ""}; there is ${there.join(", ") || "none"}`);
    }
    const days = item.days.map((day) => day.replace(/:00$/, ""));
    const points = days.map((day, index) => [day, item.data[index] ?? 0] as const).filter(([, value]) => value !== 0);
    return { days, points: Object.fromEntries(points) };
  };
  return {
    line: (label, of) => lineOf(label, of, "current"),
    lineBefore: (label, of) => lineOf(label, of, "previous"),
    totals: (label) =>
      Object.fromEntries(
        itemsOf(label).map((item) => {
          if (item.aggregated_value === undefined) throw new Error(`"${label}" is a line over time, not a total`);
          return [breakdownOf(item) ?? "all", item.aggregated_value];
        }),
      ),
    values: [...new Set(results.map(breakdownOf).filter((value) => value !== undefined))],
  };
}

function breakdownOf({ breakdown_value: value }: TrendsItem): string | undefined {
  if (value === undefined) return undefined;
  return [value]
    .flat()
    .map((one) => sentinels[one] ?? one)
    .join(" / ");
}
