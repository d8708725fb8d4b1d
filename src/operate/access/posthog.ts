import { z } from "zod";
import type { Http } from "../../resources/kernel/http.ts";
import { posthogHttp } from "../../resources/posthog/http.ts";
import { type Access, requireKey } from "./access.ts";

const counted = z.object({ results: z.array(z.array(z.number())) });
const anything = z.unknown();

/** What is asked of PostHog's management API here, beside what resources need. */
export class PostHogQueries {
  readonly #http: Http;
  readonly #path: string;

  constructor(access: Access) {
    const { host, projectId } = access.posthog;
    this.#path = `/api/projects/${projectId}`;
    this.#http = posthogHttp({ host, projectId, key: requireKey(access, "posthog") }, { timeoutMs: 60_000 });
  }

  /** @throws VendorError that says which of key, host and project is wrong */
  verify = async (): Promise<void> => {
    await this.#http.request("GET", `${this.#path}/dashboards/?limit=1`, anything);
  };

  /** The key that sends events to the project; undefined where PostHog does not tell it. */
  async projectKey(): Promise<string | undefined> {
    const { api_token } = await this.#http.request(
      "GET",
      `${this.#path}/`,
      z.object({ api_token: z.string().optional() }),
    );
    return api_token;
  }

  /** Runs a query of an insight as it is. @throws VendorError with PostHog's words when it does not run */
  run = async (query: unknown): Promise<void> => {
    await this.#http.request("POST", `${this.#path}/query/`, anything, { body: { query }, repeatable: true });
  };

  /** How many events of this name carry this value in a property. Not from the cache: what is asked for has just been sent. */
  async count(event: string, property: string, value: string): Promise<number> {
    const query = `select count() from events where event = '${quoted(event)}' and properties.${property} = '${quoted(value)}'`;
    const body = { query: { kind: "HogQLQuery", query }, refresh: "force_blocking" };
    const { results } = await this.#http.request("POST", `${this.#path}/query/`, counted, { body, repeatable: true });
    return results[0]?.[0] ?? 0;
  }

  /** A mark on all charts at a moment. */
  annotate = async (content: string, at: Date): Promise<void> => {
    const body = { content, date_marker: at.toISOString(), scope: "project", creation_type: "USR" };
    await this.#http.request("POST", `${this.#path}/annotations/`, anything, { body });
  };
}

const quoted = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
