import type { Compare, TrendsPlan } from "../plan.ts";
import { type Buckets, bucketsOf } from "../time/buckets.ts";
import { comparedRange } from "../time/compare.ts";
import { type Clock, lowerBound, type Range, resolveRange } from "../time/range.ts";
import { instantOf, type Micros, secondMicros, type Wall } from "../time/wall.ts";

/** A time span that a chart shows: the requested one, or the earlier one for the comparison. */
export interface Period {
  readonly range: Range;
  readonly buckets: Buckets;
  /** First and last instant whose events count, both included. */
  readonly from: Micros;
  readonly to: Micros;
  readonly compared: "current" | "previous" | null;
}

/** The periods of a trend: one, or two when it is compared. */
export function periodsOf(plan: TrendsPlan, clock: Clock, earliest: () => Wall | null): [Period, ...Period[]] {
  // PostHog: a chart of totals takes its range by days, whatever its interval.
  const interval = plan.shown === "total" ? "day" : plan.interval;
  const current = resolveRange(plan.dateRange, interval, clock, earliest, "dateRange");
  if (plan.compare === null) return [period(current, clock, null)];
  return [period(current, clock, "current"), period(earlier(current, plan.compare, clock), clock, "previous")];
}

function earlier(current: Range, compare: Compare, { timeZone }: Clock): Range {
  return comparedRange(current, compare, timeZone, "compareFilter");
}

function period(range: Range, clock: Clock, compared: Period["compared"]): Period {
  return {
    range,
    buckets: bucketsOf(range, clock),
    from: wholeSecond(lowerBound(range, clock.weekStart), clock),
    to: wholeSecond(range.to, clock),
    compared,
  };
}

/** PostHog writes a trend's bounds into its SQL without fractions of seconds. */
export function wholeSecond(wall: Wall, { timeZone }: Clock): Micros {
  const instant = instantOf(wall, timeZone);
  return instant - (((instant % secondMicros) + secondMicros) % secondMicros);
}
