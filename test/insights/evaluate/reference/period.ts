import { type Bucket, makeBuckets } from "./buckets.ts";
import { instantOf, second } from "./clock.ts";
import { type Dates, lowerWall, readDates } from "./dates.ts";
import type { DateRangeJson, IntervalJson, World } from "./queries.ts";

export interface Period {
  readonly dates: Dates;
  readonly buckets: Bucket[];
  /** Instants, both included. */
  readonly from: number;
  readonly to: number;
  readonly name?: "current" | "previous";
}

/** The instants, in milliseconds, that a query looks at. */
export function referenceRange(
  { dateRange, interval = "day" }: { readonly dateRange?: DateRangeJson; readonly interval?: IntervalJson },
  world: World,
  names?: readonly (string | null)[],
): { readonly from: number; readonly to: number } {
  const { from, to } = readDates(dateRange, interval, world, names);
  const instant = (wall: number) => instantOf(Math.floor(wall), world.timeZone) + (wall - Math.floor(wall));
  return { from: instant(from), to: instant(to) };
}

export interface Shape {
  readonly interval: IntervalJson;
  readonly isTotal: boolean;
  readonly isCumulative: boolean;
}

export function makePeriod(dates: Dates, interval: IntervalJson, world: World): Period {
  const wholeSecond = (wall: number) => Math.floor(instantOf(Math.floor(wall), world.timeZone) / second) * second;
  return {
    dates,
    buckets: makeBuckets(dates, interval, world),
    from: wholeSecond(lowerWall(dates, interval, world)),
    to: wholeSecond(dates.to),
  };
}
