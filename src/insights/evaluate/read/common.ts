import * as z from "zod";
import { NotEvaluable } from "../errors.ts";
import type { BreakdownBy, DateRange, Filter, Interval, PropertyOf } from "../plan.ts";
import { both, readFilters } from "./filters.ts";
import { flag, harmless, number, parse, refuse, text, within } from "./parse.ts";

/** Fields that a trend and a funnel share. */
export const queryFields = {
  series: z.array(z.unknown()),
  interval: text,
  dateRange: z.unknown().optional(),
  properties: z.unknown().optional(),
  filterTestAccounts: flag,
  breakdownFilter: z.unknown().optional(),
  samplingFactor: number,
  aggregation_group_type_index: number,
  modifiers: z.record(z.string(), z.unknown()).nullish(),
  dataColorTheme: harmless,
  response: harmless,
  tags: harmless,
  version: harmless,
};

/** The comparison with an earlier time. */
export const compareFilter = z.strictObject({ compare: flag, compare_to: text }).nullish();

type CommonQuery = z.output<z.ZodObject<typeof queryFields>>;

const dateRange = z.strictObject({
  date_from: text,
  date_to: text,
  explicitDate: flag,
  daysOfWeek: z.array(z.unknown()).nullish(),
  excludeIncompletePeriods: flag,
});

const breakdownFilter = z.strictObject({
  breakdown: z.unknown().optional(),
  breakdown_type: text,
  breakdowns: z.array(z.unknown()).nullish(),
  breakdown_limit: number,
  breakdown_hide_other_aggregation: flag,
  breakdown_histogram_bin_count: number,
  breakdown_normalize_url: flag,
  breakdown_path_cleaning: flag,
  breakdown_group_type_index: number,
});

export type BreakdownFilter = z.output<typeof breakdownFilter>;

const intervals: readonly Interval[] = ["minute", "hour", "day", "week", "month", "quarter", "year"];

/** What the parser must know of the project besides the query. */
export interface ReadingContext {
  /** The project's filters for internal users; needed when a query excludes them. */
  readonly testAccountFilters?: readonly unknown[];
}

export function readInterval({ interval }: CommonQuery, where: string): Interval {
  const found = intervals.find((one) => one === (interval ?? "day"));
  if (found === undefined) throw new NotEvaluable(`the interval ${interval}`, within(where, ["interval"]));
  return found;
}

/** Refuses what neither kind of query can evaluate, and returns the filters for all of its events. */
export function readCommon(query: CommonQuery, context: ReadingContext, where: string): Filter {
  const at = (field: string) => within(where, [field]);
  if (![undefined, null, 1].includes(query.samplingFactor)) throw new NotEvaluable("sampling", at("samplingFactor"));
  refuse(query.aggregation_group_type_index, "counting groups", at("aggregation_group_type_index"));
  for (const [name, value] of Object.entries(query.modifiers ?? {})) {
    refuse(value, `the modifier ${name}`, within(where, ["modifiers", name]));
  }
  const filter = readFilters(query.properties, at("properties"));
  if (!query.filterTestAccounts) return filter;
  const { testAccountFilters } = context;
  if (testAccountFilters === undefined) {
    const because = "the project's filters for internal users are not known here";
    throw new NotEvaluable("filterTestAccounts", at("filterTestAccounts"), because);
  }
  return both(filter, readFilters(testAccountFilters, "testAccountFilters"));
}

export function readDateRange(value: unknown, where: string): DateRange {
  const read = parse(dateRange.nullish(), value, where);
  if (read?.daysOfWeek && read.daysOfWeek.length > 0) {
    throw new NotEvaluable("daysOfWeek", within(where, ["daysOfWeek"]));
  }
  if (read?.excludeIncompletePeriods) {
    throw new NotEvaluable("excludeIncompletePeriods", within(where, ["excludeIncompletePeriods"]));
  }
  return { from: read?.date_from || null, to: read?.date_to || null, explicit: read?.explicitDate ?? false };
}

export function readBreakdownFilter(value: unknown, where: string): BreakdownFilter {
  const read = parse(breakdownFilter.nullish(), value, where) ?? {};
  if (read.breakdown_path_cleaning) {
    throw new NotEvaluable("path cleaning", within(where, ["breakdown_path_cleaning"]));
  }
  refuse(read.breakdown_group_type_index, "a group breakdown", within(where, ["breakdown_group_type_index"]));
  return read;
}

export function breakdownOwner(type: string | null | undefined, where: string): PropertyOf {
  if (type === null || type === undefined || type === "event") return "event";
  if (type === "person") return "person";
  throw new NotEvaluable(`a breakdown by ${type}`, where);
}

/** Computed by PostHog for persons and sessions, not stored on events. */
export function storedProperty(by: BreakdownBy): BreakdownBy {
  if (by.key.startsWith("$virt_")) throw new NotEvaluable(`a breakdown by ${by.key}`, by.where);
  return by;
}
