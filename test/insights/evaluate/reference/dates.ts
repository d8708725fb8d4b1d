import { addMonths, day, hour, midnight, parts, second, wallOf } from "./clock.ts";
import type { DateRangeJson, IntervalJson, World } from "./queries.ts";

/** All times are wall times. */
export interface Dates {
  readonly from: number;
  readonly to: number;
  /** Letter of the relative date in `from`; "default" when there was no date. */
  readonly fromKind: string | null;
  readonly fromNumber: number;
  readonly toIsRelative: boolean;
  readonly explicit: boolean;
}

const lastMoment = 0.001; // of a millisecond: a day ends at 23:59:59.999999

/** `names`: "all" begins at the first event with one of these names; null stands for every event. */
export function readDates(
  range: DateRangeJson | undefined,
  interval: IntervalJson,
  world: World,
  names: readonly (string | null)[] = [null],
): Dates {
  const now = wallOf(world.now, world.timeZone);
  const explicit = range?.explicitDate ?? false;
  let from = midnight(now) - 7 * day;
  let fromKind: string | null = "default";
  let fromNumber = 0;
  if (range?.date_from === "all") {
    fromKind = null;
    const named = world.events.filter(({ event }) => names.includes(null) || names.includes(event));
    from = wallOf(Math.min(...named.map(({ at }) => at)), world.timeZone);
  } else if (range?.date_from !== undefined) {
    const read = readDate(range.date_from, now, world);
    from = read.wall;
    fromKind = read.kind;
    fromNumber = read.number;
    if (fromKind !== null && !explicit && interval !== "minute") {
      from = fromKind === "h" ? Math.floor(from / hour) * hour : midnight(from);
    }
  }
  let to = now;
  let toIsRelative = false;
  let toIsAbsolute = false;
  if (range?.date_to !== undefined) {
    const read = readDate(range.date_to, now, world);
    to = read.wall;
    toIsRelative = read.kind !== null;
    toIsAbsolute = read.kind === null;
  }
  if (!explicit) {
    if (interval === "hour") {
      if (!toIsAbsolute) to = Math.floor(to / hour) * hour + hour - lastMoment;
    } else if (interval === "minute") {
      if (!toIsAbsolute) to = Math.floor(to / (60 * second)) * 60 * second + 60 * second - lastMoment;
    } else to = midnight(to) + day - lastMoment;
  }
  return { from, to, fromKind, fromNumber, toIsRelative, explicit };
}

export function readDate(
  text: string,
  now: number,
  world: World,
): { wall: number; kind: string | null; number: number } {
  const absolute = /^(\d+)-(\d+)-(\d+)(?:[T ](\d+):(\d+)(?::(\d+))?(Z)?)?$/.exec(text);
  if (absolute !== null) {
    const [, y, m, d, h = "0", min = "0", s = "0", zone] = absolute;
    const wall = Date.UTC(Number(y), Number(m) - 1, Number(d), Number(h), Number(min), Number(s));
    return { wall: zone === undefined ? wall : wallOf(wall, world.timeZone), kind: null, number: 0 };
  }
  const relative = /^-?(\d*)([a-zA-Z])(Start|End)?$/.exec(text);
  if (relative === null) throw new Error(`the reference cannot read the date ${text}`);
  const [, digits = "", kind = "", position] = relative;
  const number = Number(digits);
  let wall = now;
  if (kind === "h") wall -= number * hour;
  if (kind === "d") wall -= number * day;
  if (kind === "w") wall -= number * 7 * day;
  if (kind === "q") wall -= number * 13 * 7 * day;
  if (kind === "M") wall -= number * 60 * second;
  if (kind === "s") wall -= number * second;
  if (kind === "m") wall = addMonths(wall, -number);
  if (kind === "y") wall = addMonths(wall, -12 * number);
  const { year, month } = parts(wall);
  const timeOfDay = wall - midnight(wall);
  if (position === "Start" && kind === "d") wall = midnight(wall);
  if (position === "End" && kind === "d") wall = midnight(wall) + day - lastMoment;
  if (position === "Start" && kind === "m") wall = Date.UTC(year, month, 1) + timeOfDay;
  if (position === "End" && kind === "m") wall = Date.UTC(year, month + 1, 0) + timeOfDay;
  if (position === "Start" && kind === "y") wall = Date.UTC(year, 0, 1) + timeOfDay;
  return { wall, kind, number };
}

/** The earlier period of a comparison. */
export function earlierDates(dates: Dates, interval: IntervalJson, compareTo: string | undefined, world: World): Dates {
  const length = dates.to - dates.from;
  if (compareTo !== undefined) {
    const from = readDate(compareTo, dates.from, world).wall;
    return { ...dates, from, to: from + length };
  }
  let from = midnight(dates.from - length) + (dates.from - midnight(dates.from));
  const isWeeks =
    dates.fromKind === "default" || (dates.fromKind === "d" && dates.fromNumber > 0 && dates.fromNumber % 7 === 0);
  if (interval === "day" && isWeeks && !dates.toIsRelative) from += day;
  return { ...dates, from, to: midnight(from + length) + (dates.to - midnight(dates.to)) };
}

/** First wall time whose events count. */
export function lowerWall(dates: Dates, interval: IntervalJson, world: World): number {
  const isRelative = dates.fromKind !== null && dates.fromKind !== "default";
  if (dates.explicit) return dates.from;
  if (isRelative && (interval === "hour" || interval === "minute")) return dates.from;
  if (isRelative && interval === "day" && dates.fromKind === "h") return dates.from;
  if (interval === "week") return midnight(dates.from);
  return startOf(interval, dates.from, world.weekStart);
}

export function startOf(interval: IntervalJson, wall: number, weekStart: World["weekStart"]): number {
  const { year, month, weekday } = parts(wall);
  if (interval === "minute") return Math.floor(wall / (60 * second)) * 60 * second;
  if (interval === "hour") return Math.floor(wall / hour) * hour;
  if (interval === "week") return midnight(wall) - (weekStart === "sunday" ? weekday : (weekday + 6) % 7) * day;
  if (interval === "month") return Date.UTC(year, month, 1);
  if (interval === "quarter") return Date.UTC(year, Math.floor(month / 3) * 3, 1);
  if (interval === "year") return Date.UTC(year, 0, 1);
  return midnight(wall);
}
