import type { QueryContext } from "../context.ts";
import { sumOf } from "../numbers.ts";
import type { Series, TrendsPlan } from "../plan.ts";
import { baseRows } from "./base.ts";
import { brokenDown } from "./breakdown.ts";
import type { Period } from "./period.ts";
import { byRank } from "./rank.ts";

/** Numbers of one series in one period, for one combination of breakdown values. */
export interface Line {
  /** Null without a breakdown. */
  readonly values: readonly string[] | null;
  /** A number for each bucket; a single one in a chart of totals. */
  readonly data: readonly number[];
}

/** All lines of a series in a period, in PostHog's order. Without a breakdown there is always one. */
export async function linesOf(plan: TrendsPlan, series: Series, period: Period, asked: QueryContext): Promise<Line[]> {
  const buckets = plan.shown === "total" ? 1 : period.buckets.starts.length;
  const query = { plan, series, period, asked };
  if (plan.breakdown === null) {
    const data = new Array<number>(buckets).fill(0);
    const sql = `SELECT CAST(bucket AS INTEGER), CAST(total AS DOUBLE) FROM (${baseRows({ ...query, dimensions: [] })})`;
    for (const [bucket, total] of await asked.table.query(sql)) data[Number(bucket)] = Number(total);
    return [{ values: null, data: shownData(plan, data) }];
  }
  const lines = await brokenDown(query, plan.breakdown, buckets);
  return lines.map(({ values, data }) => ({ values, data: shownData(plan, data) })).sort(byRank);
}

function shownData({ shown, smoothing }: TrendsPlan, data: readonly number[]): readonly number[] {
  if (shown === "cumulative") return runningSums(data);
  return smoothing > 1 ? smoothed(data, smoothing) : data;
}

function runningSums(data: readonly number[]): number[] {
  let sum = 0;
  return data.map((value) => {
    sum += value;
    return sum;
  });
}

/** PostHog rounds the moving average down. */
function smoothed(data: readonly number[], points: number): number[] {
  return data.map((_, index) => {
    const last = data.slice(Math.max(0, index - points + 1), index + 1);
    return Math.floor(sumOf(last) / last.length);
  });
}
