import { type ServiceId, serviceIdOf } from "../../../model/vendors/index.ts";
import type { Method } from "../http.ts";

/** So many requests in so long a time, counted back from each moment. */
export interface Allowance {
  requests: number;
  windowMs: number;
}

/** Requests that a vendor counts together. */
export interface BucketLimits {
  /** As a person calls it, in "the limit for insight requests". */
  name: string;
  /** Tells buckets of the same name apart. */
  of?: string;
  /** All of them hold at once. Empty where the vendor publishes none: then only its answers say when to wait. */
  allowances: readonly Allowance[];
  /** Requests under way at once. Default 8. */
  concurrent?: number;
}

/** In which bucket a vendor counts a request. */
export type VendorLimits = (method: Method, path: string) => BucketLimits;

const minute = 60_000;
const hour = 60 * minute;
const perMinute = (requests: number): Allowance => ({ requests, windowMs: minute });
const perHour = (requests: number): Allowance => ({ requests, windowMs: hour });

/**
 * PostHog: posthog/rate_limit.py. Everything on insights is in the bucket of what touches ClickHouse, even a PATCH of a
 * name (throttle_classes in products/product_analytics/backend/api/insight.py).
 */
const posthog: VendorLimits = (_method, path) => {
  if (/^\/api\/(projects|environments)\/[^/]+\/insights\b/.test(path))
    return { name: "insight", allowances: [perMinute(240), perHour(1200)] };
  if (/^\/api\/(projects|environments)\/[^/]+\/query\b/.test(path))
    return { name: "query", allowances: [perMinute(240), perHour(2400)], concurrent: 3 };
  return { name: "management", allowances: [perMinute(480), perHour(4800)] };
};

/** Render: api-docs.render.com/reference/rate-limiting. Deploys are counted for each service. */
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
 * Sentry counts by method and endpoint, whatever the object (getsentry/sentry: src/sentry/ratelimits/utils.py,
 * get_rate_limit_key), and publishes no numbers: its headers tell.
 */
const sentry: VendorLimits = (method, path) => ({
  name: "API",
  of: `${method} ${sentryEndpoint(path)}`,
  allowances: [],
});

/** `/api/0/organizations/brandvx/detectors/7/?…` as `organizations/*\/detectors/*`: every second part names an object. */
function sentryEndpoint(path: string): string {
  const parts = (path.split("?")[0] ?? "")
    .replace(/^\/api\/0\//, "")
    .split("/")
    .filter(Boolean);
  // projects/<organization>/<project>/…: names come in twos once.
  const names = parts[0] === "projects" ? (i: number) => i === 1 || (i > 1 && i % 2 === 0) : (i: number) => i % 2 === 1;
  return parts.map((part, i) => (names(i) ? "*" : part)).join("/");
}

/** GitHub counts GraphQL apart (docs.github.com: rate limits for the GraphQL API), and its answers say what is left. */
const github: VendorLimits = (_method, path) => ({
  name: path.endsWith("/graphql") ? "GraphQL" : "API",
  allowances: [],
});

/** A vendor that publishes no limits: its answers alone say when to wait. */
export const unpublished: VendorLimits = () => ({ name: "API", allowances: [] });

/** The same buckets without the published numbers: for an installation of one's own, which has its own limits or none. */
export const unlimited =
  (limits: VendorLimits): VendorLimits =>
  (method, path) => ({ ...limits(method, path), allowances: [] });

/** The limits that services publish, by their ids. Upstash publishes none. */
export const publishedLimits = { posthog, render, cloudflare, sentry, github } as const satisfies Partial<
  Record<ServiceId, VendorLimits>
>;

/** The limits of a service by the name that its {@link HttpOptions} give. */
export function limitsOf(name: string): VendorLimits {
  const id = serviceIdOf(name);
  return id !== undefined && id in publishedLimits ? publishedLimits[id as keyof typeof publishedLimits] : unpublished;
}
