import { Temporal } from "temporal-polyfill";
import { QueryRejected } from "../errors.ts";

/*
 * PostHog calculates dates in the local time of the project's time zone (Python's aware datetimes), and only then
 * converts them to instants.
 */

/** Local time: a date and a time without a zone. */
export type Wall = Temporal.PlainDateTime;

/** An instant: microseconds since 1970, as PostHog stores them. */
export type Micros = number;

export const secondMicros = 1_000_000;
export const minuteMicros = 60 * secondMicros;
export const hourMicros = 60 * minuteMicros;
export const dayMicros = 24 * hourMicros;

/** A local time that occurs twice means the first, a skipped one the later, as in Python. */
export function instantOf(wall: Wall, timeZone: string): Micros {
  return microsOf(wall.toZonedDateTime(timeZone, { disambiguation: "compatible" }));
}

/** Microseconds from 1970-01-01 00:00 to the local time, as if the zone had no offset changes. */
export function wallMicros(wall: Wall): Micros {
  return microsOf(wall.toZonedDateTime("UTC"));
}

export function wallAt(instant: Micros, timeZone: string): Wall {
  const milliseconds = Math.floor(instant / 1000);
  return zonedAt(milliseconds, timeZone)
    .toPlainDateTime()
    .add({ microseconds: instant - milliseconds * 1000 });
}

/** "2020-01-19T23:59:59.999999Z", or with the zone's offset; a skipped local time gets the offset before the change. */
export function isoOf(wall: Wall, timeZone: string): string {
  const minutes = Math.round((wallMicros(wall) - instantOf(wall, timeZone)) / minuteMicros);
  const two = (part: number) => String(Math.trunc(Math.abs(part))).padStart(2, "0");
  const offset = minutes === 0 ? "Z" : `${minutes < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
  return `${wall.toString({ fractionalSecondDigits: wall.microsecond + wall.millisecond === 0 ? 0 : 6 })}${offset}`;
}

/** A time span with one offset from UTC. */
export interface OffsetPeriod {
  /** First instant of the next span. */
  readonly until: Micros;
  readonly offset: Micros;
}

/** The zone's offsets from UTC between two instants: usually one, two over a clock change. */
export function offsetsBetween(from: Micros, to: Micros, timeZone: string): OffsetPeriod[] {
  const periods: OffsetPeriod[] = [];
  let zoned = zonedAt(Math.floor(from / 1000), timeZone);
  for (;;) {
    const next = zoned.getTimeZoneTransition("next");
    const offset = zoned.offsetNanoseconds / 1000;
    if (next === null || microsOf(next) > to) return [...periods, { until: Number.POSITIVE_INFINITY, offset }];
    // A transition may change only the zone's name.
    if (next.offsetNanoseconds / 1000 !== offset) periods.push({ until: microsOf(next), offset });
    zoned = next;
  }
}

function microsOf(zoned: Temporal.ZonedDateTime): Micros {
  return zoned.epochMilliseconds * 1000 + zoned.microsecond;
}

function zonedAt(milliseconds: number, timeZone: string): Temporal.ZonedDateTime {
  try {
    return Temporal.Instant.fromEpochMilliseconds(milliseconds).toZonedDateTimeISO(timeZone);
  } catch {
    throw new QueryRejected(`there is no time zone ${timeZone}`, "the project");
  }
}
