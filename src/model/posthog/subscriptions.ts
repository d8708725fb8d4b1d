import { z } from "zod";

/*
 * Subscriptions: a dashboard that PostHog sends to people again and again. Source: posthog/models/subscription.py and
 * ee/api/subscription.py.
 */

export const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
export type Weekday = (typeof weekdays)[number];

/** Which of a weekday's days in a month, by PostHog's `bysetpos`. */
export const weeksOfMonth = { first: 1, second: 2, third: 3, fourth: 4, last: -1 } as const;
export type WeekOfMonth = keyof typeof weeksOfMonth;

/** Maximum number of a dashboard's insights in one subscription (ee/tasks/subscriptions/subscription_utils.py). */
export const mostInsights = 6;

const time = {
  /** Hour of the day, 0 to 23, in `timeZone`. */
  hour: z.int("is no whole hour").min(0, "is no hour of a day: 0 to 23").max(23, "is no hour of a day: 0 to 23"),
  /** IANA name: "Europe/Vienna". */
  timeZone: z.string().min(1),
};

export const subscriptionSchedule = z.discriminatedUnion("frequency", [
  z.strictObject({ frequency: z.literal("daily"), ...time }),
  z.strictObject({ frequency: z.literal("weekly"), weekday: z.enum(weekdays), ...time }),
  z.strictObject({
    frequency: z.literal("monthly"),
    week: z.enum(Object.keys(weeksOfMonth) as [WeekOfMonth, ...WeekOfMonth[]]),
    weekday: z.enum(weekdays),
    ...time,
  }),
]);
/** When a subscription comes. */
export type SubscriptionSchedule = Readonly<z.infer<typeof subscriptionSchedule>>;

/** PostHog's fields of a schedule. It reckons in UTC, from `start_date` on. */
export interface ScheduleFields {
  readonly frequency: SubscriptionSchedule["frequency"];
  readonly interval: 1;
  readonly byweekday: readonly Weekday[] | null;
  readonly bysetpos: number | null;
  readonly start_date: string;
  readonly count: null;
  readonly until_date: null;
}

/** A Monday of a winter week, long past, so that a definition's start does not depend on the day of the `up`. */
const firstMonday = Date.UTC(2026, 0, 5);
const dayMs = 86_400_000;
const hourMs = 3_600_000;

export function scheduleFields(schedule: SubscriptionSchedule): ScheduleFields {
  const weekday = "weekday" in schedule ? schedule.weekday : undefined;
  const wall = firstMonday + (weekday === undefined ? 0 : weekdays.indexOf(weekday)) * dayMs + schedule.hour * hourMs;
  const start = wall - offsetMs(wall, schedule.timeZone);
  return {
    frequency: schedule.frequency,
    interval: 1,
    byweekday: weekday === undefined ? null : [shifted(weekday, dayOf(start) - dayOf(wall))],
    bysetpos: schedule.frequency === "monthly" ? weeksOfMonth[schedule.week] : null,
    start_date: new Date(start).toISOString(),
    count: null,
    until_date: null,
  };
}

/** What PostHog cannot keep of a schedule; undefined for a good one. */
export function scheduleProblem(schedule: SubscriptionSchedule): string | undefined {
  if (schedule.frequency !== "monthly") return undefined;
  const [inUtc] = scheduleFields(schedule).byweekday ?? [];
  return inUtc === schedule.weekday
    ? undefined
    : `comes at ${schedule.hour} o'clock of ${schedule.timeZone}, which is another day in UTC, and PostHog counts a month's weekdays in UTC`;
}

/** Local hour and weekday of PostHog's `start_date` and a weekday in UTC. The hour has a fraction where minutes are set. */
export function localTime(
  startDate: string,
  timeZone: string,
): { hour: number; weekdayOf: (inUtc: Weekday) => Weekday } {
  const instant = Date.parse(startDate);
  const wall = instant + offsetMs(instant, timeZone);
  return {
    hour: (wall - dayOf(wall) * dayMs) / hourMs,
    weekdayOf: (inUtc) => shifted(inUtc, dayOf(wall) - dayOf(instant)),
  };
}

const dayOf = (ms: number): number => Math.floor(ms / dayMs);

const shifted = (weekday: Weekday, days: number): Weekday =>
  weekdays[(weekdays.indexOf(weekday) + days + weekdays.length) % weekdays.length] ?? weekday;

/** How far a zone's clocks are ahead of UTC at an instant. */
function offsetMs(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    ...{ timeZone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric" },
    ...{ hour: "numeric", minute: "numeric", second: "numeric" },
  }).formatToParts(instant);
  const of = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second")) - instant;
}
