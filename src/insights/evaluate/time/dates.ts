import { Temporal } from "temporal-polyfill";
import { NotEvaluable, QueryRejected } from "../errors.ts";
import { type Wall, wallAt } from "./wall.ts";

/** Relative to now: "-7d", "mStart", "-1dEnd" (PostHog: posthog/utils.py, relative_date_parse). */
export interface Relative {
  readonly amount: number;
  readonly unit: Unit;
  readonly position: "Start" | "End" | null;
}

export type Unit = keyof typeof durations;

/** `m` are months and `M` minutes; a quarter is 13 weeks. */
const durations = {
  h: (hours: number) => ({ hours }),
  d: (days: number) => ({ days }),
  w: (weeks: number) => ({ weeks }),
  m: (months: number) => ({ months }),
  M: (minutes: number) => ({ minutes }),
  s: (seconds: number) => ({ seconds }),
  q: (quarters: number) => ({ weeks: 13 * quarters }),
  y: (years: number) => ({ years }),
};

type TimeFields = Record<"month" | "day" | "hour" | "minute" | "second" | "millisecond" | "microsecond", number>;

/**
 * The fields that a position sets. Others exist only in some versions of PostHog, or do not do what they say (`yEnd`).
 */
const positions: Readonly<Record<string, Partial<TimeFields>>> = {
  hStart: { minute: 0, second: 0, millisecond: 0, microsecond: 0 },
  hEnd: { minute: 59, second: 59, millisecond: 999, microsecond: 999 },
  dStart: { hour: 0, minute: 0, second: 0, millisecond: 0, microsecond: 0 },
  dEnd: { hour: 23, minute: 59, second: 59, millisecond: 999, microsecond: 999 },
  mStart: { day: 1 },
  mEnd: { day: 31 },
  yStart: { month: 1, day: 1 },
};

/** Parses a date in a query: a day, a time with or without an offset from UTC, or a relative date. */
export function readDate(written: string, timeZone: string, where: string): Wall | Relative {
  return readAbsolute(written, timeZone, where) ?? readRelative(written, where);
}

export function isRelative(date: Wall | Relative): date is Relative {
  return "unit" in date;
}

const absolute =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6})\d*)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

function readAbsolute(written: string, timeZone: string, where: string): Wall | undefined {
  const match = absolute.exec(written);
  if (match === null) return undefined;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", offset] = match;
  const micros = Number(fraction.padEnd(6, "0"));
  try {
    const wall = Temporal.PlainDateTime.from(
      {
        year: Number(year),
        month: Number(month),
        day: Number(day),
        hour: Number(hour),
        minute: Number(minute),
        second: Number(second),
        millisecond: Math.floor(micros / 1000),
        microsecond: micros % 1000,
      },
      { overflow: "reject" },
    );
    return offset === undefined
      ? wall
      : wallAt(
          Date.parse(`${wall.toString({ fractionalSecondDigits: 3 })}${offset}`) * 1000 + (micros % 1000),
          timeZone,
        );
  } catch {
    throw new QueryRejected(`there is no date ${written}`, where);
  }
}

function readRelative(written: string, where: string): Relative {
  const match = /^-?(\d+)?([hdwmMsqy])(Start|End)?$/.exec(written);
  const [, amount, unit = "", position] = match ?? [];
  const meaningless = amount === undefined && position === undefined;
  if (meaningless || (position !== undefined && !(`${unit}${position}` in positions))) {
    throw new NotEvaluable(`the date ${written}`, where, "PostHog's versions read it in different ways");
  }
  return {
    amount: Number(amount ?? 0),
    unit: unit as Unit,
    position: (position as "Start" | "End" | undefined) ?? null,
  };
}

/** The earlier time by local time: a day is one calendar day also when the clocks change. */
export function before(wall: Wall, { amount, unit, position }: Relative): Wall {
  const earlier = wall.subtract(durations[unit](amount));
  const set = position === null ? undefined : positions[`${unit}${position}`];
  return set === undefined ? earlier : earlier.with(set);
}
