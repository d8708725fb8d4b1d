import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import type { RepeatMinutes } from "../../../model/sentry/repeats.ts";
import { DynamicResource } from "../../kernel/resource.ts";

/** A value that goes to Sentry as it is. */
type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/** Decides whether an issue that triggered the alert is told. Types and comparisons: Sentry's OpenAPI, POST …/workflows/. */
export interface AlertCondition {
  /** `event_frequency_count`, `level`, `tagged_event`, … */
  type: string;
  /** In the unit of the type: a number of events, a level, or an object such as `{ interval: "1h", value: 50 }`. */
  comparison: Plain;
}

/** Who is told, and how. Types and their `config`: Sentry's OpenAPI, POST …/workflows/. */
export interface AlertAction {
  /** `email`, `slack`, `pagerduty`, … */
  type: string;
  config: { [key: string]: Input<Plain> };
  /**
   * What the type wants beside its `config`.
   * @default {}
   */
  data?: { [key: string]: Plain };
  /**
   * Number of the integration, for all but e-mail.
   * @default none
   */
  integrationId?: string;
}

export interface AlertArguments {
  /** Slug of the organization. */
  organization: Input<string>;
  /** At most 256 characters. */
  name: string;
  /**
   * `team:<number>` or `user:<number>`.
   * @default nobody; then one that was set by hand is left alone
   */
  owner?: Input<string>;
  /** @default all environments */
  environment?: string;
  /** @default true */
  enabled?: boolean;
  /** How often it is repeated for one issue, in minutes. 0: each time. */
  frequencyMinutes: RepeatMinutes;
  /**
   * Issues that it watches: by a project's slug, the automatic monitor of that project. `error` for errors,
   * `issue_stream` for all issues.
   * @default none
   */
  projectMonitors?: { [projectSlug: string]: "error" | "issue_stream" };
  /**
   * Numbers of the monitors that it watches, beside the automatic ones.
   * @default none
   */
  monitorIds?: Input<Input<string>[]>;
  /** What sets it off, any of them: `{ first_seen_event: true, regression_event: true }`. */
  triggers: { [type: string]: Plain };
  /**
   * How many of the conditions must hold.
   * @default "all"
   */
  match?: "all" | "any" | "any-short" | "none";
  /**
   * By a key of your own, which a preview and a drift report show.
   * @default none
   */
  conditions?: { [key: string]: AlertCondition };
  /**
   * Members of the organization who get an e-mail.
   * @default none
   */
  emails?: string[];
  /**
   * What else is done, by a key of your own, which a preview and a drift report show.
   * @default none
   */
  actions?: { [key: string]: AlertAction };
}

/**
 * An alert: who is told, when an issue appears, comes back or grows. A refresh names what was changed by hand, above all
 * conditions or actions that are missing: without its conditions an alert tells everything, without its actions nothing.
 *
 * @pulumiverse/sentry's SentryIssueAlert calls an API that sentry.io has removed.
 * @example
 * new Alert("new-issue", {
 *   organization: "brandvx",
 *   name: "Something broke that never broke before",
 *   frequencyMinutes: 30,
 *   projectMonitors: { backend: "error" },
 *   triggers: { first_seen_event: true },
 *   emails: ["oncall@example.com"],
 * });
 */
export class Alert extends DynamicResource {
  /** Address of the alert in Sentry. */
  declare readonly url: Output<string>;

  constructor(name: string, args: AlertArguments, options?: CustomResourceOptions) {
    const { enabled = true, projectMonitors = {}, monitorIds = [], match = "all", conditions = {}, emails = [] } = args;
    const complete = Object.entries(args.actions ?? {}).map(([key, action]) => [key, { data: {}, ...action }]);
    super(
      "sentry:Alert",
      { module: "@brandvx/resources/sentry/providers", name: "alert" },
      name,
      {
        ...args,
        ...{ enabled, projectMonitors, monitorIds, match, conditions, emails },
        actions: Object.fromEntries(complete),
      },
      ["url", "projectMonitorIds", "userIds", "projectIds"],
      options,
    );
  }
}
