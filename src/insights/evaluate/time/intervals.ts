import type { WeekStart } from "../../../model/posthog/calendar.ts";
import type { Interval } from "../plan.ts";
import type { Wall } from "./wall.ts";

/** Start of the interval that contains a local time. */
export function startOf(interval: Interval, wall: Wall, weekStart: WeekStart): Wall {
  const minute = wall.with({ second: 0, millisecond: 0, microsecond: 0 });
  if (interval === "minute") return minute;
  const hour = minute.with({ minute: 0 });
  if (interval === "hour") return hour;
  const day = hour.with({ hour: 0 });
  switch (interval) {
    case "day":
      return day;
    case "week":
      return day.subtract({ days: weekStart === "monday" ? day.dayOfWeek - 1 : day.dayOfWeek % 7 });
    case "month":
      return day.with({ day: 1 });
    case "quarter":
      return day.with({ day: 1, month: day.month - ((day.month - 1) % 3) });
    case "year":
      return day.with({ day: 1, month: 1 });
  }
}

/** The start of the interval that many intervals later. Not for hours and minutes, which have a fixed length. */
export function later(interval: Exclude<Interval, "hour" | "minute">, start: Wall, count: number): Wall {
  switch (interval) {
    case "day":
      return start.add({ days: count });
    case "week":
      return start.add({ weeks: count });
    case "month":
      return start.add({ months: count });
    case "quarter":
      return start.add({ months: 3 * count });
    case "year":
      return start.add({ years: count });
  }
}
