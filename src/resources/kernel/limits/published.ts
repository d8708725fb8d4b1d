import { type ServiceId, serviceIdOf } from "../../../model/vendors/index.ts";

/** Of a request. */
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** A maximum number of requests in a sliding window. */
export interface Allowance {
  requests: number;
  windowMs: number;
}

/** Requests that a vendor counts together. */
export interface BucketLimits {
  /** Name for people, as in "the limit for insight requests". */
  name: string;
  /** Distinguishes buckets of the same name. */
  of?: string;
  /** All of them apply. Empty when the vendor publishes none: then only its answers say when to wait. */
  allowances: readonly Allowance[];
  /** Maximum number of concurrent requests. Default 8. */
  concurrent?: number;
}

/** The bucket in which a vendor counts a request. */
export type VendorLimits = (method: Method, path: string) => BucketLimits;

const minute = 60_000;
const hour = 60 * minute;
const perMinute = (requests: number): Allowance => ({ requests, windowMs: minute });
const perHour = (requests: number): Allowance => ({ requests, windowMs: hour });

/**
 * PostHog: posthog/rate_limit.py. All routes of insights count in the ClickHouse bucket, even a PATCH of a name
 * (throttle_classes in products/product_analytics/backend/api/insight.py).
 */
const posthog: VendorLimits = (_method, path) => {
  if (/^\/api\/(projects|environments)\/[^/]+\/insights\b/.test(path))
    return { name: "insight", allowances: [perMinute(240), perHour(1200)] };
  if (/^\/api\/(projects|environments)\/[^/]+\/query\b/.test(path))
    return { name: "query", allowances: [perMinute(240), perHour(2400)], concurrent: 3 };
  return { name: "management", allowances: [perMinute(480), perHour(4800)] };
};

/** Render: api-docs.render.com/reference/rate-limiting. Deploys are counted per service. */
const render: VendorLimits = (method, path) => {
  const deployed = method === "POST" && /^\/services\/([^/]+)\/deploys/.exec(path)?.[1];
  if (deployed) return { name: "deploy", of: deployed, allowances: [perMinute(10)] };
  if (method === "GET") return { name: "read", allowances: [perMinute(400)] };
  return { name: "write", allowances: [perMinute(30)] };
};

/** Cloudflare: developers.cloudflare.com/fundamentals/api/reference/limits. */
const cloudflare: VendorLimits = () => ({
  name: "API",
  allowances: [{ requests: 1200, windowMs: 5 * minute }],
});

/**
 * Sentry counts by method and endpoint, for all objects together (getsentry/sentry: src/sentry/ratelimits/utils.py,
 * get_rate_limit_key), and publishes no numbers: its headers have them.
 */
const sentry: VendorLimits = (method, path) => ({
  name: "API",
  of: `${method} ${sentryEndpoint(path)}`,
  allowances: [],
});

/**
 * `/api/0/organizations/brandvx/detectors/7/?…` as `organizations/*\/detectors/*`: every second part is an object's
 * name.
 */
function sentryEndpoint(path: string): string {
  const parts = (path.split("?")[0] ?? "")
    .replace(/^\/api\/0\//, "")
    .split("/")
    .filter(Boolean);
  // projects/<organization>/<project>/…: here two names follow each other.
  const names = parts[0] === "projects" ? (i: number) => i === 1 || (i > 1 && i % 2 === 0) : (i: number) => i % 2 === 1;
  return parts.map((part, i) => (names(i) ? "*" : part)).join("/");
}

/**
 * GitHub counts GraphQL separately (docs.github.com: rate limits for the GraphQL API), and its answers contain the
 * remaining number.
 */
const github: VendorLimits = (_method, path) => ({
  name: path.endsWith("/graphql") ? "GraphQL" : "API",
  allowances: [],
});

/** For a vendor that publishes no limits: only its answers say when to wait. */
export const unpublished: VendorLimits = () => ({ name: "API", allowances: [] });

/** The same buckets without the published numbers: for a self-hosted installation, which has its own limits or none. */
export const unlimited =
  (limits: VendorLimits): VendorLimits =>
  (method, path) => ({ ...limits(method, path), allowances: [] });

/** The published limits of services, by their ids. Upstash publishes none. */
export const publishedLimits = { posthog, render, cloudflare, sentry, github } as const satisfies Partial<
  Record<ServiceId, VendorLimits>
>;

/** A service's limits by the name in its {@link HttpOptions}. */
export function limitsOf(name: string): VendorLimits {
  const id = serviceIdOf(name);
  return id !== undefined && id in publishedLimits ? publishedLimits[id as keyof typeof publishedLimits] : unpublished;
}
