import { z } from "zod";
import type { Http } from "../../resources/kernel/http.ts";
import { posthogHttp } from "../../resources/posthog/http.ts";
import { type Access, requireKey } from "./access.ts";

const counted = z.object({ results: z.array(z.array(z.number())) });
const listed = z.object({
  results: z.array(z.tuple([z.string(), z.union([z.string(), z.record(z.string(), z.unknown())])])),
});
const anything = z.unknown();

/**
 * The answer of `user_blast_radius`. Releases since 2026 call the numbers otherwise than older ones. Source:
 * products/feature_flags/backend/api/feature_flag.py.
 */
const peopleAnswer = z.union([
  z
    .object({ affected: z.number(), total: z.number() })
    .transform(({ affected, total }) => ({ fulfil: affected, of: total })),
  z
    .object({ users_affected: z.number(), total_users: z.number() })
    .transform(({ users_affected, total_users }) => ({ fulfil: users_affected, of: total_users })),
]);

/** An event as PostHog stored it. */
export interface FoundEvent {
  readonly distinctId: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Requests to PostHog's management API that only `obs` makes, not the resources. */
export class PostHogQueries {
  readonly #http: Http;
  readonly #path: string;

  /** @param timeoutMs for one request; default a minute, as a query may take */
  constructor(access: Access, timeoutMs = 60_000) {
    const { host, projectId } = access.posthog;
    this.#path = `/api/projects/${projectId}`;
    this.#http = posthogHttp({ host, projectId, key: requireKey(access, "posthog") }, { timeoutMs });
  }

  /** @throws VendorError that says which of key, host and project is wrong */
  verify = async (): Promise<void> => {
    await this.#http.request("GET", `${this.#path}/dashboards/?limit=1`, anything);
  };

  /** The key that sends events to the project; undefined when PostHog does not return it. */
  async projectKey(): Promise<string | undefined> {
    const { api_token } = await this.#http.request(
      "GET",
      `${this.#path}/`,
      z.object({ api_token: z.string().optional() }),
    );
    return api_token;
  }

  /** Runs an insight's query unchanged. @throws VendorError with PostHog's message when it fails */
  run = async (query: unknown): Promise<void> => {
    await this.#http.request("POST", `${this.#path}/query/`, anything, { body: { query }, repeatable: true });
  };

  /** How many events of this name have this value in a property. Bypasses PostHog's cache, since the event was just sent. */
  async count(event: string, property: string, value: string): Promise<number> {
    const query = `select count() from events where event = '${quoted(event)}' and properties.${property} = '${quoted(value)}'`;
    const body = { query: { kind: "HogQLQuery", query }, refresh: "force_blocking" };
    const { results } = await this.#http.request("POST", `${this.#path}/query/`, counted, { body, repeatable: true });
    return results[0]?.[0] ?? 0;
  }

  /**
   * How many people fulfil the conditions of a flag's rule, of all that PostHog counts; its rollout is not part of it. A
   * release may count only who was there in the last 60 days. Asked once: PostHog answers 500 for conditions that it cannot
   * count (PostHog/posthog#63001).
   */
  people = (properties: readonly unknown[], mayWaitMs: number): Promise<{ fulfil: number; of: number }> =>
    this.#http.request("POST", `${this.#path}/feature_flags/user_blast_radius/`, peopleAnswer, {
      body: { condition: { properties } },
      mayWaitMs,
    });

  /** Events of this name that have this value in a property, at most a hundred. Bypasses PostHog's cache. */
  async events(event: string, property: string, value: string): Promise<FoundEvent[]> {
    const query = `select distinct_id, properties from events where event = '${quoted(event)}' and properties.${property} = '${quoted(value)}'`;
    const body = { query: { kind: "HogQLQuery", query }, refresh: "force_blocking" };
    const { results } = await this.#http.request("POST", `${this.#path}/query/`, listed, { body, repeatable: true });
    return results.map(([distinctId, properties]) => ({
      distinctId,
      properties: typeof properties === "string" ? (JSON.parse(properties) as FoundEvent["properties"]) : properties,
    }));
  }

  /** An annotation on all charts at one moment. */
  annotate = async (content: string, at: Date): Promise<void> => {
    const body = { content, date_marker: at.toISOString(), scope: "project", creation_type: "USR" };
    await this.#http.request("POST", `${this.#path}/annotations/`, anything, { body });
  };
}

const quoted = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
