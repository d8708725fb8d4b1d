import {
  type AlertDelivery,
  Annotation,
  Dashboard,
  type EventDefinition,
  EventDefinitions,
  EventFilter,
  EventSchemas,
  FeatureFlag,
  InsightAlert,
  Project,
  ProjectSettings,
  Subscription,
  type SubscriptionArguments,
} from "@brandvx/resources/posthog";
import { ComponentResource, type ComponentResourceOptions, type Output, output } from "@pulumi/pulumi";
import {
  alertAddress,
  type InsightAlertDefinition,
  type SubscriptionDefinition,
  subscriptionAddress,
} from "../alerts/posthog/index.ts";
import type { Catalog, CatalogEvent } from "../catalog/event.ts";
import { eventFilterOf } from "../catalog/event-filter.ts";
import { eventSchemasOf } from "../catalog/event-schemas.ts";
import type { FlagCatalog } from "../catalog/flag.ts";
import type { DashboardDefinition } from "../insights/define/index.ts";
import type { PosthogProjectSettings } from "../model/posthog/project-settings.ts";
import type { Scope } from "../model/vendors/posthog.ts";
import { saysWhatChanges, saysWhichFilter, unlessFlagIsAnothers } from "./existing/posthog.ts";
import { flagArguments } from "./flag-arguments.ts";
import type { Release } from "./settings/release.ts";
import type { Teams } from "./settings/teams.ts";

export interface ProductArguments {
  /** Address of PostHog's app. */
  host: string;
  /** Number of the project in PostHog: its id. */
  projectId: number;
  dashboards: readonly DashboardDefinition[];
  alerts: readonly InsightAlertDefinition[];
  /**
   * Digests of the dashboards, for which PostHog's plan must include subscriptions.
   * @default none
   */
  subscriptions?: readonly SubscriptionDefinition[];
  /**
   * Descriptions of the events for PostHog's data-management page.
   * @default the page is left alone
   */
  events?: Catalog;
  /**
   * Feature flags by their keys.
   * @default none
   */
  flags?: FlagCatalog;
  /**
   * Release to mark on the charts.
   * @default none is marked
   */
  release?: Release | undefined;
  /**
   * Number of PostHog's Slack integration.
   * @default alerts are not sent to Slack
   */
  slackIntegrationId?: number | undefined;
  /**
   * Settings of the project: what it must not collect, and how it counts days.
   * @default they are left alone
   */
  projectSettings?: PosthogProjectSettings;
  /**
   * Whether PostHog's event filter follows from `events`: what is not in them is counted, or dropped
   * (src/catalog/event-filter.ts).
   * @default the project's filter is left alone
   */
  filtersEvents?: boolean;
  /**
   * Whether the properties of `events` become schemas in PostHog, and which events it refuses by them
   * (src/catalog/event-schemas.ts).
   * @default the project's schemas are left alone
   */
  eventSchemas?: boolean;
  /**
   * Address of the browser app, the only one where PostHog's toolbar may be opened and recordings may come from. Used with
   * `projectSettings`.
   * @default PostHog's lists are left alone
   */
  appUrl?: string | undefined;
  /** Members of the teams that alerts and events refer to. */
  teams: Teams;
}

/**
 * BrandVX's product analytics in PostHog: dashboards, alerts, subscriptions, event definitions and schemas, feature flags,
 * release marks, the project's settings and its event filter.
 *
 * @example
 * new Product("product", { host: "https://us.posthog.com", projectId: 1, dashboards: [], alerts: [], teams: {} });
 */
export class Product extends ComponentResource {
  /** Address of each dashboard, by its key. */
  readonly urls: Output<Record<string, string>>;

