import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import type { UptimeIntervalSeconds } from "../../../model/sentry/monitors.ts";
import { DynamicResource } from "../../kernel/resource.ts";

export interface UptimeMonitorArguments {
  /** Slug of the organization. */
  organization: Input<string>;
  /** Slug of the project. */
  project: Input<string>;
  /** At most 200 characters; becomes the title of the issue. */
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
  /** The environment of its issues. */
  environment: string;
  /** @default true */
  enabled?: boolean;
  /** Requested with GET from several regions; any answer from 200 to 299 is good. */
  address: Input<string>;
  /** Seconds between two requests. */
  intervalSeconds: UptimeIntervalSeconds;
  /** Maximum time of an answer, in ms: from 1000 to 60000. */
  timeoutMs: number;
  /** Number of failures in a row that create an issue. */
  failures: number;
  /** Number of good answers in a row that resolve it. */
  successes: number;
}

/**
 * A monitor that requests an address from outside, and creates an issue while it does not answer. An `Alert` that
 * watches it decides who is notified. Sentry counts it against the plan's uptime monitors.
 *
 * @example
 * new UptimeMonitor("health", {
 *   organization: "brandvx",
 *   project: "backend",
 *   name: "The backend does not answer",
 *   environment: "production",
 *   address: "https://api.brandvx.io/health",
 *   intervalSeconds: 60,
 *   timeoutMs: 5000,
 *   failures: 3,
 *   successes: 1,
 * });
 */
export class UptimeMonitor extends DynamicResource {
  /** Address of the monitor in Sentry. */
  declare readonly url: Output<string>;

  constructor(name: string, args: UptimeMonitorArguments, options?: CustomResourceOptions) {
    const provider = { module: "@brandvx/resources/sentry/providers", name: "uptimeMonitor" };
    super("sentry:UptimeMonitor", provider, name, { ...args, enabled: args.enabled ?? true }, ["url"], options);
  }
}
