import { z } from "zod";
import { hasStatus } from "../../resources/kernel/errors.ts";
import type { Http } from "../../resources/kernel/http.ts";
import { sentryHttp } from "../../resources/sentry/http.ts";
import { type Access, requireKey } from "./access.ts";

const found = z.object({
  groupId: z.string(),
  projectSlug: z.string().nullish(),
  event: z.looseObject({ tags: z.array(z.object({ key: z.string(), value: z.string() })).default([]) }),
});
const issues = z.array(
  z.object({ id: z.string(), title: z.string(), lastSeen: z.string(), permalink: z.string().nullish() }),
);
const id = z.union([z.string(), z.number().transform(String)]);
const projectKeys = z.array(
  z.object({
    id,
    public: z.string(),
    isActive: z.boolean(),
    dsn: z.object({ public: z.string() }).optional(),
    rateLimit: z.object({ window: z.number(), count: z.number() }).nullish(),
  }),
);
const filters = z.array(z.object({ id: z.string(), active: z.union([z.boolean(), z.array(z.string())]) }));
const anything = z.unknown();

/** An error event that arrived. */
export interface ArrivedEvent {
  /** Number of the issue that it belongs to. */
  readonly issueId: string;
  /** Undefined: the event has none. */
  readonly environment: string | undefined;
  readonly project: string | undefined;
  /** What Sentry stored, as its API answers it. */
  readonly stored: Readonly<Record<string, unknown>>;
}

/** Requests to Sentry that only `obs` makes, not the resources. Needs the scopes `org:read`, `project:read` and `event:read`, and `event:write` to resolve an issue. */
export class SentryIssues {
  readonly #http: Http;
  readonly #organization: string;

  constructor(access: Access) {
    const { baseUrl: root, organization } = access.sentry;
    this.#organization = `/api/0/organizations/${encodeURIComponent(organization)}`;
    this.#http = sentryHttp({ root, organization, token: requireKey(access, "sentry") });
  }

  /** An event by the id that it was sent with; undefined as long as it has not arrived. */
  async event(id: string): Promise<ArrivedEvent | undefined> {
    try {
      const answer = await this.#http.request("GET", `${this.#organization}/eventids/${id}/`, found);
      const environment = answer.event.tags.find(({ key }) => key === "environment")?.value;
      return { issueId: answer.groupId, environment, project: answer.projectSlug ?? undefined, stored: answer.event };
    } catch (error) {
      if (hasStatus(error, 404)) return undefined;
      throw error;
    }
  }

  resolve = async (issueId: string): Promise<void> => {
    await this.#http.request("PUT", `${this.#organization}/issues/${issueId}/`, anything, {
      body: { status: "resolved" },
    });
  };

  /** Checks that this token can see the organization. @throws VendorError that says why not */
  verify = async (): Promise<void> => {
    await this.#http.request("GET", `${this.#organization}/`, anything);
  };

  /** Keys of a project. The first page is enough: nobody has a hundred. */
  keys = (project: string) => this.#http.request("GET", `${this.#project(project)}/keys/`, projectKeys);

  /** Names of the inbound filters that drop events of a project. */
  async activeFilters(project: string): Promise<string[]> {
    const all = await this.#http.request("GET", `${this.#project(project)}/filters/`, filters);
    return all.filter(({ active }) => (Array.isArray(active) ? active.length > 0 : active)).map((filter) => filter.id);
  }

  /** The most recent issue of a project, by the project's number; undefined when there was none in 14 days. */
  async latestIssue(projectId: string) {
    const query = new URLSearchParams({ project: projectId, query: "", sort: "date", limit: "1", statsPeriod: "14d" });
    const [latest] = await this.#http.request("GET", `${this.#organization}/issues/?${query}`, issues);
    return latest;
  }

  #project = (slug: string): string =>
    `${this.#organization.replace("/organizations/", "/projects/")}/${encodeURIComponent(slug)}`;
}
