import { z } from "zod";
import type { Http } from "../../resources/kernel/http.ts";
import { posthogHttp } from "../../resources/posthog/http.ts";
import { type Access, requireKey } from "./access.ts";

const counted = z.object({ results: z.array(z.array(z.number())) });
const anything = z.unknown();

/** Requests to PostHog's management API that only `obs` makes, not the resources. */
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

  /** An annotation on all charts at one moment. */
  annotate = async (content: string, at: Date): Promise<void> => {
    const body = { content, date_marker: at.toISOString(), scope: "project", creation_type: "USR" };
    await this.#http.request("POST", `${this.#path}/annotations/`, anything, { body });
  };
}

const quoted = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
