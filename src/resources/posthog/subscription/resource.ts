import { Config, type CustomResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import type { SubscriptionSchedule } from "../../../model/posthog/subscriptions.ts";
import { DynamicResource } from "../../kernel/resource.ts";

export interface SubscriptionArguments {
  /** Id (a number) of the dashboard, which is its resource's id. */
  dashboardId: Input<string>;
  /** What it is called in PostHog, at most 100 characters. One of the dashboard with this title is taken over. */
  title: string;
  /** Responsible team. Not sent to PostHog, which has no field for it. */
  owner: string;
  /** Titles of the insights that are sent, 1 to 6, by the keys of their tiles. */
  tiles: Readonly<Record<string, string>>;
  /** E-mail addresses, or a Slack channel (its name with the "#", or its id) with the number of PostHog's integration. */
  target:
    | { readonly type: "email"; readonly emails: readonly string[] }
    | { readonly type: "slack"; readonly integrationId: number; readonly channel: string };
  schedule: SubscriptionSchedule;
  /**
   * Number of the project, from its address in PostHog.
   * @default `posthog:projectId` of the stack
   */
  projectId?: Input<number>;
}

/**
 * A subscription of a dashboard: PostHog sends pictures of its tiles to a team again and again. PostHog's plan must include
 * subscriptions; without, it answers 402, and nothing is sent again.
 *
 * @example
 * declare const activation: Dashboard;
 * new Subscription("activation/weekly", {
 *   dashboardId: activation.id,
 *   title: "Activation, week by week",
 *   owner: "growth",
 *   tiles: { "completions-over-time": "Completions over time" },
 *   target: { type: "email", emails: ["growth@example.com"] },
 *   schedule: { frequency: "weekly", weekday: "monday", hour: 9, timeZone: "UTC" },
 * });
 */
export class Subscription extends DynamicResource {
  /** Ids (numbers) of the insights that are sent, by the keys of their tiles. */
  declare readonly insightIds: Output<Record<string, number>>;

  constructor(name: string, { projectId, ...args }: SubscriptionArguments, options?: CustomResourceOptions) {
    super(
      "posthog:Subscription",
      { module: "@brandvx/resources/posthog/providers", name: "subscription" },
      name,
      { ...args, projectId: projectId ?? new Config("posthog").requireNumber("projectId") },
      ["insightIds"],
      options,
    );
  }
}
