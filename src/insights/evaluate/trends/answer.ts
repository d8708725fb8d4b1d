import { sumOf } from "../numbers.ts";
import type { TrendsPlan } from "../plan.ts";
import type { BreakdownValue, DateRangeAnswer, TrendsItem } from "../results.ts";
import type { Clock } from "../time/range.ts";
import { isoOf } from "../time/wall.ts";
import type { Line } from "./lines.ts";
import type { Period } from "./period.ts";

/*
 * The response format of a trend (products/product_analytics/backend/hogql_queries/trends/trends_query_runner.py).
 */

/** One entry of `results`. */
export function trendsItem(plan: TrendsPlan, seriesIndex: number, period: Period, line: Line): TrendsItem {
  const series = plan.series[seriesIndex];
  const event = series?.event ?? null;
  const name = event ?? "All events";
  const value = breakdownValue(plan, line);
  const label = value === null ? name : [value].flat().join("::");
  return {
    ...shownNumbers(plan, period, line.data),
    label: value !== null && plan.series.length > 1 ? `${name} - ${label}` : label,
    filter: { insight: "TRENDS" },
    action: {
      days: period.buckets.isoStarts,
      id: event,
      type: "events",
      order: seriesIndex,
      name,
      custom_name: series?.customName ?? null,
      math: series?.written.math ?? null,
      math_property: series?.written.mathProperty ?? null,
      math_hogql: null,
      math_group_type_index: null,
      properties: {},
    },
    order: seriesIndex,
    ...comparison(period),
    ...(value === null ? {} : { breakdown_value: value }),
  };
}

/** The numbers and their days; `count` is their sum. */
export function shownNumbers(plan: TrendsPlan, { buckets }: Period, data: readonly number[], count?: number) {
  if (plan.shown === "total") return { data: [], days: [], count: 0, aggregated_value: data[0] ?? 0 };
  const last = plan.shown === "cumulative" ? (data.at(-1) ?? 0) : sumOf(data);
  return { data, labels: buckets.labels, days: buckets.days, count: count ?? last };
}

export function comparison({ compared }: Period): Pick<TrendsItem, "compare" | "compare_label"> {
  return compared === null ? {} : { compare: true, compare_label: compared };
}

export function breakdownValue({ breakdown }: TrendsPlan, { values }: Line): BreakdownValue | null {
  if (breakdown === null || values === null) return null;
  return breakdown.shape === "list" ? values : (values[0] ?? "");
}

export function dateRangeAnswer({ range }: Period, { timeZone }: Clock): DateRangeAnswer {
  return { date_from: isoOf(range.from, timeZone), date_to: isoOf(range.to, timeZone) };
}