  constructor(name: string, args: ProductArguments, options?: ComponentResourceOptions) {
    super("brandvx:posthog:Product", name, {}, options);
    const { host, projectId } = args;
    // Everything depends on the project, so that a wrong key, host or project is one error and creates nothing.
    const project = new Project(name, { host, projectId, needs: needsOf(args) }, { parent: this });
    if (args.projectSettings) {
      const settings = { ...args.projectSettings, ...allowedAddresses(args.appUrl) };
      const hooks = saysWhatChanges(projectId, settings);
      new ProjectSettings("settings", { ...settings, projectId }, { parent: this, dependsOn: project, hooks });
    }
    if (args.events) {
      const events = definitionsOf(args.events, args.teams);
      const definitions = new EventDefinitions("events", { events, projectId }, { parent: this, dependsOn: project });
      if (args.eventSchemas) {
        const schemas = eventSchemasOf(args.events);
        new EventSchemas("schemas", { events: schemas, projectId }, { parent: this, dependsOn: definitions });
      }
    }
    if (args.events && args.filtersEvents) {
      const filter = eventFilterOf(args.events);
      const hooks = saysWhichFilter(projectId, filter);
      new EventFilter("door", { ...filter, projectId }, { parent: this, dependsOn: project, hooks });
    }
    if (args.release) new Annotation("release", { ...args.release, projectId }, { parent: this, dependsOn: project });
    for (const [key, definition] of Object.entries(args.flags ?? {})) {
      const flag = flagArguments(key, definition);
      const hooks = unlessFlagIsAnothers(projectId, key, flag);
      new FeatureFlag(key, { ...flag, projectId }, { parent: this, dependsOn: project, hooks });
    }
    const dashboards = new Map<string, Dashboard>();
    for (const definition of args.dashboards) {
      const { key } = definition;
      dashboards.set(key, new Dashboard(key, { definition, projectId }, { parent: this, dependsOn: project }));
    }
    for (const alert of args.alerts) {
      const dashboard = dashboards.get(alert.dashboardKey);
      if (dashboard) this.#watch(dashboard, alert, args);
    }
    for (const subscription of args.subscriptions ?? []) {
      const dashboard = dashboards.get(subscription.dashboardKey);
      if (dashboard) this.#subscribe(dashboard, subscription, args);
    }
    this.urls = output(Object.fromEntries([...dashboards].map(([key, { url }]) => [key, url])));
    this.registerOutputs({ urls: this.urls });
  }

  #watch(dashboard: Dashboard, alert: InsightAlertDefinition, args: ProductArguments): void {
    const { projectId, teams } = args;
    const { tileKey, tileTitle, line, conversion, name, when, check, because, notify } = alert;
    const subscribers = [...new Set(notify.flatMap((team) => teams[team]?.emails ?? []))];
    const watched = { projectId, dashboardId: dashboard.id, tileKey, tileTitle, line };
    const part = conversion === undefined ? {} : { conversion };
    new InsightAlert(
      alertAddress(alert),
      {
        ...watched,
        ...part,
        name,
        when,
        check,
        because,
        owner: notify[0],
        subscribers,
        deliveries: deliveriesOf(alert, args),
      },
      { parent: this, dependsOn: dashboard },
    );
  }

  #subscribe(dashboard: Dashboard, subscription: SubscriptionDefinition, args: ProductArguments): void {
    const { title, tiles, schedule, to } = subscription;
    const sent = { projectId: args.projectId, dashboardId: dashboard.id, title, tiles, schedule, owner: to[0] };
    for (const [name, target] of Object.entries(targetsOf(subscription, args)))
      new Subscription(name, { ...sent, target }, { parent: this, dependsOn: dashboard });
  }
}

