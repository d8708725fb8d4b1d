import { type App, appNames } from "../../catalog/variable.ts";
import type { SpanWindowMinutes, UptimeMinutes, WindowMinutes } from "../../model/sentry/monitors.ts";

/** Sessions are counted over these times alone (Sentry: src/sentry/snuba/snuba_query_validator.py). */
export const sessionWindowsMinutes = [30, 60, 120, 240, 720, 1440] as const;
export type SessionWindowMinutes = (typeof sessionWindowsMinutes)[number];

/** What sets off an alert on issues (Sentry: OpenAPI, POST …/workflows/). */
export type IssueTrigger = "first_seen_event" | "regression_event";

/** What is added up, and the unit of its threshold. */
export const measures = {
  errors: { unit: "count", of: "errors" },
  "unhandled errors": { unit: "count", of: "errors" },
  "failing share of requests": { unit: "share", of: "spans" },
  "p95 duration of requests": { unit: "ms", of: "spans" },
  "share of sessions without a crash": { unit: "share", of: "sessions" },
} as const;
export type Measure = keyof typeof measures;

/** When an alert fires. `apps` are those that have such a thing. */
export type When<Of extends App = App> = IssueWhen<Of> | MetricWhen<Of> | UptimeWhen<Of> | CronWhen<Of>;

export interface IssueWhen<Of extends App = App> {
  readonly kind: "issue";
  readonly apps: readonly Of[];
  readonly trigger: IssueTrigger;
}

interface Measured<Of extends App> {
  readonly kind: "metric";
  readonly apps: readonly Of[];
  readonly measure: Measure;
  /** Minutes that are looked at. */
  readonly perMinutes: WindowMinutes | SessionWindowMinutes;
}

/** Values are in the measure's unit: errors, ms, or a share from 0 to 1. */
interface Above {
  /** More than this, in the measure's unit, is an issue of high priority. */
  readonly above: number;
  /** More than this, in the measure's unit, is an issue of medium priority. Absent: there is no warning. */
  readonly warnAbove?: number;
}

interface Below {
  /** Less than this share (0 to 1) is an issue of high priority. */
  readonly below: number;
  /** Less than this share (0 to 1) is an issue of medium priority. Absent: there is no warning. */
  readonly warnBelow?: number;
}

export type MetricWhen<Of extends App = App> = Measured<Of> & (Above | Below);

export interface UptimeWhen<Of extends App = App> {
  readonly kind: "uptime";
  readonly apps: readonly Of[];
  /** Minutes between two looks. */
  readonly everyMinutes: UptimeMinutes;
  /** Milliseconds within which it has to answer. */
  readonly timeoutMs: number;
  /** So many bad answers in a row fire. */
  readonly failures: number;
}

export interface CronWhen<Of extends App = App> {
  readonly kind: "cron";
  readonly apps: readonly Of[];
  /** What the job's check-ins call it. */
  readonly job: string;
  /** When it runs, in UTC: five fields. */
  readonly crontab: string;
  /** Minutes that a run may begin late. */
  readonly lateMinutes: number;
  /** Minutes that a run may take. */
  readonly longestMinutes: number;
  /** So many missed or failed runs in a row fire. */
  readonly failures: number;
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

/**
 * Something broke that never broke before.
 *
 * @example newIssue();
 */
export const newIssue = (): IssueWhen => ({ kind: "issue", apps: appNames, trigger: "first_seen_event" });

/**
 * An issue that was resolved is back.
 *
 * @example regression();
 */
export const regression = (): IssueWhen => ({ kind: "issue", apps: appNames, trigger: "regression_event" });

/**
 * More errors than usual, whatever they are. Archived issues do not count.
 *
 * @example errorCount({ above: 50, warnAbove: 25, perMinutes: 60 });
 */
export const errorCount = (options: CountOptions): MetricWhen => ({
  kind: "metric",
  apps: appNames,
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
  apps: appNames,
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

export interface SessionOptions {
  /** Less than this share of the sessions fires: 0.95 is nineteen in twenty. */
  readonly below: number;
  /**
   * Less than this share warns.
   * @default no warning
   */
  readonly warnBelow?: number;
  /** Minutes that are looked at. */
  readonly perMinutes: SessionWindowMinutes;
}

/**
 * Release health: the share of the browser's sessions, one for each load of the page, in which nothing crashed.
 *
 * @example crashFreeSessions({ below: 0.95, warnBelow: 0.98, perMinutes: 240 });
 */
export const crashFreeSessions = (options: SessionOptions): MetricWhen<"browser"> => ({
  kind: "metric",
  apps: ["browser"],
  measure: "share of sessions without a crash",
  ...options,
});

/**
 * The backend's `/health` (`healthUrl` of the stack) does not answer from outside, or not with 200 to 299. Of several bad answers
 * in a row the first ones may be a deployment.
 *
 * @example unreachable({ everyMinutes: 1, timeoutMs: 5000, failures: 3 });
 */
export const unreachable = (options: Omit<UptimeWhen, "kind" | "apps">): UptimeWhen<"server"> => ({
  kind: "uptime",
  apps: ["server"],
  ...options,
});

/**
 * A job of the backend did not run when it should have, failed, or takes too long: by the check-ins that it sends with its name
 * (docs/backend.md). A job that never sent one fires nothing.
 *
 * @example missedRuns({ job: "cadence-sender", crontab: "0 * * * *", lateMinutes: 5, longestMinutes: 30, failures: 2 });
 */
export const missedRuns = (options: Omit<CronWhen, "kind" | "apps">): CronWhen<"server"> => ({
  kind: "cron",
  apps: ["server"],
  ...options,
});
