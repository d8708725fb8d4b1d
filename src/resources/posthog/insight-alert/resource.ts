import { type CustomResourceOptions, type Input, type Output, secret } from "@pulumi/pulumi";
import type { AlertCheck, AlertConversion, AlertThreshold } from "../../../model/posthog/alerts.ts";
import { DynamicResource } from "../../kernel/resource.ts";

/** Where a fired alert is sent, besides e-mail, and for which teams. */
export type AlertDelivery =
  | {
      readonly type: "slack";
      readonly teams: readonly string[];
      /** Number of PostHog's Slack integration. */
      readonly integrationId: number;
      /** Name of the channel with its "#", or its id. */
      readonly channel: string;
    }
  | {
      readonly type: "webhook";
      readonly teams: readonly string[];
      /** Address that gets a POST with JSON. Encrypted in state: whoever has it can post. */
      readonly url: Input<string>;
    };

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
  /**
   * Which conversion of a funnel. Then the threshold is a share of people, 0 to 1.
   * @default none: the tile is a trend
   */
  conversion?: AlertConversion;
  name: string;
  /** Threshold, in the unit of the tile's values. */
  when: AlertThreshold;
  check: AlertCheck;
  /** Responsible team. Not sent to PostHog, which has no field for it. */
  owner: string;
  /** What is wrong when it fires, and where to look first. Not sent to PostHog, which has no field for it. */
  because: string;
  /** E-mail addresses of members of the organization. */
  subscribers: string[];
  /**
   * Slack channels and webhooks that are told, too, by a name that PostHog shows: "Slack #growth". They are made, changed
   * and deleted with the alert, as PostHog's Hog functions.
   * @default none
   */
  deliveries?: Readonly<Record<string, AlertDelivery>>;
  /** @default true */
  enabled?: boolean;
}

/**
 * An alert on a tile of a dashboard. PostHog checks the value, sends e-mail to the subscribers, and posts to the deliveries.
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
 *   deliveries: { "Slack #oncall": { type: "slack", teams: ["messaging"], integrationId: 77, channel: "#oncall" } },
 * });
 */
export class InsightAlert extends DynamicResource {
  /** Id (a number) of the watched insight. */
  declare readonly insightId: Output<number>;

  /** Ids (UUIDs) of the Hog functions that deliver it, by the deliveries' names. */
  declare readonly functionIds: Output<Record<string, string> | undefined>;

  constructor(
    name: string,
    { enabled = true, deliveries = {}, ...args }: InsightAlertArguments,
    options?: CustomResourceOptions,
  ) {
    const provider = { module: "@brandvx/resources/posthog/providers", name: "insightAlert" };
    const hasDeliveries = Object.keys(deliveries).length > 0;
    const inputs = { ...args, enabled, ...(hasDeliveries ? { deliveries: withSecrets(deliveries) } : {}) };
    super("posthog:InsightAlert", provider, name, inputs, ["insightId", "functionIds"], options);
  }
}

const withSecrets = (deliveries: Readonly<Record<string, AlertDelivery>>) =>
  Object.fromEntries(
    Object.entries(deliveries).map(([key, delivery]) => [
      key,
      delivery.type === "webhook" ? { ...delivery, url: secret(delivery.url) } : delivery,
    ]),
  );
