/*
 * Time zones by asking Intl for the local time. A wall time is a number: the milliseconds that Date.UTC gives for that
 * local time.
 */

export const second = 1000;
export const hour = 3_600_000;
export const day = 24 * hour;

const formats = new Map<string, Intl.DateTimeFormat>();
const shown = new Map<string, number>();

/** The wall time at an instant, to the millisecond. */
export function wallOf(instant: number, timeZone: string): number {
  if (timeZone === "UTC") return instant;
  const key = `${timeZone} ${Math.floor(instant / second)}`;
  let wholeSecond = shown.get(key);
  if (wholeSecond === undefined) {
    wholeSecond = askIntl(Math.floor(instant / second) * second, timeZone);
    shown.set(key, wholeSecond);
  }
  return wholeSecond + (instant - Math.floor(instant / second) * second);
}

function askIntl(instant: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(timeZone, format);
  }
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(instant)) parts[type] = Number(value);
  const { year = 0, month = 0, day: date = 0, hour: hours = 0, minute = 0, second: seconds = 0 } = parts;
  return Date.UTC(year, month - 1, date, hours, minute, seconds);
}

/** The instant of a wall time: the first of two; for a skipped time, the instant as if the clock had not changed. */
export function instantOf(wall: number, timeZone: string): number {
  const offsetBefore = wallOf(wall - day, timeZone) - (wall - day);
  const offsetAfter = wallOf(wall + day, timeZone) - (wall + day);
  for (const instant of [wall - Math.max(offsetBefore, offsetAfter), wall - Math.min(offsetBefore, offsetAfter)]) {
    if (wallOf(instant, timeZone) === wall) return instant;
  }
  return wall - offsetBefore;
}

export function parts(wall: number) {
  const date = new Date(Math.floor(wall));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth(),
    date: date.getUTCDate(),
    /** 0 is Sunday. */
    weekday: date.getUTCDay(),
    hours: date.getUTCHours(),
    minutes: date.getUTCMinutes(),
  };
}

/** The same day and time in another month, or the last day of a month that is too short. */
export function addMonths(wall: number, months: number): number {
  const { year, month, date } = parts(wall);
  const timeOfDay = wall - Math.floor(wall / day) * day;
  const lastDate = new Date(Date.UTC(year, month + months + 1, 0)).getUTCDate();
  return Date.UTC(year, month + months, Math.min(date, lastDate)) + timeOfDay;
}

export const midnight = (wall: number) => Math.floor(wall / day) * day;
