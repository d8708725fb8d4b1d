import type { WeekStart } from "../../../model/posthog/calendar.ts";
import { NotEvaluable } from "../errors.ts";
import type { DateRange, Interval } from "../plan.ts";
import { before, isRelative, type Relative, readDate } from "./dates.ts";
import { startOf } from "./intervals.ts";
import type { Wall } from "./wall.ts";

/*
 * From and to, as the query means them (PostHog: posthog/hogql_queries/utils/query_date_range.py).
 */

export interface Clock {
  readonly now: Wall;
  readonly timeZone: string;
  readonly weekStart: WeekStart;
}

export interface Range {
  readonly from: Wall;
  readonly to: Wall;
  /** How `from` was written, when relative to now. */
  readonly relativeFrom: Relative | null;
  readonly relativeTo: Relative | null;
  /** `date_from` is absent, or means all time. */
  readonly isDefaultFrom: boolean;
  readonly isAll: boolean;
  readonly explicit: boolean;
  readonly interval: Interval;
}

/** PostHog: DEFAULT_DATE_FROM_DAYS. */
const defaultFrom: Relative = { amount: 7, unit: "d", position: null };

/**
 * @param earliest the first event, for `date_from: "all"`; null when there is none.
 * @param where of the date range in the query, for errors.
 */
export function resolveRange(
  dateRange: DateRange,
  interval: Interval,
  clock: Clock,
  earliest: () => Wall | null,
  where: string,
): Range {
  return {
    ...resolveFrom(dateRange, interval, clock, earliest, `${where}.date_from`),
    ...resolveTo(dateRange, interval, clock, `${where}.date_to`),
    isDefaultFrom: dateRange.from === null,
    isAll: dateRange.from === "all",
    explicit: dateRange.explicit,
    interval,
  };
}

function resolveFrom(
  { from: written, explicit }: DateRange,
  interval: Interval,
  { now, timeZone }: Clock,
  earliest: () => Wall | null,
  where: string,
): Pick<Range, "from" | "relativeFrom"> {
  if (written === null) return { from: startOfDay(before(now, defaultFrom)), relativeFrom: null };
  if (written === "all") {
    const from = earliest();
    if (from === null) throw new NotEvaluable('date_from "all"', where, "there is no event yet");
    return { from, relativeFrom: null };
  }
  const date = readDate(written, timeZone, where);
  if (!isRelative(date)) return { from: date, relativeFrom: null };
  const from = before(now, date);
  if (explicit || interval === "minute") return { from, relativeFrom: date };
  return { from: date.unit === "h" ? startOfHour(from) : startOfDay(from), relativeFrom: date };
}

function resolveTo(
  { to: written, explicit }: DateRange,
  interval: Interval,
  { now, timeZone }: Clock,
  where: string,
): Pick<Range, "to" | "relativeTo"> {
  const date = written === null ? null : readDate(written, timeZone, where);
  const relativeTo = date !== null && isRelative(date) ? date : null;
  const to = date === null ? now : isRelative(date) ? before(now, date) : date;
  if (explicit) return { to, relativeTo };
  if (interval !== "hour" && interval !== "minute") return { to: endOfDay(to), relativeTo };
  if (relativeTo !== null && (interval === "minute" || relativeTo.unit !== "h" || relativeTo.position !== null)) {
    const because = `with the interval ${interval} PostHog cuts it to the start of the day before it looks for its end`;
    throw new NotEvaluable(`the date ${written}`, where, because);
  }
  if (date !== null && relativeTo === null) return { to, relativeTo };
  return { to: interval === "hour" ? endOfHour(to) : endOfMinute(to), relativeTo };
}

/** First local time from which events count; events before `from` may count where an interval begins before it. */
export function lowerBound({ from, interval, relativeFrom, explicit }: Range, weekStart: WeekStart): Wall {
  if (explicit) return from;
  const isShort = interval === "hour" || interval === "minute";
  if (relativeFrom !== null && (isShort || (interval === "day" && relativeFrom.unit === "h"))) return from;
  return interval === "week" ? startOfDay(from) : startOf(interval, from, weekStart);
}

const startOfHour = (wall: Wall) => wall.with({ minute: 0, second: 0, millisecond: 0, microsecond: 0 });
const startOfDay = (wall: Wall) => startOfHour(wall).with({ hour: 0 });
const endOfMinute = (wall: Wall) => wall.with({ second: 59, millisecond: 999, microsecond: 999 });
const endOfHour = (wall: Wall) => endOfMinute(wall).with({ minute: 59 });
const endOfDay = (wall: Wall) => endOfHour(wall).with({ hour: 23 });
