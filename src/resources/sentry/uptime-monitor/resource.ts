import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { DynamicResource } from "../../kernel/resource.ts";
import type { uptimeIntervals } from "./provider.ts";

export interface UptimeMonitorArguments {
  /** Slug of the organization. */
  organization: Input<string>;
  /** Slug of the project. */
  project: Input<string>;
  /** At most 200 characters; becomes the title of the issue. */
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
  /** The environment that its issues are of. */
  environment: string;
  /** @default true */
  enabled?: boolean;
  /** Asked with GET from several regions; any answer from 200 to 299 is good. */
  address: Input<string>;
  /** How often it is asked, in seconds. */
  intervalSeconds: (typeof uptimeIntervals)[number];
  /** How long an answer may take, in ms: from 1000 to 60000. */
  timeoutMs: number;
  /** So many failures in a row make an issue. */
  failures: number;
  /** So many good answers in a row resolve it. */
  successes: number;
}

/**
 * A monitor that asks an address from outside, and makes an issue while it does not answer. Who is told is said by an `Alert`
 * that watches it. Sentry counts it against the plan's uptime monitors.
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
