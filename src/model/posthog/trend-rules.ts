import { type JsonObject, list, object } from "../json.ts";
import type { Refusal } from "./refusal.ts";

/*
 * What PostHog answers with 400 to a TrendsQuery (products/product_analytics/backend/hogql_queries/trends:
 * trend_validation_rules.py). Formulas have a reader of their own.
 */

/** Of a number; PostHog looks at the word alone, whether the number is named or not. */
const notBinnable: readonly unknown[] = ["median", "p75", "p90", "p95", "p99"];

/** Everything that PostHog refuses in a trend; empty for one that it answers. */
export function trendRefusals(query: JsonObject): Refusal[] {
  const series = list(query.series).map(object);
  if (series.length === 0) {
    const fix = "give it at least one series";
    return [{ path: ["series"], problem: "it counts nothing", fix, value: query.series }];
  }
  return [...histogramRefusals(object(query.breakdownFilter), series), ...smoothingRefusals(query)];
}

function histogramRefusals(filter: JsonObject, series: readonly JsonObject[]): Refusal[] {
  const several = list(filter.breakdowns).map(object);
  const isGiven = (count: unknown) => count !== undefined && count !== null;
  const hasOne = isGiven(filter.breakdown) && isGiven(filter.breakdown_histogram_bin_count);
  const isHistogram =
    several.length > 0 ? several.some(({ histogram_bin_count }) => isGiven(histogram_bin_count)) : hasOne;
  if (!isHistogram) return [];
  return series.flatMap(({ math }, index): Refusal[] => {
    if (!notBinnable.includes(math)) return [];
    const problem = `a histogram cannot show ${math}`;
    return [
      { path: ["series", index, "math"], problem, fix: "take the average, or break down without bins", value: math },
    ];
  });
}

function smoothingRefusals({ trendsFilter, dateRange }: JsonObject): Refusal[] {
  const { smoothingIntervals } = object(trendsFilter);
  const days = new Set(list(object(dateRange).daysOfWeek));
  if (Number(smoothingIntervals ?? 1) <= 1 || days.size === 0 || days.size >= 7) return [];
  const problem = "it is smoothed over days of which some are left out";
  const fix = "leave smoothing or the days of the week out";
  return [{ path: ["trendsFilter", "smoothingIntervals"], problem, fix, value: smoothingIntervals }];
}
