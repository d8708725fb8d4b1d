/** First day of a week on PostHog's charts. */
export type WeekStart = "sunday" | "monday";

/**
 * How the project counts days and weeks: what dashboards and their tests assume, what the local PostHog starts with, and
 * what the stack sets in PostHog. PostHog's own defaults.
 */
export const projectCalendar: { readonly timeZone: string; readonly weekStart: WeekStart } = {
  timeZone: "UTC",
  weekStart: "sunday",
};
