import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { DynamicResource } from "../../kernel/resource.ts";

export interface InsightAlertArguments {
  /** Number of the project in PostHog: its id. */
  projectId: Input<number>;
  /** Id (a number) of the dashboard, which is its resource's id. */
  dashboardId: Input<string>;
  tileKey: string;
  /** Title of the tile, by which its insight is found on the dashboard. */
  tileTitle: string;
  /** Index of the tile's line, from 0. */
  line: number;
  name: string;
  /** Threshold, in the unit of the tile's values. */
  when:
    | { readonly kind: "above" | "below"; readonly value: number }
    | { readonly kind: "rises by" | "falls by"; readonly share: number };
  check: "hourly" | "daily" | "weekly" | "monthly";
  /** Responsible team. Not sent to PostHog, which has no field for it. */
  owner: string;
  /** What is wrong when it fires, and where to look first. Not sent to PostHog, which has no field for it. */
  because: string;
  /** E-mail addresses of members of the organization. */
  subscribers: string[];
  /** @default true */
  enabled?: boolean;
}

/**
 * An alert on a tile of a dashboard. PostHog checks the value and sends e-mail to the subscribers.
 *
 * @example
 * declare const messages: Dashboard;
 * new InsightAlert("failures", {
 *   projectId: 1,
 *   dashboardId: messages.id,
 *   tileKey: "failure-ratio",
 *   tileTitle: "Failure ratio",
 *   line: 0,
 *   name: "Cadence messages fail",
 *   when: { kind: "above", value: 0.05 },
 *   check: "hourly",
 *   owner: "messaging",
 *   because: "Look at the provider's status first.",
 *   subscribers: ["oncall@example.com"],
 * });
 */
export class InsightAlert extends DynamicResource {
  /** Id (a number) of the watched insight. */
  declare readonly insightId: Output<number>;

  constructor(name: string, { enabled = true, ...args }: InsightAlertArguments, options?: CustomResourceOptions) {
    const provider = { module: "@brandvx/resources/posthog/providers", name: "insightAlert" };
    super("posthog:InsightAlert", provider, name, { ...args, enabled }, ["insightId"], options);
  }
}
