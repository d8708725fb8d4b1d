import { vi } from "vitest";
import { type PosthogTwin, type PosthogTwinOptions, startPosthogTwin } from "../../../src/local/twins/posthog/index.ts";
import type { Scope } from "../../../src/model/vendors/posthog.ts";
import type { AnnotationInputs } from "../../../src/resources/posthog/annotation/inputs.ts";
import { annotationProvider } from "../../../src/resources/posthog/annotation/provider.ts";
import type { DashboardInputs, InsightTile, TextTile } from "../../../src/resources/posthog/dashboard/inputs.ts";
import { dashboardProvider } from "../../../src/resources/posthog/dashboard/provider.ts";
import type { EventDefinitionsInputs } from "../../../src/resources/posthog/event-definitions/inputs.ts";
import { eventDefinitionsProvider } from "../../../src/resources/posthog/event-definitions/provider.ts";
import type { EventFilterInputs } from "../../../src/resources/posthog/event-filter/inputs.ts";
import { eventFilterProvider } from "../../../src/resources/posthog/event-filter/provider.ts";
import type { EventSchemasInputs } from "../../../src/resources/posthog/event-schemas/inputs.ts";
import { eventSchemasProvider } from "../../../src/resources/posthog/event-schemas/provider.ts";
import type { FeatureFlagInputs } from "../../../src/resources/posthog/feature-flag/inputs.ts";
import { featureFlagProvider } from "../../../src/resources/posthog/feature-flag/provider.ts";
import type { InsightAlertInputs } from "../../../src/resources/posthog/insight-alert/inputs.ts";
import { insightAlertProvider } from "../../../src/resources/posthog/insight-alert/provider.ts";
import { projectProvider } from "../../../src/resources/posthog/project/provider.ts";
import type { ProjectSettingsInputs } from "../../../src/resources/posthog/project-settings/inputs.ts";
import { projectSettingsProvider } from "../../../src/resources/posthog/project-settings/provider.ts";
import { PostHogConnections } from "../../../src/resources/posthog/settings.ts";
import type { SubscriptionInputs } from "../../../src/resources/posthog/subscription/inputs.ts";
import { subscriptionProvider } from "../../../src/resources/posthog/subscription/provider.ts";
import { httpClient } from "../../local/twins/http-client.ts";
import { fastClock } from "../fast-clock.ts";
import { Lifetime } from "../lifetime.ts";

/** A separate PostHog for a test, and provider processes that use it over HTTP. */
export interface Setting extends AsyncDisposable {
  twin: PosthogTwin;
  /** A provider process, whose caches end with it. */
  process(): Process;
  /** What somebody does in PostHog's app: paths are within the project, unless they begin with a slash. */
  byHand(method: "post" | "patch" | "delete" | "get", path: string, body?: unknown): Promise<never>;
  /** Lines that a person sees while something waits. */
  lines: string[];
}

export interface Process {
  dashboard(): Lifetime<DashboardInputs>;
  alert(): Lifetime<InsightAlertInputs>;
  annotation(): Lifetime<AnnotationInputs>;
  events(): Lifetime<EventDefinitionsInputs>;
  flag(): Lifetime<FeatureFlagInputs>;
  settings(): Lifetime<ProjectSettingsInputs>;
  subscription(): Lifetime<SubscriptionInputs>;
  filter(): Lifetime<EventFilterInputs>;
  schemas(): Lifetime<EventSchemasInputs>;
  project(): Lifetime<{ projectId: number; host: string; needs?: Scope[] }>;
}

