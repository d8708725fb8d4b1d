import { RunError } from "@pulumi/pulumi";
import {
  type InsightAlertDefinition,
  insightAlertFindings,
  type SubscriptionDefinition,
  subscriptionFindings,
} from "../../alerts/posthog/index.ts";
import { type SentryAlertDefinition, sentryAlertFindings } from "../../alerts/sentry/index.ts";
import { catalogFindings } from "../../catalog/check.ts";
import { environment } from "../../catalog/environment.ts";
import { environmentFindings } from "../../catalog/environment-check.ts";
import type { Catalog } from "../../catalog/event.ts";
import type { FlagCatalog } from "../../catalog/flag.ts";
import { flagFindings } from "../../catalog/flags-check.ts";
import { type DashboardDefinition, definitionFindings } from "../../insights/define/index.ts";
import { destinationFindings } from "./destinations.ts";
import { reportFindings, type SettingFinding } from "./findings.ts";
import { readFlagsKey } from "./flags-key.ts";
import { type PagesSettings, readPages } from "./pages.ts";
import { programSettingsReader } from "./program.ts";
import type { SettingsReader } from "./reader.ts";
import { type RedisSettings, readRedis } from "./redis.ts";
import { type Release, readRelease } from "./release.ts";
import { type RenderSettings, readRender } from "./render.ts";
import { readConfiguration } from "./schema.ts";
import { checkSecrets } from "./secrets.ts";
import {
  readExistingAtSentry,
  type SentrySettings,
  type SentryValues,
  sentryFindings,
  sentrySettings,
} from "./sentry.ts";
import { subscriptionSettingFindings } from "./subscriptions.ts";
import { readTeams, type Teams } from "./teams.ts";
import { unknownSettings } from "./unknown.ts";

/** Whether deletion needs a second step: its protection must be removed first. */
interface Protected {
  protect: boolean;
}

export interface Settings {
  /** Name of the stage, as the apps send it with their errors. */
  stage: string;
  teams: Teams;
  posthog: { host: string; projectId: number; projectKey: string; ingestHost: string } & {
    /** Number of PostHog's Slack integration; absent: alerts are not sent to Slack. */
    slackIntegrationId?: number | undefined;
    /** Secret key with which the backend reads feature flags; absent: it asks PostHog for each value. */
    flagsKey?: string | undefined;
  };
  /** Subscriptions that this stack makes: none without `posthogSubscriptions`. */
  subscriptions: readonly SubscriptionDefinition[];
  /** Whether this stack makes schemas of the events in PostHog. */
  eventSchemas: boolean;
  /** Release of the apps that this run belongs to; undefined when releases are not marked. */
  release: Release | undefined;
  sentry: SentrySettings & Protected;
  /** Address of the browser app; undefined where only the Pages project knows it. */
  appUrl: string | undefined;
  /** Address of the backend's health check. */
  healthUrl: string;
  /** Share of requests that the backend traces, as the text of its variable. */
  tracesSampleRate: string;
  redis: RedisSettings & Protected;
  pages: PagesSettings & Protected;
  render: RenderSettings;
}

/** The repository's definitions: checked together with the settings, so that one run reports all problems. */
export interface Content {
  events: Catalog;
  dashboards: readonly DashboardDefinition[];
  insightAlerts: readonly InsightAlertDefinition[];
  sentryAlerts: readonly SentryAlertDefinition[];
  /**
   * Feature flags.
   * @default none
   */
  flags?: FlagCatalog;
  /**
   * Digests of dashboards.
   * @default none
   */
  subscriptions?: readonly SubscriptionDefinition[];
}

/**
 * The stack's settings.
 * @throws RunError with all findings at once, in the settings and in the definitions, before anything is sent anywhere.
 * @example readSettings({ events: {}, dashboards: [], insightAlerts: [], sentryAlerts: [] });
 */
export function readSettings(content: Content, sources: SettingsReader = programSettingsReader()): Settings {
  const found = findSettings(content, sources);
  if (found.settings) return found.settings;
  throw new RunError(reportFindings(sources.stack, found.findings));
}

type Found = { settings: Settings; findings: [] } | { settings: undefined; findings: SettingFinding[] };

/** The settings, or everything that is wrong. Reads only its arguments. */
export function findSettings(content: Content, sources: SettingsReader): Found {
  const values = readConfiguration(sources);
  const flagsKey = readFlagsKey(sources);
  const redis = readRedis(sources);
  const existing = readExistingAtSentry(sources);
  const pages = readPages(sources);
  const render = readRender(sources);
  const notified = [...content.insightAlerts, ...content.sentryAlerts].flatMap(({ notify }) => notify);
  const teams = readTeams(sources, notified);
  const subscriptions = values.value?.posthogSubscriptions ? (content.subscriptions ?? []) : [];
  const slackIntegrationId = values.value?.posthogSlackIntegrationId;
  const release = readRelease(sources, values.value?.markReleases ?? false);
  const findings = [
    ...values.findings,
    ...(values.value ? sentryFindings(values.value, sources.stack) : []),
    ...release.findings,
    ...checkSecrets(sources),
    ...unknownSettings(sources),
    ...destinationFindings(sources),
    ...[flagsKey, redis, existing, pages, render, teams].flatMap((part) => part.findings),
    ...subscriptionSettingFindings(subscriptions, { teams: teams.teams, slackIntegrationId }, sources.stack),
    ...contentFindings(content, values.value),
  ];
  const { value } = values;
  if (findings.length > 0 || !value || !redis.value || !existing.value || !pages.value || !render.value) {
    return { settings: undefined, findings };
  }
  const { protect } = value;
  const settings: Settings = {
    stage: value.environment ?? stageOf(sources.stack),
    teams: teams.teams,
    posthog: {
      host: value["posthog:host"],
      projectId: value["posthog:projectId"],
      projectKey: value["posthog:projectKey"],
      ingestHost: value["posthog:ingestHost"],
      slackIntegrationId,
      flagsKey: flagsKey.value,
    },
    subscriptions,
    eventSchemas: value.posthogEventSchemas,
    release: release.release,
    sentry: { ...sentrySettings(value), existing: existing.value, protect },
    appUrl: value.appUrl,
    healthUrl: value.healthUrl,
    tracesSampleRate: value.sentryTracesSampleRate,
    redis: { ...redis.value, protect },
    pages: { ...pages.value, protect },
    render: render.value,
  };
  return { settings, findings: [] };
}

/** The last part of a stack's name. */
const stageOf = (stack: string): string => stack.split("/").at(-1) ?? stack;

function contentFindings(
  { events, dashboards, insightAlerts, sentryAlerts, flags = {}, subscriptions = [] }: Content,
  values: SentryValues | undefined,
): SettingFinding[] {
  const found = [
    ...catalogFindings(events),
    ...flagFindings(flags),
    ...definitionFindings(dashboards, events),
    ...insightAlertFindings(insightAlerts, dashboards),
    ...subscriptionFindings(subscriptions, dashboards),
    ...sentryAlertFindings(sentryAlerts, values && sentrySettings(values).projects),
    ...environmentFindings(environment),
  ];
  return found.map(({ where, problem, fix }) => ({ problem: `${where}  ${problem}`, fix }));
}
