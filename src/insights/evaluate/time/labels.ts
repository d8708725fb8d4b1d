import { Temporal } from "temporal-polyfill";
import type { WeekStart } from "../../../model/posthog/calendar.ts";
import type { Interval } from "../plan.ts";
import { startOf } from "./intervals.ts";
import type { Range } from "./range.ts";
import type { Wall } from "./wall.ts";

/*
 * PostHog's label of a point (posthog/hogql_queries/utils/timestamp_utils.py, format_label_date).
 */

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

const month = (date: { month: number }) => months[date.month - 1] ?? "";

export function bucketLabel(start: Wall, interval: Interval, range: Range, weekStart: WeekStart): string {
  switch (interval) {
    case "hour":
    case "minute":
      return `${start.day}-${month(start)} ${start.toPlainTime().toString({ smallestUnit: "minute" })}`;
    case "month":
      return `${month(start)} ${start.year}`;
    case "week":
      return weekLabel(startOf("week", start, weekStart), range);
    default:
      return dayLabel(start.toPlainDate());
  }
}

/** The days of the week that are in the range. */
function weekLabel(start: Wall, range: Range): string {
  const first = latest(start.toPlainDate(), range.from.toPlainDate());
  const last = latest(first, earliest(start.add({ days: 6 }).toPlainDate(), range.to.toPlainDate()));
  if (first.equals(last)) return dayLabel(first);
  if (first.year !== last.year) return `${dayLabel(first)} – ${dayLabel(last)}`;
  if (first.month !== last.month) return `${first.day}-${month(first)} – ${last.day}-${month(last)}`;
  return `${first.day}–${last.day} ${month(last)}`;
}

const dayLabel = (date: Temporal.PlainDate) => `${date.day}-${month(date)}-${date.year}`;

const latest = (a: Temporal.PlainDate, b: Temporal.PlainDate) => (Temporal.PlainDate.compare(a, b) >= 0 ? a : b);
const earliest = (a: Temporal.PlainDate, b: Temporal.PlainDate) => (Temporal.PlainDate.compare(a, b) <= 0 ? a : b);
