import { z } from "zod";

/** How a monitor compares its metric, in Sentry's words (OpenAPI, POST …/detectors/: the type of a condition). */
export const comparisons = ["gt", "gte", "lt", "lte"] as const;

/** A comparison with the metric, in the metric's own unit: more than, at least, less than or at most. */
export type MonitorThreshold = { gt: number } | { gte: number } | { lt: number } | { lte: number };

/** One comparison: `{ gt: 100 }`. */
export const monitorThreshold = z
  .partialRecord(z.enum(comparisons), z.number())
  .refine((comparison) => Object.keys(comparison).length === 1, "is one comparison, such as { gt: 100 }");

/** The thresholds of a monitor: those that open an issue, by its priority, and the one that resolves it. */
export const monitorThresholds = z.strictObject({
  high: monitorThreshold.optional(),
  medium: monitorThreshold.optional(),
  low: monitorThreshold.optional(),
  resolved: monitorThreshold,
});

/** Length of the time that a monitor looks at, in seconds (OpenAPI, POST …/detectors/: timeWindow). */
export const windowSeconds = z
  .int()
  .min(60, "a window is at least 60 seconds: this is not in minutes")
  .max(86_400, "a window is at most a day");

/** Lengths of time that Sentry adds errors up over, in minutes (Sentry: static/app/views/alerts/rules/metric/types.tsx). */
export const windowsMinutes = [1, 5, 10, 15, 30, 60, 120, 240, 1440] as const;
export type WindowMinutes = (typeof windowsMinutes)[number];

/** Spans are not counted by the minute (Sentry: …/rules/metric/constants.tsx, getTimeWindowOptions). */
export const shortestSpanWindowMinutes = 5;
export type SpanWindowMinutes = Exclude<WindowMinutes, 1>;

/** How often Sentry can request an address, in seconds by minutes (Sentry: src/sentry/uptime/models.py, IntervalSeconds). */
export const uptimeIntervalsSeconds = { 1: 60, 5: 300, 10: 600, 20: 1200, 30: 1800, 60: 3600 } as const;
export type UptimeMinutes = keyof typeof uptimeIntervalsSeconds;
export type UptimeIntervalSeconds = (typeof uptimeIntervalsSeconds)[UptimeMinutes];

/** How late a job may be, and how long it may run, at most (Sentry: src/sentry/monitors/constants.py, MAX_MARGIN and MAX_TIMEOUT). */
export const longestCronMinutes = 10_080;
