import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { DynamicResource } from "../../kernel/resource.ts";

export interface CronMonitorArguments {
  /** Slug of the organization. */
  organization: Input<string>;
  /** Slug of the project. */
  project: Input<string>;
  /** Name in the job's check-ins: lower-case letters, digits, hyphens and underscores; unique in the organization. */
  slug: string;
  /** At most 128 characters; becomes the title of the issue. */
  name: string;
  /**
   * Shown in each issue of the monitor: what is wrong, and what to do.
   * @default none
   */
  description?: string;
  /**
   * `team:<number>` or `user:<number>`: who gets the issue assigned.
   * @default nobody
   */
  owner?: Input<string>;
  /** @default true */
  enabled?: boolean;
  /** Schedule of the job: five fields, such as `*\/5 * * * *`. */
  crontab: string;
  /**
   * Name in the tz database.
   * @default UTC
   */
  timezone?: string;
  /** Minutes after the scheduled time at which the run counts as missed. */
  lateMinutes: number;
  /** Maximum minutes of a run. */
  longestMinutes: number;
  /** Number of missed or failed runs in a row that create an issue. */
  failures: number;
  /** Number of good runs in a row that resolve it. */
  successes: number;
}

/**
 * A monitor that expects the check-ins of a scheduled job, and creates an issue when one is missing or reports a failed
 * run. An `Alert` that watches it decides who is notified. An existing one with the same slug in the project, which the
 * first check-in of a job may have created, is adopted. Sentry counts it against the plan's cron monitors.
 *
 * @example
 * new CronMonitor("sender", {
 *   organization: "brandvx",
 *   project: "backend",
 *   slug: "cadence-sender",
 *   name: "The cadence sender does not run",
 *   crontab: "0 * * * *",
 *   lateMinutes: 5,
 *   longestMinutes: 30,
 *   failures: 2,
 *   successes: 1,
 * });
 */
export class CronMonitor extends DynamicResource {
  /** Address of the monitor in Sentry. */
  declare readonly url: Output<string>;

  constructor(name: string, args: CronMonitorArguments, options?: CustomResourceOptions) {
    const provider = { module: "@brandvx/resources/sentry/providers", name: "cronMonitor" };
    const { enabled = true, timezone = "UTC" } = args;
    super("sentry:CronMonitor", provider, name, { ...args, enabled, timezone }, ["url"], options);
  }
}