export async function setting(
  options: PosthogTwinOptions = {},
  { times = 100, key = options.personalApiKey }: { times?: number; key?: string | undefined } = {},
): Promise<Setting> {
  vi.stubEnv("POSTHOG_PERSONAL_API_KEY", "");
  const clock = fastClock(times);
  const twin = await startPosthogTwin({ now: () => new Date(clock.now()), ...options });
  const config = { "posthog:host": twin.url, "posthog:personalApiKey": key ?? twin.personalApiKey };
  const client = httpClient(twin.url, { Authorization: `Bearer ${twin.personalApiKey}` });
  const lines: string[] = [];
  return {
    twin,
    lines,
    process() {
      const connections = new PostHogConnections({ clock, progress: (line) => lines.push(line) });
      return {
        dashboard: () => new Lifetime(dashboardProvider(connections), config),
        alert: () => new Lifetime(insightAlertProvider(connections), config),
        annotation: () => new Lifetime(annotationProvider(connections), config),
        settings: () => new Lifetime(projectSettingsProvider(connections), config),
        subscription: () => new Lifetime(subscriptionProvider(connections), config),
        filter: () => new Lifetime(eventFilterProvider(connections), config),
        schemas: () => new Lifetime(eventSchemasProvider(connections), config),
        events: () => new Lifetime(eventDefinitionsProvider(connections), config),
        flag: () => new Lifetime(featureFlagProvider(connections), config),
        project: () => new Lifetime(projectProvider(connections), config),
      };
    },
    async byHand(method, path, body) {
      const answer = await client[method](
        path.startsWith("/") ? path : `/api/projects/${twin.projectId}/${path}`,
        body,
      );
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body as never;
    },
    [Symbol.asyncDispose]: () => twin.stop(),
  };
}

export const trendTile = (title: string, more: Partial<InsightTile> & { event?: string } = {}): InsightTile => {
  const { event = "landing_view", ...tile } = more;
  return {
    kind: "insight",
    title,
    reading: `What ${title} says.`,
    query: {
      kind: "InsightVizNode",
      source: { kind: "TrendsQuery", series: [{ kind: "EventsNode", event, math: "total" }] },
    },
    place: { column: 0, row: 0, width: 6, height: 5 },
    ...tile,
  };
};

export const textTile = (markdown: string, more: Partial<TextTile> = {}): TextTile => ({
  kind: "text",
  markdown,
  place: { column: 0, row: 100, width: 12, height: 2 },
  ...more,
});

/** A dashboard of this many charts and texts, each in a separate row. */
export function manyTiles(charts: number, texts = 0): DashboardInputs["tiles"] {
  const place = (row: number) => ({ column: 0, row: row * 5, width: 12, height: 5 });
  return Object.fromEntries([
    ...Array.from({ length: charts }, (_, i) => [`chart-${i}`, trendTile(`Chart ${i}`, { place: place(i) })]),
    ...Array.from({ length: texts }, (_, i) => [`text-${i}`, textTile(`Text ${i}`, { place: place(charts + i) })]),
  ]);
}

export const definition = (changes: Partial<DashboardInputs> = {}): DashboardInputs => {
  const key = changes.key ?? "activation";
  return {
    projectId: 1,
    managedBy: `brandvx/test/${key}`,
    key,
    title: `Dashboard ${key}`,
    owner: "growth",
    question: "Do people finish?",
    tiles: {
      first: trendTile("First"),
      second: trendTile("Second", { place: { column: 6, row: 0, width: 6, height: 5 } }),
    },
    ...changes,
  };
};

export const alertOn = (dashboardId: string, changes: Partial<InsightAlertInputs> = {}): InsightAlertInputs => ({
  projectId: 1,
  dashboardId,
  tileKey: "first",
  tileTitle: "First",
  line: 0,
  name: "Too many",
  when: { kind: "above", value: 5 },
  check: "hourly",
  owner: "growth",
  because: "It is too much.",
  subscribers: ["platform@brandvx.example"],
  enabled: true,
  ...changes,
});

export const catalogOf = (
  events: EventDefinitionsInputs["events"],
  changes: Partial<EventDefinitionsInputs> = {},
): EventDefinitionsInputs => ({ projectId: 1, managedBy: "brandvx/test/events", events, ...changes });

/** The text that a person reads about an event on the data-management page. */
export interface LiveDefinition {
  id: string;
  name: string;
  description?: string | null;
  owner?: { id: number; email: string } | null;
  tags: string[];
  verified?: boolean;
  hidden?: boolean;
  enforcement_mode?: string;
}

