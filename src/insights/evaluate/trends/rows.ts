import type { QueryContext } from "../context.ts";
import type { Series, TrendsPlan } from "../plan.ts";
import { bucketSql } from "../sql/bucket.ts";
import { eventCondition } from "../sql/event.ts";
import { filterSql } from "../sql/filter.ts";
import { allOf } from "../sql/literal.ts";
import { dayMicros } from "../time/wall.ts";
import type { Period } from "./period.ts";

/*
 * Parts of the SQL that all series share.
 */

/** The parts of one series' rows. */
export interface RowsQuery {
  readonly plan: TrendsPlan;
  readonly series: Series;
  readonly period: Period;
  readonly asked: QueryContext;
  /** SQL for the value of each breakdown, named b0, b1, …; may be NULL in a histogram. */
  readonly dimensions: readonly string[];
}

/** "bucket, b0, b1" */
export function grouping({ dimensions }: Pick<RowsQuery, "dimensions">): string {
  return ["bucket", ...dimensions.map((_, index) => `b${index}`)].join(", ");
}

/** "b0, b1" with a leading comma, to continue a list. */
export function dimensionNames({ dimensions }: Pick<RowsQuery, "dimensions">): string {
  return dimensions.map((_, index) => `, b${index}`).join("");
}

export function dimensionColumns({ dimensions }: Pick<RowsQuery, "dimensions">): string {
  return dimensions.map((sql, index) => `, ${sql} AS b${index}`).join("");
}

/** SQL for a row's bucket; 0 in a chart of totals. */
export function bucketOf({ plan, period, asked }: RowsQuery): string {
  if (plan.shown === "total") return "0";
  // A day on either side: the clocks may change just outside the range.
  const bounds = { from: period.from - dayMicros, to: period.to + dayMicros };
  return bucketSql(period.buckets, bounds, asked.clock.timeZone);
}

/** SQL for the condition that an event belongs to the series, regardless of its time. */
export function seriesCondition({ plan, series, asked: { table } }: RowsQuery): string {
  return allOf([eventCondition(series.event, table), filterSql(plan.filter, table), filterSql(series.filter, table)]);
}
