const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * When an alert is checked next. Source: posthog/tasks/alerts/utils.py, next_check_time: an hourly one at the same minute
 * each hour, the others at the hours 1, 3 and 4. The twin counts them in UTC, where PostHog takes the project's time zone.
 */
export function nextCheck(interval: string, previous: string | null, now: Date): Date {
  const at = (days: number, hour: number): Date => {
    const day = new Date(now.getTime() + days * dayMs);
    day.setUTCHours(hour);
    return day;
  };
  switch (interval) {
    case "real_time":
    case "every_15_minutes":
      return after(previous, hourMs / 4, now);
    case "hourly":
      return after(previous, hourMs, now);
    case "weekly":
      return at(((7 - ((now.getUTCDay() + 6) % 7) - 1) % 7) + 1, 3);
    case "monthly":
      return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1, 4, now.getUTCMinutes()));
    default:
      return at(1, 1);
  }
}

/** One interval after the previous time; what was missed while nobody looked is not made up for. */
function after(previous: string | null, intervalMs: number, now: Date): Date {
  const start = previous === null ? now.getTime() : Date.parse(previous);
  const missed = Math.max(0, Math.floor((now.getTime() - start) / intervalMs));
  return new Date(start + (missed + 1) * intervalMs);
}