export async function liveDefinitions(at: Setting): Promise<LiveDefinition[]> {
  return ((await at.byHand("get", "event_definitions/?limit=1000")) as { results: LiveDefinition[] }).results;
}

export const schemasOf = (
  events: EventSchemasInputs["events"],
  changes: Partial<EventSchemasInputs> = {},
): EventSchemasInputs => ({ projectId: 1, managedBy: "brandvx/test/schemas", events, ...changes });

/** A group of typed properties, as PostHog's page of them shows it. */
export interface LiveGroup {
  id: string;
  name: string;
  description: string;
  properties: {
    name: string;
    property_type: string;
    is_required: boolean;
    is_optional_in_types: boolean;
    validation_rules: object | null;
    description: string;
  }[];
  events: { id: string; name: string }[];
}

export async function liveGroups(at: Setting): Promise<LiveGroup[]> {
  return ((await at.byHand("get", "schema_property_groups/?limit=1000")) as { results: LiveGroup[] }).results;
}

export const releaseOf = (release?: string, changes: Partial<AnnotationInputs> = {}): AnnotationInputs => ({
  projectId: 1,
  managedBy: "brandvx/test/release",
  ...(release === undefined ? {} : { release }),
  ...changes,
});

export interface LiveMark {
  id: number;
  content: string;
  date_marker: string;
  scope: string;
}

/** Annotations as PostHog's charts show them, the newest first. */
export async function liveMarks(at: Setting): Promise<LiveMark[]> {
  return ((await at.byHand("get", "annotations/")) as { results: LiveMark[] }).results;
}

export const flagOf = (changes: Partial<FeatureFlagInputs> = {}): FeatureFlagInputs => ({
  projectId: 1,
  managedBy: "brandvx/test/ask-streaming",
  key: "ask-streaming",
  meaning: "An answer is shown while it is written",
  owner: "ai",
  active: true,
  rules: [
    { conditions: [{ key: "internal", operator: "exact", value: ["true"] }], rolloutPercent: 100 },
    { conditions: [], rolloutPercent: 10 },
  ],
  handledInPostHog: [],
  ...changes,
});

/** The fields of a flag that tests look at. */
export interface LiveFlag {
  id: number;
  key: string;
  name: string;
  active: boolean;
  tags: string[];
  filters: {
    groups: { properties: unknown[]; rollout_percentage: number | null; variant: string | null }[];
    multivariate: { variants: { key: string; rollout_percentage: number }[] } | null;
    payloads: object;
  };
  evaluation_runtime: string;
  ensure_experience_continuity: boolean;
}

/** Flags as PostHog's page of flags shows them. */
export async function liveFlags(at: Setting): Promise<LiveFlag[]> {
  const { results } = (await at.byHand("get", "feature_flags/?limit=1000")) as { results: LiveFlag[] };
  return results.map((flag) => ({ ...flag, tags: flag.tags.toSorted() }));
}

export const subscriptionTo = (dashboardId: string, changes: Partial<SubscriptionInputs> = {}): SubscriptionInputs => ({
  projectId: 1,
  dashboardId,
  title: "Activation, week by week",
  owner: "growth",
  tiles: { first: "First" },
  target: { type: "email", emails: ["growth@brandvx.example", "platform@brandvx.example"] },
  schedule: { frequency: "weekly", weekday: "monday", hour: 9, timeZone: "UTC" },
  ...changes,
});

/** The fields of a subscription that tests look at. */
export interface LiveSubscription {
  id: number;
  title: string;
  dashboard: number;
  dashboard_export_insights: number[];
  target_type: string;
  target_value: string;
  integration_id: number | null;
  frequency: string;
  interval: number;
  byweekday: string[] | null;
  bysetpos: number | null;
  start_date: string;
  next_delivery_date: string;
  count: number | null;
  until_date: string | null;
  enabled: boolean;
  summary_enabled: boolean;
}

/** Subscriptions as PostHog's page of them shows them. */
export async function liveSubscriptions(at: Setting): Promise<LiveSubscription[]> {
  return ((await at.byHand("get", "subscriptions/?limit=200")) as { results: LiveSubscription[] }).results;
}
