import { NotEvaluable } from "../errors.ts";
import { eventCondition } from "../sql/event.ts";
import { allOf } from "../sql/literal.ts";
import { bucketOf, dimensionColumns, dimensionNames, grouping, type RowsQuery, seriesCondition } from "./rows.ts";

/**
 * Rows of people who did something for the first time ever: their first event of that name must be in the range and
 * pass the filters; with `matching`, the first event that passes the filters must be in the range (PostHog:
 * posthog/hogql_queries/utils/aggregations.py).
 */
export function firstTimeRows(query: RowsQuery, matching: boolean): string {
  const { series, period, asked } = query;
  if (!asked.table.hasAllHistory) {
    throw new NotEvaluable(
      `the math ${series.written.math}`,
      `${series.where}.math`,
      "the table does not hold all history",
    );
  }
  const names = dimensionNames(query);
  const by = grouping(query);
  const considered = matching ? seriesCondition(query) : eventCondition(series.event, asked.table);
  return `
    SELECT ${by}, count(*) AS total
    FROM (
      SELECT bucket${names}, ts, passes, row_number() OVER (PARTITION BY person ORDER BY ts, arrived) AS nth
      FROM (
        SELECT person, ts, rowid AS arrived, ${bucketOf(query)} AS bucket${dimensionColumns(query)},
          bool_or(${seriesCondition(query)}) OVER (PARTITION BY person, ts) AS passes
        FROM events WHERE ${allOf([considered, `ts <= ${period.to}`])}
      )
    )
    WHERE nth = 1 AND passes AND ts >= ${period.from}
    GROUP BY ${by}`;
}
