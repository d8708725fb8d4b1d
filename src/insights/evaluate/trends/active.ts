import { NotEvaluable } from "../errors.ts";
import { wallSql } from "../sql/bucket.ts";
import {
  dayMicros,
  hourMicros,
  instantOf,
  type Micros,
  minuteMicros,
  offsetsBetween,
  type Wall,
  wallMicros,
} from "../time/wall.ts";
import { wholeSecond } from "./period.ts";
import { dimensionColumns, dimensionNames, grouping, type RowsQuery, seriesCondition } from "./rows.ts";

/*
 * People active within the 7 or 30 days up to each point (PostHog: …/trends/aggregation_operations.py,
 * get_actors_query_orchestrator). An event in unit u (a day, an hour, a minute) makes its person active in the units
 * u to u + window - 1. The next event of the person ends that stretch and begins another, so that each person is in one
 * stretch at a time: sums of beginnings and ends give the numbers without a row for each day of each person.
 */

export function activeRows(query: RowsQuery, windowDays: number): string {
  return query.plan.shown === "total" ? activeTotal(query, windowDays) : activeOverTime(query, windowDays);
}

/** The days up to the last one of the range, wherever the range begins. */
function activeTotal(query: RowsQuery, windowDays: number): string {
  const { period, asked } = query;
  const by = grouping(query);
  const firstDay = startOfDay(period.range.to).subtract({ days: windowDays - 1 });
  return `
    SELECT ${by}, count(DISTINCT person) AS total
    FROM (
      SELECT 0 AS bucket, person${dimensionColumns(query)} FROM events
      WHERE ts >= ${instantOf(firstDay, asked.clock.timeZone)} AND ts <= ${period.to} AND ${seriesCondition(query)}
    )
    GROUP BY ${by}`;
}

function activeOverTime(query: RowsQuery, windowDays: number): string {
  const { period, asked } = query;
  const names = dimensionNames(query);
  const by = grouping(query);
  const from = wholeSecond(period.range.from.subtract({ days: windowDays }), asked.clock);
  const { unit, window, bucketLength } = unitsOf(query, windowDays, from);
  // Bucket k is in unit window + k * bucketLength.
  const firstBucketFrom = (unit: string) =>
    `greatest((${unit} - ${window} + ${bucketLength - 1}) // ${bucketLength}, 0)`;
  return `
    SELECT ${by}, total FROM (
      SELECT buckets.bucket${names}, sum(change) AS total
      FROM (
        SELECT bucket AS since${names}, sum(change) AS change
        FROM (
          WITH days AS (
            SELECT DISTINCT person${names}, unit
            FROM (
              SELECT person, ${unit} AS unit${dimensionColumns(query)} FROM events
              WHERE ts >= ${from} AND ts <= ${period.to} AND ${seriesCondition(query)}
            )
          ), stretches AS (
            SELECT unit AS begins${names},
              least(unit + ${window}, coalesce(lead(unit) OVER (PARTITION BY person${names} ORDER BY unit), unit + ${window})) AS ends
            FROM days
          )
          SELECT ${firstBucketFrom("begins")} AS bucket${names}, 1 AS change FROM stretches
          UNION ALL
          SELECT ${firstBucketFrom("ends")}${names}, -1 FROM stretches
        )
        GROUP BY bucket${names}
      )
      JOIN (SELECT range AS bucket FROM range(${period.buckets.starts.length})) AS buckets ON since <= buckets.bucket
      GROUP BY buckets.bucket${names}
    )
    WHERE total > 0`;
}

interface Units {
  /** SQL for the unit of a row, numbered so that the first bucket's unit equals the window length. */
  readonly unit: string;
  /** Length of the window, in units. */
  readonly window: number;
  /** Units from one bucket to the next. */
  readonly bucketLength: number;
}

function unitsOf({ plan, period, asked, series }: RowsQuery, windowDays: number, from: Micros): Units {
  const { timeZone } = asked.clock;
  const { buckets } = period;
  const [first] = buckets.starts;
  if (first === undefined) return { unit: "0", window: 1, bucketLength: 1 };
  if (plan.interval === "day" || plan.interval === "week") {
    const wall = wallSql("ts", from - dayMicros, period.to + dayMicros, timeZone);
    const firstUnit = wallMicros(first.subtract({ days: windowDays }));
    return {
      unit: `(${wall} - ${firstUnit}) // ${dayMicros}`,
      window: windowDays,
      bucketLength: plan.interval === "day" ? 1 : 7,
    };
  }
  const length = plan.interval === "hour" ? hourMicros : minuteMicros;
  if (offsetsBetween(from, period.to, timeZone).length > 1) {
    const because = "the clocks change within the window, and PostHog then counts its hours on the clock";
    throw new NotEvaluable(`${series.written.math} by ${plan.interval}`, `${series.where}.math`, because);
  }
  const window = (windowDays * dayMicros) / length;
  return { unit: `(ts - ${buckets.firstInstant - window * length}) // ${length}`, window, bucketLength: 1 };
}

const startOfDay = (wall: Wall) => wall.with({ hour: 0, minute: 0, second: 0, millisecond: 0, microsecond: 0 });
