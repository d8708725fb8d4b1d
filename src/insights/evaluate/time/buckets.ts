import { NotEvaluable } from "../errors.ts";
import type { Interval } from "../plan.ts";
import { later, startOf } from "./intervals.ts";
import { bucketLabel } from "./labels.ts";
import type { Clock, Range } from "./range.ts";
import { hourMicros, instantOf, isoOf, type Micros, minuteMicros, type Wall, wallAt } from "./wall.ts";

/** The points of a chart over time. */
export interface Buckets {
  readonly interval: Interval;
  /** Local time; the hour that occurs twice in autumn is listed twice. */
  readonly starts: readonly Wall[];
  /** The instant at which the first bucket begins. */
  readonly firstInstant: Micros;
  /** "2020-01-09", or "2020-01-09 13:00:00" for hours and minutes. */
  readonly days: readonly string[];
  /** "9-Jan-2020", "9-Jan 13:00", "12–18 Jan", "Jan 2020". */
  readonly labels: readonly string[];
  /** With the zone's offset from UTC. */
  readonly isoStarts: readonly string[];
}

/** More points than any chart shows; a query for them is a mistake. */
const mostBuckets = 50_000;

export function bucketsOf(range: Range, { timeZone, weekStart }: Clock): Buckets {
  const { interval } = range;
  const first = startOf(interval, range.from, weekStart);
  const last = startOf(interval, range.to, weekStart);
  const starts =
    interval === "hour" || interval === "minute"
      ? fixedLength(first, last, interval === "hour" ? hourMicros : minuteMicros, timeZone)
      : onCalendar(first, last, interval);
  return {
    interval,
    starts,
    firstInstant: instantOf(first, timeZone),
    days: starts.map((start) => dayOf(start, interval)),
    labels: starts.map((start) => bucketLabel(start, interval, range, weekStart)),
    isoStarts: starts.map((start) => isoOf(start, timeZone)),
  };
}

/** Hours and minutes advance in real time: a day on which the clocks change has 23 or 25 hours. */
function fixedLength(first: Wall, last: Wall, length: Micros, timeZone: string): Wall[] {
  const start = instantOf(first, timeZone);
  const count = Math.floor((instantOf(last, timeZone) - start) / length) + 1;
  return counted(count, (index) => wallAt(start + index * length, timeZone));
}

function onCalendar(first: Wall, last: Wall, interval: Exclude<Interval, "hour" | "minute">): Wall[] {
  const days = first.until(last, { largestUnit: "days" }).days;
  const months = 12 * (last.year - first.year) + last.month - first.month;
  const lengths = { day: days, week: days / 7, month: months, quarter: months / 3, year: months / 12 };
  return counted(lengths[interval] + 1, (index) => later(interval, first, index));
}

function counted(count: number, start: (index: number) => Wall): Wall[] {
  if (count > mostBuckets) throw new NotEvaluable(`a chart of ${count} points`, "dateRange");
  return Array.from({ length: Math.max(0, count) }, (_, index) => start(index));
}

function dayOf(start: Wall, interval: Interval): string {
  const date = start.toPlainDate().toString();
  return interval === "hour" || interval === "minute" ? `${date} ${timeOf(start)}:00` : date;
}

const timeOf = (wall: Wall) => wall.toPlainTime().toString({ smallestUnit: "minute" });
