import { defined } from "./defined.ts";
import type { DateRange, WindowUnit } from "./query.ts";

/** Days that a tile shows when it has no range of its own. */
export const defaultLastDays = 30;

/** Days that people have to finish a funnel when it sets none; PostHog's own default. */
export const defaultWindowDays = 14;

/** One of the fields or none; two of them do not compile. */
type AtMostOne<Fields> =
  | { [Field in keyof Fields]?: never }
  | {
      [Field in keyof Fields]: Pick<Fields, Field> & { [Other in Exclude<keyof Fields, Field>]?: never };
    }[keyof Fields];

/** A day such as 2026-11-01, in the project's time zone. */
export type Day = `${number}-${number}-${number}`;

/**
 * The time that a tile looks at, up to now: one of `lastHours`, `lastDays`, `lastWeeks`, `lastMonths`, or `since` a day.
 * PostHog counts from the start of the first hour or day, so that `lastDays: 7` shows today and the 7 days before it.
 */
export type LookingBack = AtMostOne<{
  readonly lastHours: number;
  readonly lastDays: number;
  readonly lastWeeks: number;
  readonly lastMonths: number;
  readonly since: Day;
}>;

/** PostHog's date range (PostHog: posthog/utils.py relative_date_parse). */
export function dateRange({ lastHours, lastDays, lastWeeks, lastMonths, since }: LookingBack): DateRange {
  if (since !== undefined) return { date_from: since };
  if (lastHours !== undefined) return { date_from: `-${lastHours}h` };
  if (lastWeeks !== undefined) return { date_from: `-${lastWeeks}w` };
  if (lastMonths !== undefined) return { date_from: `-${lastMonths}m` };
  return { date_from: `-${lastDays ?? defaultLastDays}d` };
}

/** How long people have from the first step of a funnel to its last; 14 days when it does not say. */
export type ConversionWindow = AtMostOne<{
  readonly windowMinutes: number;
  readonly windowHours: number;
  readonly windowDays: number;
  readonly windowWeeks: number;
}>;

/** PostHog's fields for the window. */
export function conversionWindow({ windowMinutes, windowHours, windowDays, windowWeeks }: ConversionWindow) {
  if (windowMinutes !== undefined) return window(windowMinutes, "minute");
  if (windowHours !== undefined) return window(windowHours, "hour");
  if (windowWeeks !== undefined) return window(windowWeeks, "week");
  return window(windowDays ?? defaultWindowDays, "day");
}

function window(funnelWindowInterval: number, funnelWindowIntervalUnit: WindowUnit) {
  return { funnelWindowInterval, funnelWindowIntervalUnit };
}

/** What a chart is compared with: the same length of time just before, or the same time a week, month or year ago. */
export type ComparedWith = "period before" | "week before" | "month before" | "year before";

const comparedTo: Readonly<Record<ComparedWith, string | undefined>> = {
  "period before": undefined,
  "week before": "-1w",
  "month before": "-1m",
  "year before": "-1y",
};

/** PostHog's filter for the comparison; undefined when nothing is compared. */
export function compareFilter(comparedWith: ComparedWith | undefined) {
  if (comparedWith === undefined) return undefined;
  return { compare: true, ...defined({ compare_to: comparedTo[comparedWith] }) };
}