/** Where a subscription is sent, by what its resource is called: all e-mail addresses together, Slack channels one by one. */
function targetsOf(
  subscription: SubscriptionDefinition,
  { teams, slackIntegrationId }: Pick<ProductArguments, "teams" | "slackIntegrationId">,
): Record<string, SubscriptionArguments["target"]> {
  const { to, by } = subscription;
  const address = subscriptionAddress(subscription);
  if (by === "e-mail") {
    const emails = [...new Set(to.flatMap((team) => teams[team]?.emails ?? []))];
    return emails.length === 0 ? {} : { [address]: { type: "email", emails } };
  }
  if (slackIntegrationId === undefined) return {};
  const channels = new Set(to.flatMap((team) => teams[team]?.slackChannel ?? []).map(withSign));
  return Object.fromEntries(
    [...channels].map((channel) => [
      `${address}/${channel.replace("#", "")}`,
      { type: "slack", integrationId: slackIntegrationId, channel },
    ]),
  );
}

/** Slack channels and webhooks of the teams that an alert tells; a channel that several teams share is told once. */
function deliveriesOf(
  { notify }: InsightAlertDefinition,
  { teams, slackIntegrationId }: Pick<ProductArguments, "teams" | "slackIntegrationId">,
): Record<string, AlertDelivery> {
  const deliveries: Record<string, AlertDelivery> = {};
  for (const team of notify) {
    const { slackChannel, webhook } = teams[team] ?? {};
    if (slackChannel !== undefined && slackIntegrationId !== undefined) {
      const channel = withSign(slackChannel);
      const key = `Slack ${channel}`;
      const told = [...(deliveries[key]?.teams ?? []), team];
      deliveries[key] = { type: "slack", teams: told, integrationId: slackIntegrationId, channel };
    }
    if (webhook !== undefined) deliveries[`webhook of ${team}`] = { type: "webhook", teams: [team], url: webhook };
  }
  return deliveries;
}

/** A channel's name has a "#"; its id (C…) has none. */
const withSign = (channel: string): string => (/^(#|[CG][A-Z0-9]{8,}$)/.test(channel) ? channel : `#${channel}`);

/** All scopes that the key needs. */
function needsOf(args: ProductArguments): Scope[] {
  const { dashboards, alerts, subscriptions = [], events, flags = {}, release, teams } = args;
  const { projectSettings, filtersEvents } = args;
  const deliveries = alerts.flatMap((alert) => Object.values(deliveriesOf(alert, args)));
  const tellsSomebody = alerts.some(({ notify }) => notify.some((team) => (teams[team]?.emails ?? []).length > 0));
  return [
    ...(dashboards.length > 0 ? (["dashboard:write", "insight:write"] as const) : []),
    ...(alerts.length > 0 ? (["alert:write"] as const) : []),
    ...(deliveries.length > 0 ? (["hog_function:write"] as const) : []),
    ...(deliveries.some(({ type }) => type === "slack") ? (["integration:read"] as const) : []),
    ...(tellsSomebody ? (["organization_member:read"] as const) : []),
    ...(events ? (["event_definition:write"] as const) : []),
    ...(release ? (["annotation:write"] as const) : []),
    ...(Object.keys(flags).length > 0 ? (["feature_flag:write"] as const) : []),
    ...(projectSettings ? (["project:write"] as const) : []),
    ...(subscriptions.length > 0 ? (["subscription:write"] as const) : []),
    ...(events && filtersEvents ? (["event_filter:write"] as const) : []),
  ];
}

const allowedAddresses = (appUrl: string | undefined): PosthogProjectSettings =>
  appUrl === undefined ? {} : { appUrls: [appUrl], recordingDomains: [new URL(appUrl).origin] };

/**
 * The catalog as PostHog's event definitions. All its events may be used in insights, so they are marked as verified.
 */
const definitionsOf = (events: Catalog, teams: Teams): Record<string, EventDefinition> =>
  Object.fromEntries(Object.entries(events).map(([name, event]) => [name, definitionOf(event, teams)]));

const definitionOf = ({ purpose, owner, source }: CatalogEvent, teams: Teams): EventDefinition => ({
  description: purpose,
  owners: teams[owner]?.emails ?? [],
  tags: [`owner:${owner}`, `source:${source}`],
  verified: true,
});
