import type { CapturedEvent } from "./ingest/events.ts";

/** Limits of a bucket; a request over either number is answered 429 with `Retry-After`. */
export interface RateLimit {
  perMinute: number;
  perHour: number;
}

export interface RateLimits {
  /** Create, read, update and delete of everything but insights. */
  default?: RateLimit;
  /** All routes of insights: their view set counts as touching ClickHouse, even for a PATCH of a name. */
  insights?: RateLimit;
  /** POST query/, and how many may run at once: one above that gets a 429 without `Retry-After`. */
  query?: RateLimit & { concurrent?: number };
}

/** Limits of PostHog's cloud. Source: posthog/rate_limit.py and products/product_analytics/backend/api/insight.py. */
export const publishedLimits = {
  default: { perMinute: 480, perHour: 4800 },
  insights: { perMinute: 240, perHour: 1200 },
  query: { perMinute: 240, perHour: 2400, concurrent: 3 },
} as const satisfies RateLimits;

/** Features that the organisation's plan and settings enable. */
export interface Features {
  /** Without it, tags are dropped without an error. Default true. */
  tagging?: boolean;
  /** Without it, subscriptions are answered 402. Default true. */
  subscriptions?: boolean;
  /** Description, verified and hidden of event definitions; without it they are answered 400. Default true. */
  enterpriseDefinitions?: boolean;
  /** False: insights answer without the deprecated `dashboards` unless asked `?include_dashboards=true`. Default true. */
  dashboardsField?: boolean;
  /** Alerts on SQL insights. Default true. */
  sqlAlerts?: boolean;
  /** Alerts on funnels, which releases before June 2026 do not have. Default true. */
  funnelAlerts?: boolean;
  /** False: as in older releases, destinations stay when their alert is deleted. Default true. */
  alertsDeleteDestinations?: boolean;
  /** Whether the key's person is an admin of the project, who may change all of its settings. Default true. */
  projectAdmin?: boolean;
  /** Event filters; releases before 2026 have none. Default true. */
  eventFilters?: boolean;
  /** Groups of typed properties and the events that have them; older releases have none. Default true. */
  eventSchemas?: boolean;
  /** False: as in older releases, which have them for their own app alone and refuse personal keys. Default true. */
  eventSchemasForKeys?: boolean;
  /** False: as in releases whose typed properties have no rules: they are dropped without an error. Default true. */
  propertyRules?: boolean;
  /** Settings of the project that the plan does not include: a change is answered 200 and ignored. Default none. */
  ignoredSettings?: readonly string[];
  /** Settings of the project that this release does not have: neither answered nor taken. Default none. */
  absentSettings?: readonly string[];
  /** How many alerts the plan allows. Default: no limit. */
  maxAlerts?: number;
}

/** Another vendor's account that the project is connected to. */
export interface Integration {
  id: number;
  kind: string;
  display_name: string;
}

/** A personal API key with limited scopes, besides the unrestricted one. */
export interface ScopedKey {
  key: string;
  /** `dashboard:write`, `insight:read`, …; write implies read, `*` is everything. */
  scopes: readonly string[];
  /** Projects that the key is restricted to; without it, all projects of its user. */
  projects?: readonly number[];
}

export interface Member {
  /** Numeric user id, as alerts and definitions require. */
  id: number;
  email: string;
  firstName: string;
}

/** Sunday 0 (PostHog's default) or Monday 1. */
export type WeekStart = 0 | 1;

export interface Evaluation {
  query: Record<string, unknown>;
  /** All events of the project, or those that arrived after the one with the id `after`; in order of arrival. */
  events: (after?: number) => readonly CapturedEvent[];
  /** The person of each distinct id, after all merges. */
  persons: () => readonly (readonly [distinctId: string, personId: string])[];
  now: Date;
  timezone: string;
  weekStart: WeekStart;
}

/** Answers a query over the stored events with PostHog's response body (`results`, …). An exception becomes a 400. */
export type Evaluate = (evaluation: Evaluation) => Promise<Record<string, unknown>> | Record<string, unknown>;

export interface PosthogTwinOptions {
  /** Default 0: any free port. */
  port?: number;
  /** SQLite file to continue from; default in memory. */
  file?: string;
  /** Default 1. */
  projectId?: number;
  /** The unrestricted personal API key. Default `phx_local`. */
  personalApiKey?: string;
  scopedKeys?: readonly ScopedKey[];
  /** The project's public key, for which events are accepted. Default `phc_local`. */
  projectKey?: string;
  /** The project's secret key, with which SDKs load flags to evaluate them locally. Default `phs_local`. */
  secretKey?: string;
  /** The first one owns the unrestricted key. Default two people. */
  members?: readonly [Member, ...Member[]];
  features?: Features;
  /** Default: a Slack workspace of the number 77. */
  integrations?: readonly Integration[];
  /** Address of Slack's API. Default: messages to Slack do not arrive. */
  slackUrl?: string;
  /** Until somebody changes it in the project's settings, as is the time zone. */
  weekStart?: WeekStart;
  /** The project's time zone. Default UTC. */
  timezone?: string;
  /** Default: none. `publishedLimits` are the real ones. */
  limits?: RateLimits;
  /** What is wrong with an insight's query, or `null`; simulates the write validation that some teams have. Default: all are saved. */
  validateQuery?: (query: Record<string, unknown>) => string | null;
  evaluate?: Evaluate;
  /** Default: the system's clock. */
  now?: () => Date;
}
