import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { DynamicResource } from "../../kernel/resource.ts";

export interface CronMonitorArguments {
  /** Slug of the organization. */
  organization: Input<string>;
  /** Slug of the project. */
  project: Input<string>;
  /** What the job's check-ins call it: lower-case letters, digits, hyphens and underscores; once in an organization. */
  slug: string;
  /** At most 128 characters; becomes the title of the issue. */
  name: string;
  /**
   * Stands in each issue that the monitor makes: what is wrong, and what to do.
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
  /** When the job runs: five fields, such as `*\/5 * * * *`. */
  crontab: string;
  /**
   * Name in the tz database.
   * @default UTC
   */
  timezone?: string;
  /** How many minutes after that the run counts as missed. */
  lateMinutes: number;
  /** How many minutes a run may take. */
  longestMinutes: number;
  /** So many missed or failed runs in a row make an issue. */
  failures: number;
  /** So many good runs in a row resolve it. */
  successes: number;
}

/**
 * A monitor that waits for the check-ins of a scheduled job, and makes an issue where one is missing or says that the run failed.
 * Who is told is said by an `Alert` that watches it. One of the same slug that stands in the project already, as the first
 * check-in of a job may have made it, is taken over. Sentry counts it against the plan's cron monitors.
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
