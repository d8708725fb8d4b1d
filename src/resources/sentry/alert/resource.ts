import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import type { RepeatMinutes } from "../../../model/sentry/repeats.ts";
import { DynamicResource } from "../../kernel/resource.ts";

/** A value that is sent to Sentry unchanged. */
type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/**
 * Decides whether an issue that triggered the alert causes a notification. Types and comparisons: Sentry's OpenAPI,
 * POST …/workflows/.
 */
export interface AlertCondition {
  /** `event_frequency_count`, `level`, `tagged_event`, … */
  type: string;
  /** In the unit of the type: a number of events, a level, or an object such as `{ interval: "1h", value: 50 }`. */
  comparison: Plain;
}

/** Who is notified, and how. Types and their `config`: Sentry's OpenAPI, POST …/workflows/. */
export interface AlertAction {
  /** `email`, `slack`, `pagerduty`, … */
  type: string;
  config: { [key: string]: Input<Plain> };
  /**
   * Required fields of the type besides its `config`.
   * @default {}
   */
  data?: { [key: string]: Plain };
  /**
   * Id (a number) of the integration, for all types but e-mail.
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
   * Owner, `team:<number>` or `user:<number>`.
   * @default nobody; an owner set by hand then stays
   */
  owner?: Input<string>;
  /** @default all environments */
  environment?: string;
  /** @default true */
  enabled?: boolean;
  /** How often it is repeated for one issue, in minutes. 0: each time. */
  frequencyMinutes: RepeatMinutes;
  /**
   * Watched issues: the automatic monitor of a project, by its slug. `error` for errors, `issue_stream` for all issues.
   * @default none
   */
  projectMonitors?: { [projectSlug: string]: "error" | "issue_stream" };
  /**
   * Ids (numbers) of the watched monitors, besides the automatic ones.
   * @default none
   */
  monitorIds?: Input<Input<string>[]>;
  /** What triggers it, any of them: `{ first_seen_event: true, regression_event: true }`. */
  triggers: { [type: string]: Plain };
  /**
   * How many of the conditions must match.
   * @default "all"
   */
  match?: "all" | "any" | "any-short" | "none";
  /**
   * Conditions by a key of your choice, for previews and drift reports.
   * @default none
   */
  conditions?: { [key: string]: AlertCondition };
  /**
   * Members of the organization who get an e-mail.
   * @default none
   */
  emails?: string[];
  /**
   * Other actions by a key of your choice, for previews and drift reports.
   * @default none
   */
  actions?: { [key: string]: AlertAction };
}

/**
 * An alert: who is notified when an issue appears, returns or grows. A refresh shows changes by hand, above all missing
 * conditions or actions: without its conditions an alert notifies about everything, without its actions about nothing.
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
