import { Alert, type AlertAction, Monitor } from "@brandvx/resources/sentry";
import { getProject, getStack, interpolate, type Output, type Resource } from "@pulumi/pulumi";
import {
  type IssueWhen,
  type MetricWhen,
  monitorName,
  type SentryAlertDefinition,
  testErrorTag,
} from "../../alerts/sentry/index.ts";
import type { Owner } from "../../catalog/owners.ts";
import type { App } from "../../catalog/variable.ts";
import type { Teams } from "../settings/teams.ts";
import { metricOf, thresholdsOf } from "./metric.ts";
import type { AppProject } from "./project.ts";

export interface WatchOptions {
  organization: string;
  /** Number of the team that monitors' issues are assigned to. */
  teamId: Output<string>;
  /** Slugs of the projects. */
  slugs: Record<App, string>;
  projects: Record<App, AppProject>;
  teams: Teams;
  slackIntegrationId?: string | undefined;
  /** What must be there before a monitor or an alert. */
  dependsOn: readonly Resource[];
}

/** A monitor's issue comes, comes back, or is taken out of the archive. */
const monitorTriggers = { first_seen_event: true, regression_event: true, reappeared_event: true };

/** Makes an alert, and the monitors that it needs: one for each app that it watches. */
export function watch(alert: SentryAlertDefinition, options: WatchOptions, parent: Resource): void {
  const { organization, teamId, projects, teams, slackIntegrationId } = options;
  const { key, name, when, notify, environment, atMostEveryMinutes } = alert;
  new Alert(
    key,
    {
      organization,
      name,
      owner: interpolate`team:${teamId}`,
      environment,
      frequencyMinutes: atMostEveryMinutes,
      ...(when.kind === "issue" ? issuesOf(alert, when, options) : monitorsOf(alert, when, options, parent)),
      emails: emailsOf(notify, teams),
      actions: slackActionsOf(notify, teams, slackIntegrationId),
    },
    { parent, dependsOn: [...alert.in.map((app) => projects[app].project), ...options.dependsOn] },
  );
}

/** Sentry: tagged_event with NOT_SET (src/sentry/workflow_engine/handlers/condition/tagged_event_handler.py). */
const noTestError = { type: "tagged_event", comparison: { key: testErrorTag, match: "ns" } } as const;

const issuesOf = (alert: SentryAlertDefinition, { trigger }: IssueWhen, { slugs }: WatchOptions) => ({
  projectMonitors: Object.fromEntries(alert.in.map((app) => [slugs[app], "error" as const])),
  triggers: { [trigger]: true },
  conditions: { "no-test-error": noTestError },
});

const monitorsOf = (alert: SentryAlertDefinition, when: MetricWhen, options: WatchOptions, parent: Resource) => ({
  monitorIds: alert.in.map((app) => makeMonitor(alert, when, app, options, parent).id),
  triggers: monitorTriggers,
});

function makeMonitor(
  alert: SentryAlertDefinition,
  when: MetricWhen,
  app: App,
  { organization, teamId, slugs, projects, dependsOn }: WatchOptions,
  parent: Resource,
): Monitor {
  const { key, because, notify, environment } = alert;
  return new Monitor(
    `${key}-${app}`,
    {
      organization,
      project: projects[app].project.slug,
      name: monitorName(alert, app, slugs),
      // Stands in each issue that the monitor makes.
      description: `${because}\nOwner: ${notify[0]}. Managed by code: ${getProject()}/${getStack()}, alerts/sentry.ts`,
      owner: interpolate`team:${teamId}`,
      environment,
      metric: metricOf(when),
      thresholds: thresholdsOf(when),
    },
    { parent, dependsOn: [...dependsOn] },
  );
}

/** Members of these teams, each once. */
const emailsOf = (notify: readonly Owner[], teams: Teams): string[] => [
  ...new Set(notify.flatMap((team) => teams[team]?.emails ?? [])),
];

/** A message to the channel of each of these teams that has one; none where Sentry is not connected to Slack. */
function slackActionsOf(
  notify: readonly Owner[],
  teams: Teams,
  integrationId: string | undefined,
): Record<string, AlertAction> {
  if (integrationId === undefined) return {};
  const channels = new Set(notify.flatMap((team) => teams[team]?.slackChannel ?? []).map(withoutSign));
  return Object.fromEntries([...channels].map((channel) => [`Slack #${channel}`, toSlack(integrationId, channel)]));
}

/** Sentry looks the channel's id up by its name, which has no sign. */
const toSlack = (integrationId: string, channel: string): AlertAction => ({
  type: "slack",
  integrationId,
  config: { targetType: "specific", targetIdentifier: "", targetDisplay: channel },
});

const withoutSign = (channel: string): string => channel.replace(/^#/, "");
