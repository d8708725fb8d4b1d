import type { Interval } from "../plan.ts";
import type { Buckets } from "../time/buckets.ts";
import { dayMicros, hourMicros, type Micros, minuteMicros, offsetsBetween, wallMicros } from "../time/wall.ts";

/**
 * SQL for the local time at `ts`, in microseconds: the zone's few offsets from UTC are constants, which is many times
 * faster than a time zone function on every row.
 */
export function wallSql(ts: string, from: Micros, to: Micros, timeZone: string): string {
  const periods = offsetsBetween(from, to, timeZone);
  const last = periods.at(-1)?.offset ?? 0;
  const branches = periods.slice(0, -1).map(({ until, offset }) => `WHEN ${ts} < ${until} THEN ${offset}`);
  return branches.length === 0 ? `(${ts} + ${last})` : `(${ts} + CASE ${branches.join(" ")} ELSE ${last} END)`;
}

/** SQL for the index of a row's bucket, from 0. */
export function bucketSql(buckets: Buckets, bounds: { from: Micros; to: Micros }, timeZone: string): string {
  const { interval, firstInstant, starts } = buckets;
  if (interval === "minute") return `(ts - ${firstInstant}) // ${minuteMicros}`;
  if (interval === "hour") return `(ts - ${firstInstant}) // ${hourMicros}`;
  const [first] = starts;
  if (first === undefined) return "0";
  const wall = wallSql("ts", bounds.from, bounds.to, timeZone);
  if (interval === "day") return `(${wall} - ${wallMicros(first)}) // ${dayMicros}`;
  if (interval === "week") return `(${wall} - ${wallMicros(first)}) // ${7 * dayMicros}`;
  const months = `(12 * year(make_timestamp(${wall})) + month(make_timestamp(${wall})) - ${12 * first.year + first.month})`;
  return `${months} // ${monthsOf[interval]}`;
}

const monthsOf = { month: 1, quarter: 3, year: 12 } as const satisfies Partial<Record<Interval, number>>;
