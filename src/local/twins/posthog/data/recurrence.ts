import type { SubscriptionRecord } from "../records.ts";

/*
 * When a subscription is sent next, as iCalendar's rules say, of which PostHog uses a few. All in UTC. Source:
 * posthog/models/subscription.py, rrule and set_next_delivery_date.
 */

const dayMs = 86_400_000;
const bufferMs = 15 * 60_000;
/** Longer than the longest pause of any rule that comes again: of a yearly one each so many years. */
const mostDays = 366 * 20;

const names = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;

/** Milliseconds since 1970 of the first delivery that is more than 15 minutes away; null when none will come. */
export function nextDelivery(rule: SubscriptionRecord, now: Date): number | null {
  const start = Date.parse(rule.start_date);
  const until = rule.until_date === null ? Number.POSITIVE_INFINITY : Date.parse(rule.until_date);
  const after = now.getTime() + bufferMs;
  // With a count, all deliveries from the start on are counted; else one may begin near the present.
  const from = rule.count === null ? Math.max(start, start + Math.floor((after - start) / dayMs) * dayMs) : start;
  let left = rule.count ?? Number.POSITIVE_INFINITY;
  for (let day = 0; day < mostDays && left > 0; day += 1) {
    const at = from + day * dayMs;
    if (at > until) return null;
    if (!isDue(rule, start, at)) continue;
    left -= 1;
    if (at > after) return at;
  }
  return null;
}

function isDue(rule: SubscriptionRecord, start: number, at: number): boolean {
  const [first, day] = [new Date(start), new Date(at)];
  const days = rule.byweekday?.length ? rule.byweekday : null;
  const isNamed = (date: Date): boolean => days === null || days.includes(names[date.getUTCDay()] ?? "");
  const months = (date: Date): number => date.getUTCFullYear() * 12 + date.getUTCMonth();
  if (!isNamed(day)) return false;
  switch (rule.frequency) {
    case "daily":
      return Math.round((at - start) / dayMs) % rule.interval === 0;
    case "weekly":
      return (
        (weekOf(at) - weekOf(start)) % rule.interval === 0 && (days !== null || day.getUTCDay() === first.getUTCDay())
      );
    case "monthly":
      if ((months(day) - months(first)) % rule.interval !== 0) return false;
      return days === null ? day.getUTCDate() === first.getUTCDate() : isAtPosition(rule.bysetpos, day, isNamed);
    case "yearly":
      return (
        (day.getUTCFullYear() - first.getUTCFullYear()) % rule.interval === 0 &&
        (days !== null || (day.getUTCMonth() === first.getUTCMonth() && day.getUTCDate() === first.getUTCDate()))
      );
  }
}

/** Weeks begin on Monday. */
const weekOf = (at: number): number => Math.floor((Math.floor(at / dayMs) + 3) / 7);

/** Whether a day is the so-manieth of those of its month that have the names; from the end where it is negative. */
function isAtPosition(position: number | null, day: Date, isNamed: (date: Date) => boolean): boolean {
  if (position === null) return true;
  const [year, month] = [day.getUTCFullYear(), day.getUTCMonth()];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const found = Array.from({ length: last }, (_, index) => index + 1).filter((date) =>
    isNamed(new Date(Date.UTC(year, month, date))),
  );
  return found.at(position > 0 ? position - 1 : position) === day.getUTCDate();
}
