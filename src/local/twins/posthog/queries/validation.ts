import { invalid } from "../http/errors.ts";
import type { JsonObject } from "../records.ts";
import { isObject } from "./source.ts";

/*
 * Queries that PostHog's query runners answer with 400 before they run. Source:
 * products/product_analytics/backend/hogql_queries/{funnels/funnel_validation_rules,trends/trend_validation_rules}.py.
 */

const objects = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
const stepOf = (value: unknown): number | null => (typeof value === "number" ? value : null);

/** @throws the answer 400 for a query that PostHog refuses */
export function validateSource(source: JsonObject): void {
  if (source.kind === "FunnelsQuery") validateFunnel(source);
  if (source.kind === "TrendsQuery") validateTrend(source);
}

const given = (value: unknown): boolean => value !== undefined && value !== null;

function validateTrend(source: JsonObject): void {
  const series = objects(source.series);
  if (series.length === 0) {
    throw invalid("Trends require at least one series.", null, "trends_require_at_least_one_series");
  }
  const filter = isObject(source.breakdownFilter) ? source.breakdownFilter : {};
  const several = objects(filter.breakdowns);
  const isBinned =
    several.length > 0
      ? several.some((breakdown) => given(breakdown.histogram_bin_count))
      : given(filter.breakdown) && given(filter.breakdown_histogram_bin_count);
  const maths = ["median", "p75", "p90", "p95", "p99"].filter((math) => series.some((node) => node.math === math));
  if (isBinned && maths.length > 0) {
    const names = maths.join(" and ").replace(/^./, (letter) => letter.toUpperCase());
    throw invalid(
      `${names} ${maths.length === 1 ? "is" : "are"} not supported when breakdown values are grouped into bins. Use average instead, or turn off binning on the breakdown.`,
      null,
      "property_math_unsupported_with_histogram_breakdown",
    );
  }
  const days = isObject(source.dateRange)
    ? new Set((source.dateRange.daysOfWeek as unknown[] | null) ?? [])
    : new Set();
  const smoothing = isObject(source.trendsFilter) ? Number(source.trendsFilter.smoothingIntervals ?? 1) : 1;
  if (smoothing > 1 && days.size > 0 && days.size < 7) {
    throw invalid(
      "Smoothing is not supported together with a days-of-week restriction: the rolling average would count the excluded days as zeros and understate every value. Remove smoothing or the daysOfWeek filter.",
      null,
      "days_of_week_unsupported_with_smoothing",
    );
  }
}

function validateFunnel(source: JsonObject): void {
  const series = objects(source.series);
  const filter = isObject(source.funnelsFilter) ? source.funnelsFilter : {};
  if (series.length < 2)
    throw invalid("Funnels require at least two steps.", null, "funnels_require_at_least_two_steps");
  if (filter.funnelVizType !== "trends" && series.length > 32) {
    throw invalid("Funnels support up to 32 steps.", null, "funnel_max_steps_exceeded");
  }
  validateRange(filter, series.length - 1);
  for (const exclusion of objects(filter.exclusions)) validateExclusion(exclusion, filter, series);
  validateOptional(filter, series);
  const { breakdownAttributionType, breakdownAttributionValue, funnelOrderType } = filter;
  if (funnelOrderType === "unordered" && breakdownAttributionType === "step" && breakdownAttributionValue !== 0) {
    throw invalid("Only the first step can be used for breakdown attribution in unordered funnels");
  }
}

function validateRange({ funnelFromStep, funnelToStep }: JsonObject, last: number): void {
  const refuse = (detail: string) => invalid(detail, null, "funnel_step_range_invalid");
  const [from, to] = [stepOf(funnelFromStep), stepOf(funnelToStep)];
  if (from !== null && (from < 0 || from > last - 1)) {
    throw refuse(`funnelFromStep is out of bounds. It must be between 0 and ${last - 1}.`);
  }
  if (to !== null && (to < 1 || to > last)) {
    throw refuse(`funnelToStep is out of bounds. It must be between 1 and ${last}.`);
  }
  if (from !== null && to !== null && from >= to) {
    throw refuse("Funnel step range is invalid. funnelToStep should be greater than funnelFromStep.");
  }
}

function validateExclusion(exclusion: JsonObject, filter: JsonObject, series: readonly JsonObject[]): void {
  const refuse = (detail: string) => invalid(detail, null, "funnel_exclusions_invalid");
  const last = series.length - 1;
  // Both are integers that the schema requires.
  const [from, to] = [Number(exclusion.funnelFromStep), Number(exclusion.funnelToStep)];
  if (filter.funnelOrderType === "unordered" && (from !== 0 || to !== last)) {
    throw refuse("Partial Exclusions not allowed in unordered funnels");
  }
  if (from >= to) throw refuse("Exclusion event range is invalid. End of range should be greater than start.");
  if (from >= last) throw refuse("Exclusion event range is invalid. Start of range is greater than number of steps.");
  if (to > last) throw refuse("Exclusion event range is invalid. End of range is greater than number of steps.");
  if (series.slice(from, to + 1).some((entity) => isSuperset(entity, exclusion))) {
    throw refuse("Exclusion steps cannot contain an event that's part of funnel steps.");
  }
}

function validateOptional(filter: JsonObject, series: readonly JsonObject[]): void {
  if (!series.some((node) => node.optionalInFunnel)) return;
  const refuse = (detail: string) => invalid(detail, null, "funnel_optional_steps_invalid");
  const isSteps = [undefined, null, "steps", "flow"].includes(filter.funnelVizType as string);
  if (!isSteps || filter.funnelOrderType === "unordered") {
    throw refuse(
      'Optional funnel steps are only supported in funnels with step order Sequential or Strict and the graph type "Conversion Steps".',
    );
  }
  if (series[0]?.optionalInFunnel) throw refuse("The first step of a funnel cannot be optional.");
  for (const [index, node] of series.entries()) {
    const next = series[index + 1];
    if (next && node.optionalInFunnel && !next.optionalInFunnel && isSuperset(next, node)) {
      throw refuse("An optional step cannot be the same as the following required step.");
    }
  }
}

/** posthog/hogql_queries/utils/entities.py: the same entity, and all of its properties are among the other's. */
function isSuperset(entity: JsonObject, other: JsonObject): boolean {
  const kind = (node: JsonObject) => node.kind ?? "EventsNode";
  if (kind(entity) !== kind(other) || (entity.event ?? null) !== (other.event ?? null) || entity.id !== other.id) {
    return false;
  }
  const count = (node: JsonObject, repr: string) => reprs(node.properties).filter((one) => one === repr).length;
  return reprs(entity.properties).every((repr) => count(entity, repr) <= count(other, repr));
}

function reprs(properties: unknown): string[] {
  return objects(properties)
    .filter((property) => Object.keys(property).length > 0)
    .map(({ type, key, operator, value }) =>
      type === "hogql" || type === "cohort"
        ? `${type}: ${key} ${JSON.stringify(value)}`
        : `${type ?? "event"}: ${key} ${operator ?? "exact"} ${JSON.stringify(value)}`,
    );
}
