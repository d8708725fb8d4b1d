import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import type { MonitorThreshold } from "../../../model/sentry/monitors.ts";
import { DynamicResource } from "../../kernel/resource.ts";

/** What the monitor measures. */
export interface Metric {
  /** Data source: errors (`events`), spans (`events_analytics_platform`), `transactions`, or sessions (`metrics`). */
  dataset: "events" | "events_analytics_platform" | "transactions" | "metrics";
  /** `count()`, `p95(span.duration)`, `failure_rate()`, … */
  aggregate: string;
  /**
   * Filter in Sentry's search language.
   * @default all
   */
  query?: string;
  /** 0 errors, 1 performance, 2 crash rate. Must fit the dataset. */
  queryType: 0 | 1 | 2;
  /** `error` and `default` for errors, `trace_item_span` for spans. */
  eventTypes: string[];
  /**
   * How sampled data are extrapolated; `unknown` for spans.
   * @default Sentry's
   */
  extrapolationMode?: string;
  /** Length of the evaluated window in seconds: from 60 to 86400, in whole minutes. */
  windowSeconds: number;
}

export interface MonitorArguments {
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
  /** @default all environments */
  environment?: string;
  /** @default true */
  enabled?: boolean;
  metric: Metric;
  /** The value that creates an issue of each priority, and the value that resolves it. */
  thresholds: {
    high?: MonitorThreshold;
    medium?: MonitorThreshold;
    low?: MonitorThreshold;
    resolved: MonitorThreshold;
  };
}

/**
 * A metric monitor: it creates an issue when a metric crosses a threshold, and resolves it when the metric returns. An
 * `Alert` that watches it decides who is notified.
 *
 * @pulumiverse/sentry's SentryMetricAlert calls an API that sentry.io has removed.
 * @example
 * new Monitor("errors", {
 *   organization: "brandvx",
 *   project: "backend",
 *   name: "Many errors",
 *   metric: { dataset: "events", aggregate: "count()", queryType: 0, eventTypes: ["error", "default"], windowSeconds: 3600 },
 *   thresholds: { high: { gt: 50 }, resolved: { lte: 50 } },
 * });
 */
export class Monitor extends DynamicResource {
  /** Address of the monitor in Sentry. */
  declare readonly url: Output<string>;

  constructor(name: string, args: MonitorArguments, options?: CustomResourceOptions) {
    const provider = { module: "@brandvx/resources/sentry/providers", name: "monitor" };
    super(
      "sentry:Monitor",
      provider,
      name,
      { ...args, enabled: args.enabled ?? true, metric: { query: "", ...args.metric } },
      ["url"],
      options,
    );
  }
}
