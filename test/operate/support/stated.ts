import { insightAlerts } from "../../../alerts/index.ts";
import { projectSettings } from "../../../src/catalog/project-settings.ts";
import type { DashboardDefinition, Tile } from "../../../src/insights/define/index.ts";
import { ownDashboards } from "../../support/own-dashboards.ts";
import type { Stated } from "./plans.ts";

const jsonOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The `Dashboard` resource of a definition. */
export const dashboardOf = ({ accepted: _, ...definition }: DashboardDefinition): Stated => ({
  type: "pulumi-nodejs:dynamic/posthog:Dashboard",
  name: definition.key,
  inputs: jsonOf({ projectId: 1, managedBy: `brandvx-observability/test/${definition.key}`, ...definition }),
  outputs: { url: `https://us.posthog.com/project/1/dashboard/${definition.key.length}` },
});

export const allDashboards = (): Stated[] => ownDashboards.map(dashboardOf);

export function dashboard(key: string): Stated {
  const found = allDashboards().find(({ name }) => name === key);
  if (!found) throw new Error(`there is no dashboard ${key}`);
  return found;
}

/** The dashboard with one of its tiles changed; undefined removes it. */
export function withTile(stated: Stated, tileKey: string, change: (tile: Tile) => Tile | undefined): Stated {
  const { [tileKey]: tile, ...tiles } = stated.inputs.tiles as Record<string, Tile>;
  if (!tile) throw new Error(`${stated.name} has no tile ${tileKey}`);
  const changed = change(structuredClone(tile));
  return { ...stated, inputs: { ...stated.inputs, tiles: { ...tiles, ...(changed && { [tileKey]: changed }) } } };
}

/** The `InsightAlert` resources of the definitions. */
export const allAlerts = (): Stated[] =>
  insightAlerts.map(({ dashboardKey, tileKey, tileTitle, line, name, when, check, because, notify }) => ({
    type: "pulumi-nodejs:dynamic/posthog:InsightAlert",
    name: `${dashboardKey}/${tileKey}`,
    inputs: jsonOf({
      ...{ projectId: 1, dashboardId: "1", tileKey, tileTitle, line, name, when, check, because, owner: notify[0] },
      subscribers: notify.map((team) => `${team}@brandvx.example`),
      enabled: true,
    }),
  }));

/** The `ProjectSettings` resource of PostHog's project. */
export const projectSettingsOf = (inputs: Record<string, unknown> = {}): Stated => ({
  type: "pulumi-nodejs:dynamic/posthog:ProjectSettings",
  name: "settings",
  inputs: { projectId: 1, ...jsonOf(projectSettings), ...inputs },
});

/** A `FeatureFlag` resource: on, for everybody, without variants, unless `inputs` say otherwise. */
export const featureFlag = (inputs: Record<string, unknown> = {}): Stated => ({
  type: "pulumi-nodejs:dynamic/posthog:FeatureFlag",
  name: "ask-streaming",
  inputs: {
    ...{ projectId: 1, key: "ask-streaming", meaning: "Answers are shown while they are written", owner: "ai" },
    ...{ active: true, rules: [{ conditions: [], rolloutPercent: 100 }], handledInPostHog: [] },
    ...inputs,
  },
});

export const pagesVariables = (production: Record<string, unknown>): Stated => ({
  type: "pulumi-nodejs:dynamic/cloudflare:PagesVariables",
  name: "operator-ui",
  inputs: { accountId: "0".repeat(32), projectName: "operator-ui", adopt: [], production },
});

export const renderVariables = (variables: Record<string, unknown>): Stated => ({
  type: "pulumi-nodejs:dynamic/render:ServiceVariables",
  name: "backend",
  inputs: { serviceId: "srv-backend", adopt: [], deploy: "after-change", variables },
});

export const publicValue = (value: string) => ({ visibility: "public", value });
export const secretValue = { visibility: "secret", value: "[secret]" };

export const redis = (inputs: Record<string, unknown> = {}): Stated => ({
  type: "upstash:index/redisDatabase:RedisDatabase",
  name: "state",
  protect: true,
  inputs: {
    databaseName: "brandvx",
    region: "global",
    primaryRegion: "us-east-1",
    tls: true,
    eviction: true,
    ...inputs,
  },
});

export const sentryMonitor = (inputs: Record<string, unknown> = {}): Stated => ({
  type: "pulumi-nodejs:dynamic/sentry:Monitor",
  name: "error-spike-backend",
  inputs: {
    ...{ organization: "brandvx", project: "backend", name: "Many errors in a short time (backend)" },
    ...{ owner: "team:4", environment: "production", enabled: true },
    metric: {
      dataset: "events",
      aggregate: "count()",
      query: "is:unresolved",
      queryType: 0,
      eventTypes: ["error"],
      windowSeconds: 3600,
    },
    thresholds: { high: { gt: 50 }, medium: { gt: 25 }, resolved: { lte: 25 } },
    ...inputs,
  },
});

export const sentryAlert = (inputs: Record<string, unknown> = {}): Stated => ({
  type: "pulumi-nodejs:dynamic/sentry:Alert",
  name: "error-spike",
  inputs: {
    ...{ organization: "brandvx", name: "Many errors in a short time", owner: "team:4", environment: "production" },
    ...{ enabled: true, frequencyMinutes: 30, projectMonitors: {}, monitorIds: ["7"], match: "all", conditions: {} },
    triggers: { first_seen_event: true },
    emails: ["platform@brandvx.example"],
    actions: {},
    ...inputs,
  },
});

export const sentryKey = (name: string): Stated => ({
  type: "sentry:index/sentryKey:SentryKey",
  name,
  retainOnDelete: true,
  inputs: { organization: "brandvx", project: "backend", name },
});
