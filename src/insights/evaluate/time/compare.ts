import { NotEvaluable } from "../errors.ts";
import type { Compare } from "../plan.ts";
import { before, isRelative, readDate } from "./dates.ts";
import type { Range } from "./range.ts";
import type { Wall } from "./wall.ts";

/**
 * The earlier period that a range is compared with (PostHog: posthog/utils.py, get_compare_period_dates, and
 * posthog/hogql_queries/utils/query_compare_to_date_range.py).
 */
export function comparedRange(range: Range, compare: Compare, timeZone: string, where: string): Range {
  return compare.to === "offset" ? offsetRange(range, compare.offset, timeZone, where) : previousRange(range, where);
}

/** A period of the same length, moved back by this time. */
function offsetRange(range: Range, offset: string, timeZone: string, where: string): Range {
  const date = readDate(offset, timeZone, `${where}.compare_to`);
  if (!isRelative(date) || date.position !== null) {
    throw new NotEvaluable(`a comparison with ${offset}`, `${where}.compare_to`);
  }
  const from = before(range.from, date);
  return { ...range, from, to: from.add(range.from.until(range.to)) };
}

function previousRange(range: Range, where: string): Range {
  refuseVersionDependent(range, where);
  const length = range.from.until(range.to);
  const { interval, relativeFrom, relativeTo } = range;
  const from = atTimeOf(range.from, range.from.subtract(length));
  // PostHog: "-7d" is 8 days with today; moved by one day, so that the earlier period begins on the same weekday.
  const wholeWeeks = relativeFrom?.unit === "d" && relativeFrom.amount > 0 && relativeFrom.amount % 7 === 0;
  const shifted =
    interval === "day" && (wholeWeeks || range.isDefaultFrom) && relativeTo === null ? from.add({ days: 1 }) : from;
  return { ...range, from: shifted, to: atTimeOf(range.to, shifted.add(length)) };
}

function refuseVersionDependent({ interval, relativeFrom, relativeTo, isAll }: Range, where: string): void {
  const anchored = relativeFrom?.position === "Start" || relativeFrom?.position === "End";
  const calendar = anchored && relativeTo === null && relativeFrom.unit !== "d" && relativeFrom.unit !== "h";
  const partOfDay = anchored && (interval === "hour" || interval === "minute");
  if (calendar || partOfDay || isAll || interval === "minute") {
    throw new NotEvaluable(
      "a comparison with the period before this one",
      where,
      "PostHog's versions choose different periods",
    );
  }
}

function atTimeOf(time: Wall, day: Wall): Wall {
  return day.toPlainDate().toPlainDateTime(time.toPlainTime());
}
