import { Alert, type AlertAction, CronMonitor, Monitor, UptimeMonitor } from "@brandvx/resources/sentry";
import { type CustomResource, getProject, getStack, interpolate, type Output, type Resource } from "@pulumi/pulumi";
import { type IssueWhen, monitorName, type SentryAlertDefinition, testErrorTag } from "../../alerts/sentry/index.ts";
import type { Owner } from "../../catalog/owners.ts";
import type { App } from "../../catalog/variable.ts";
import { uptimeIntervalsSeconds } from "../../model/sentry/monitors.ts";
import type { Teams } from "../settings/teams.ts";
import { metricOf, thresholdsOf } from "./metric.ts";
import type { AppProject } from "./project.ts";

export interface WatchOptions {
  organization: string;
  /** Id (a number) of the team that monitors' issues are assigned to. */
  teamId: Output<string>;
  /** Slugs of the projects. */
  slugs: Record<App, string>;
  projects: Record<App, AppProject>;
  teams: Teams;
  slackIntegrationId?: string | undefined;
  /** Name of the stack's stage. */
  stage: string;
  /** Address of the backend's health check. */
  healthUrl: string;
  /** Resources that must exist before a monitor or an alert. */
  dependsOn: readonly Resource[];
}

/** A monitor's issue is created, reopened, or unarchived. */
const monitorTriggers = { first_seen_event: true, regression_event: true, reappeared_event: true };

/**
 * Creates an alert and its monitors, one for each watched app. Uptime and cron monitors are created once: only by the
 * stack of the stage that their alert watches.
 */
export function watch(alert: SentryAlertDefinition, options: WatchOptions, parent: Resource): void {
  const isOutside = alert.when.kind === "uptime" || alert.when.kind === "cron";
  if (isOutside && options.stage !== alert.environment) return;
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
      ...(when.kind === "issue" ? issuesOf(alert, when, options) : monitorsOf(alert, options, parent)),
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

const monitorsOf = (alert: SentryAlertDefinition, options: WatchOptions, parent: Resource) => ({
  monitorIds: alert.in.map((app) => makeMonitor(alert, app, options, parent).id),
  triggers: monitorTriggers,
});

function makeMonitor(
  alert: SentryAlertDefinition,
  app: App,
  { organization, teamId, slugs, projects, healthUrl, dependsOn }: WatchOptions,
  parent: Resource,
): CustomResource {
  const { key, because, notify, environment, when } = alert;
  const shared = {
    organization,
    project: projects[app].project.slug,
    name: monitorName(alert, app, slugs),
    // Shown in each issue that the monitor creates.
    description: `${because}\nOwner: ${notify[0]}. Managed by code: ${getProject()}/${getStack()}, alerts/sentry.ts`,
    owner: interpolate`team:${teamId}`,
  };
  const options = { parent, dependsOn: [...dependsOn] };
  const name = `${key}-${app}`;
  switch (when.kind) {
    case "uptime": {
      const { everyMinutes, timeoutMs, failures } = when;
      const often = { intervalSeconds: uptimeIntervalsSeconds[everyMinutes], timeoutMs, failures, successes: 1 };
      return new UptimeMonitor(name, { ...shared, environment, address: healthUrl, ...often }, options);
    }
    case "cron": {
      const { job, crontab, lateMinutes, longestMinutes, failures } = when;
      const runs = { slug: job, crontab, lateMinutes, longestMinutes, failures, successes: 1 };
      return new CronMonitor(name, { ...shared, ...runs }, options);
    }
    case "metric":
      return new Monitor(
        name,
        { ...shared, environment, metric: metricOf(when), thresholds: thresholdsOf(when) },
        options,
      );
    case "issue":
      throw new Error(`an alert on issues watches the monitor that Sentry makes with a project: ${key}`);
  }
}

/** Members of these teams, without duplicates. */
const emailsOf = (notify: readonly Owner[], teams: Teams): string[] => [
  ...new Set(notify.flatMap((team) => teams[team]?.emails ?? [])),
];

/** A message to the channel of each of these teams; none where Sentry is not connected to Slack. */
function slackActionsOf(
  notify: readonly Owner[],
  teams: Teams,
  integrationId: string | undefined,
): Record<string, AlertAction> {
  if (integrationId === undefined) return {};
  const channels = new Set(notify.flatMap((team) => teams[team]?.slackChannel ?? []).map(withoutSign));
  return Object.fromEntries([...channels].map((channel) => [`Slack #${channel}`, toSlack(integrationId, channel)]));
}

/** Sentry looks up the channel's id by its name without "#". */
const toSlack = (integrationId: string, channel: string): AlertAction => ({
  type: "slack",
  integrationId,
  config: { targetType: "specific", targetIdentifier: "", targetDisplay: channel },
});

const withoutSign = (channel: string): string => channel.replace(/^#/, "");
