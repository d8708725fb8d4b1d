import { z } from "zod";
import { hasStatus } from "../kernel/errors.ts";
import { Http, type RequestOptions } from "../kernel/http.ts";
import type { Json, JsonObject } from "../kernel/json.ts";
import { explain, type Place } from "./explain.ts";

const json: z.ZodType<Json> = z.json();
const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), json);
const layout = z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() });

const membership = z.object({ id: z.number(), dashboard_id: z.number(), deleted: z.boolean().nullish() });

const insight = z.object({
  id: z.number(),
  name: z.string().nullish(),
  description: z.string().nullish(),
  query: jsonObject.nullish(),
  tags: z.array(z.string()).nullish(),
  // The field `dashboards` is going away for API keys; memberships are read from here (PostHog/posthog#69922, #72764).
  dashboard_tiles: z.array(membership).nullish(),
});
/** An insight, as far as it is used here. */
export type Insight = z.infer<typeof insight>;

const tile = z.object({
  id: z.number(),
  layouts: z.object({ sm: layout.partial().nullish() }).nullish(),
  color: z.string().nullish(),
  show_description: z.boolean().nullish(),
  filters_overrides: jsonObject.nullish(),
  insight: z.object({ id: z.number(), name: z.string().nullish() }).nullish(),
  text: z.object({ id: z.number().nullish(), body: z.string().nullish() }).nullish(),
});
/** A tile of a dashboard: an insight, a text, or something made by hand that this project does not make. */
export type LiveTile = z.infer<typeof tile>;

const dashboard = z.object({
  id: z.number(),
  name: z.string().nullish(),
  description: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  filters: jsonObject.nullish(),
  deleted: z.boolean().nullish(),
  tiles: z.array(tile).nullish(),
});
/** A dashboard with its tiles. Tiles' queries are not in it: PostHog rewrites them there with the dashboard's filters. */
export type LiveDashboard = z.infer<typeof dashboard>;

const page = <T>(item: z.ZodType<T>) => z.object({ next: z.string().nullish(), results: z.array(item) });
const anything = z.unknown();
const errorBody = z.object({ code: z.string().optional(), detail: z.string().optional() }).partial();

/** Rows of one page of a list: PostHog's largest default. */
const pageSize = 100;

/**
 * PostHog's management API for one project, call by call. Paths carry the trailing slash that PostHog wants;
 * `/api/projects/` is the canonical prefix, `/api/environments/` a deprecated alias (PostHog/posthog#60406).
 */
export class PostHogApi {
  /** The app's address, without a trailing slash. */
  readonly host: string;
  readonly projectId: number;
  readonly #http: Http;

  constructor({ host, projectId, key }: Place & { key: string }) {
    this.host = host;
    this.projectId = projectId;
    this.#http = new Http({
      vendor: "PostHog",
      baseUrl: host,
      headers: { Authorization: `Bearer ${key}` },
      readError: (body) => errorBody.safeParse(body).data ?? {},
      explain: (failure) => explain(failure, { host, projectId }),
    });
  }

  /** @throws VendorError that says which of key, host or project is wrong. One request. */
  async verify(): Promise<void> {
    await this.#http.request("GET", this.#path("dashboards/?limit=1"), page(anything));
  }

  createDashboard = (body: JsonObject): Promise<LiveDashboard> =>
    this.#http.request("POST", this.#path("dashboards/"), dashboard, { body });

  /** Undefined when it is gone: PostHog answers 404 for a deleted one. */
  dashboard = (id: string): Promise<LiveDashboard | undefined> =>
    orGone(this.#http.request("GET", this.#path(`dashboards/${id}/`), dashboard));

  /** Tiles in `body` that have no id are made anew each time, so such a request is not repeated. */
  changeDashboard = (id: string, body: JsonObject, options?: RequestOptions): Promise<LiveDashboard> =>
    this.#http.request("PATCH", this.#path(`dashboards/${id}/`), dashboard, { ...options, body });

  /** Dashboards whose name, description or tags contain `text` (at most 200 characters). Without their tiles. */
  findDashboards = (text: string): Promise<LiveDashboard[]> =>
    this.#all(`dashboards/?search=${encodeURIComponent(text.slice(0, 200))}&limit=${pageSize}`, dashboard);

  /** PostHog answers 405 to DELETE; a deleted dashboard is kept and can be restored. One that is gone is fine. */
  deleteDashboard = async (id: string): Promise<void> => {
    await orGone(this.changeDashboard(id, { deleted: true }));
  };

  createInsight = (body: JsonObject): Promise<Insight> =>
    this.#http.request("POST", this.#path("insights/"), insight, { body });

  insight = (id: number): Promise<Insight | undefined> =>
    orGone(this.#http.request("GET", this.#path(`insights/${id}/`), insight));

  changeInsight = (id: number, body: JsonObject): Promise<Insight> =>
    this.#http.request("PATCH", this.#path(`insights/${id}/`), insight, { body });

  /** Changes an insight even when it is deleted: a literal `deleted: false` is what makes PostHog find it. Undefined when there is none. */
  restoreInsight = (id: number, body: JsonObject): Promise<Insight | undefined> =>
    orGone(this.changeInsight(id, { ...body, deleted: false }));

  /** The insights on a dashboard with their queries as they were written, without results. */
  insightsOn = (dashboardId: string): Promise<Insight[]> =>
    this.#all(`insights/?dashboards=${encodeURIComponent(`[${dashboardId}]`)}&basic=true&limit=${pageSize}`, insight);

  /** Insights that carry a tag, wherever they are. None where the organization has no tags (PostHog drops them silently). */
  insightsTagged = (tag: string): Promise<Insight[]> =>
    this.#all(`insights/?tags=${encodeURIComponent(JSON.stringify([tag]))}&basic=true&limit=${pageSize}`, insight);

  async #all<T>(first: string, item: z.ZodType<T>): Promise<T[]> {
    const found: T[] = [];
    for (let path: string | undefined = this.#path(first); path; ) {
      const { next, results }: { next?: string | null | undefined; results: T[] } = await this.#http.request(
        "GET",
        path,
        page(item),
      );
      found.push(...results);
      path = next ? afterHost(next) : undefined;
    }
    return found;
  }

  #path = (rest: string): string => `/api/projects/${this.projectId}/${rest}`;
}

/** `next` is an absolute address, which behind a proxy may name another host than ours. */
const afterHost = (address: string): string => {
  const { pathname, search } = new URL(address);
  return pathname + search;
};

/** Undefined where PostHog says that there is no such object. A missing project is not that. */
async function orGone<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (hasStatus(error, 404) && !/project/i.test((error as { failure: { detail: string } }).failure.detail))
      return undefined;
    throw error;
  }
}
