import type { App } from "../../catalog/variable.ts";
import type { SpanWindowMinutes, WindowMinutes } from "../../model/sentry/monitors.ts";

/** What sets off an alert on issues (Sentry: OpenAPI, POST …/workflows/). */
export type IssueTrigger = "first_seen_event" | "regression_event";

/** What is added up, and the unit of its threshold. */
export const measures = {
  errors: { unit: "count", of: "errors" },
  "unhandled errors": { unit: "count", of: "errors" },
  "failing share of requests": { unit: "share", of: "spans" },
  "p95 duration of requests": { unit: "ms", of: "spans" },
} as const;
export type Measure = keyof typeof measures;

/** When an alert fires. `apps` are those that have such a thing. */
export type When<Of extends App = App> = IssueWhen<Of> | MetricWhen<Of>;

export interface IssueWhen<Of extends App = App> {
  readonly kind: "issue";
  readonly apps: readonly Of[];
  readonly trigger: IssueTrigger;
}

export interface MetricWhen<Of extends App = App> {
  readonly kind: "metric";
  readonly apps: readonly Of[];
  readonly measure: Measure;
  /** In the measure's unit. More than this makes an issue of high priority. */
  readonly above: number;
  /**
   * In the measure's unit. More than this makes an issue of medium priority.
   * @default no warning
   */
  readonly warnAbove?: number;
  /** Minutes that are looked at. */
  readonly perMinutes: WindowMinutes;
}

export interface CountOptions {
  /** More than so many errors fire. */
  readonly above: number;
  /**
   * More than so many errors warn: an issue of medium priority.
   * @default no warning
   */
  readonly warnAbove?: number;
  /** Within so many minutes, looked at each minute. */
  readonly perMinutes: WindowMinutes;
}

export interface ShareOptions {
  /** More than this share fires: 0.05 is one in twenty. */
  readonly above: number;
  /**
   * More than this share warns.
   * @default no warning
   */
  readonly warnAbove?: number;
  /** Minutes that are looked at. */
  readonly perMinutes: SpanWindowMinutes;
}

export interface DurationOptions {
  /** More milliseconds than this fire. */
  readonly aboveMs: number;
  /**
   * More milliseconds than this warn.
   * @default no warning
   */
  readonly warnAboveMs?: number;
  /** Minutes that are looked at. */
  readonly perMinutes: SpanWindowMinutes;
}

const bothApps = ["browser", "server"] as const;

/**
 * Something broke that never broke before.
 *
 * @example newIssue();
 */
export const newIssue = (): IssueWhen => ({ kind: "issue", apps: bothApps, trigger: "first_seen_event" });

/**
 * An issue that was resolved is back.
 *
 * @example regression();
 */
export const regression = (): IssueWhen => ({ kind: "issue", apps: bothApps, trigger: "regression_event" });

/**
 * More errors than usual, whatever they are. Archived issues do not count.
 *
 * @example errorCount({ above: 50, warnAbove: 25, perMinutes: 60 });
 */
export const errorCount = (options: CountOptions): MetricWhen => ({
  kind: "metric",
  apps: bothApps,
  measure: "errors",
  ...options,
});

/**
 * Errors that the app did not catch: in the browser, what a person saw of it is a page that stopped working.
 *
 * @example unhandledErrors({ above: 10, perMinutes: 15 });
 */
export const unhandledErrors = (options: CountOptions): MetricWhen => ({
  kind: "metric",
  apps: bothApps,
  measure: "unhandled errors",
  ...options,
});

/**
 * Share of the backend's requests that fail, among those that are traced.
 *
 * @example failingShare({ above: 0.05, warnAbove: 0.02, perMinutes: 60 });
 */
export const failingShare = (options: ShareOptions): MetricWhen<"server"> => ({
  kind: "metric",
  apps: ["server"],
  measure: "failing share of requests",
  ...options,
});

/**
 * The duration that one in twenty of the backend's requests exceeds, among those that are traced.
 *
 * @example p95Duration({ aboveMs: 3000, perMinutes: 60 });
 */
export const p95Duration = ({ aboveMs, warnAboveMs, perMinutes }: DurationOptions): MetricWhen<"server"> => ({
  kind: "metric",
  apps: ["server"],
  measure: "p95 duration of requests",
  above: aboveMs,
  ...(warnAboveMs === undefined ? {} : { warnAbove: warnAboveMs }),
  perMinutes,
});
