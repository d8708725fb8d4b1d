import type { Aggregate, SeriesMath } from "../plan.ts";

const levels = { median: 0.5, p75: 0.75, p90: 0.9, p95: 0.95, p99: 0.99 } as const;

/**
 * SQL for an aggregate of numbers; 0 when there are none, as PostHog's formulas cannot use NULL. Percentiles
 * interpolate between the two nearest values. PostHog samples more than 8192 values; here they are exact.
 */
export function aggregateSql(aggregate: Aggregate, numbers: string): string {
  const sql =
    aggregate in levels
      ? `quantile_cont(${numbers}, ${levels[aggregate as keyof typeof levels]})`
      : `${aggregate}(${numbers})`;
  return `coalesce(${sql}, 0)`;
}

/** SQL that combines the numbers of several breakdown values into one (PostHog: get_outer_aggregation). */
export function mergeSql(math: SeriesMath, totals: string): string {
  const merge = math.kind === "property" && ["max", "min", "avg"].includes(math.aggregate) ? math.aggregate : "sum";
  return `${merge}(${totals})`;
}
