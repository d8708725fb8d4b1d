import { z } from "zod";
import { hasStatus } from "../kernel/errors.ts";
import { Http, type RequestOptions } from "../kernel/http.ts";
import type { JsonObject } from "../kernel/json.ts";
import {
  alertAnswer,
  dashboardAnswer,
  type Insight,
  insightAnswer,
  type LiveAlert,
  type LiveDashboard,
  type Member,
  memberAnswer,
} from "./answers.ts";
import { explain, type Place } from "./explain.ts";

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
    this.#http.request("POST", this.#path("dashboards/"), dashboardAnswer, { body });

  /** Undefined when it is gone: PostHog answers 404 for a deleted one. */
  dashboard = (id: string): Promise<LiveDashboard | undefined> =>
    orGone(this.#http.request("GET", this.#path(`dashboards/${id}/`), dashboardAnswer));

  /** Tiles in `body` that have no id are made anew each time, so such a request is not repeated. */
  changeDashboard = (id: string, body: JsonObject, options?: RequestOptions): Promise<LiveDashboard> =>
    this.#http.request("PATCH", this.#path(`dashboards/${id}/`), dashboardAnswer, { ...options, body });

  /** Dashboards whose name, description or tags contain `text` (at most 200 characters). Without their tiles. */
  findDashboards = (text: string): Promise<LiveDashboard[]> =>
    this.#all(
      this.#path(`dashboards/?search=${encodeURIComponent(text.slice(0, 200))}&limit=${pageSize}`),
      dashboardAnswer,
    );

  /** PostHog answers 405 to DELETE; a deleted dashboard is kept and can be restored. One that is gone is fine. */
  deleteDashboard = async (id: string): Promise<void> => {
    await orGone(this.changeDashboard(id, { deleted: true }));
  };

  createInsight = (body: JsonObject): Promise<Insight> =>
    this.#http.request("POST", this.#path("insights/"), insightAnswer, { body });

  insight = (id: number): Promise<Insight | undefined> =>
    orGone(this.#http.request("GET", this.#path(`insights/${id}/`), insightAnswer));

  changeInsight = (id: number, body: JsonObject): Promise<Insight> =>
    this.#http.request("PATCH", this.#path(`insights/${id}/`), insightAnswer, { body });

  /** Changes an insight even when it is deleted: a literal `deleted: false` is what makes PostHog find it. Undefined when there is none. */
  restoreInsight = (id: number, body: JsonObject): Promise<Insight | undefined> =>
    orGone(this.changeInsight(id, { ...body, deleted: false }));

  /** The insights on a dashboard with their queries as they were written, without results. */
  insightsOn = (dashboardId: string): Promise<Insight[]> =>
    this.#all(
      this.#path(`insights/?dashboards=${encodeURIComponent(`[${dashboardId}]`)}&basic=true&limit=${pageSize}`),
      insightAnswer,
    );

  /** Insights that carry a tag, wherever they are. None where the organization has no tags (PostHog drops them silently). */
  insightsTagged = (tag: string): Promise<Insight[]> =>
    this.#all(
      this.#path(`insights/?tags=${encodeURIComponent(JSON.stringify([tag]))}&basic=true&limit=${pageSize}`),
      insightAnswer,
    );

  createAlert = (body: JsonObject): Promise<LiveAlert> =>
    this.#http.request("POST", this.#path("alerts/"), alertAnswer, { body });

  alert = (id: string): Promise<LiveAlert | undefined> =>
    orGone(this.#http.request("GET", this.#path(`alerts/${id}/`), alertAnswer));

  changeAlert = (id: string, body: JsonObject): Promise<LiveAlert> =>
    this.#http.request("PATCH", this.#path(`alerts/${id}/`), alertAnswer, { body });

  async deleteAlert(id: string): Promise<void> {
    await this.#http.request("DELETE", this.#path(`alerts/${id}/`), anything);
  }

  async findAlert(insightId: number, name: string): Promise<LiveAlert | undefined> {
    const alerts = await this.#all(this.#path(`alerts/?limit=${pageSize}`), alertAnswer);
    return alerts.find((candidate) => candidate.insight.id === insightId && candidate.name === name);
  }

  /** Members of the key's own organization: the only list that holds users' numbers. */
  members = (): Promise<Member[]> => this.#all(`/api/organizations/@current/members/?limit=${pageSize}`, memberAnswer);

  async #all<T>(first: string, item: z.ZodType<T>): Promise<T[]> {
    const found: T[] = [];
    for (let path: string | undefined = first; path; ) {
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
