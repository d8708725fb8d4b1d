import { onTestFinished } from "vitest";
import {
  type PosthogTwin,
  type PosthogTwinOptions,
  startPosthogTwin,
} from "../../../../src/local/twins/posthog/index.ts";

// biome-ignore lint/suspicious/noExplicitAny: answers are read as by a client without types
export type Answer = { status: number; body: any; headers: Headers };
type Body = Record<string, unknown>;

export interface Client {
  twin: PosthogTwin;
  get(path: string): Promise<Answer>;
  post(path: string, body?: Body): Promise<Answer>;
  patch(path: string, body: Body): Promise<Answer>;
  delete(path: string): Promise<Answer>;
  /** The same twin, with another key (`null`: without a key). */
  as(key: string | null): Client;
}

/** A twin that stops with the test, and a client of its project: paths are relative to `/api/projects/1/` unless they start with a slash. */
export async function posthog(options: PosthogTwinOptions = {}): Promise<Client> {
  const twin = await startPosthogTwin(options);
  onTestFinished(() => twin.stop());
  return clientOf(twin, twin.personalApiKey);
}

function clientOf(twin: PosthogTwin, key: string | null): Client {
  const send = async (method: string, path: string, body?: Body): Promise<Answer> => {
    const url = path.startsWith("/") ? `${twin.url}${path}` : `${twin.url}/api/projects/${twin.projectId}/${path}`;
    const response = await fetch(url, {
      method,
      headers: { "Content-Type": "application/json", ...(key === null ? {} : { Authorization: `Bearer ${key}` }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("Content-Type")?.includes("json");
    return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers };
  };
  return {
    twin,
    get: (path) => send("GET", path),
    post: (path, body = {}) => send("POST", path, body),
    patch: (path, body) => send("PATCH", path, body),
    delete: (path) => send("DELETE", path),
    as: (other) => clientOf(twin, other),
  };
}

export const trend = (event = "landing_view", more: Body = {}) => ({
  kind: "InsightVizNode",
  source: { kind: "TrendsQuery", series: [{ kind: "EventsNode", event, math: "total" }], ...more },
});

export const funnel = (...events: string[]) => ({
  kind: "InsightVizNode",
  source: { kind: "FunnelsQuery", series: events.map((event) => ({ kind: "EventsNode", event })) },
});

export const sql = (query: string) => ({ kind: "DataVisualizationNode", source: { kind: "HogQLQuery", query } });

export const place = (x: number, y: number, w = 6, h = 5) => ({ sm: { x, y, w, h } });

/** A dashboard with one insight tile each for the given names. */
export async function dashboardWith(client: Client, ...names: string[]) {
  const dashboard = (await client.post("dashboards/", { name: "Activation" })).body;
  const insights = [];
  for (const name of names) {
    insights.push((await client.post("insights/", { name, query: trend(), dashboards: [dashboard.id] })).body);
  }
  const tiles = insights.map((insight) => insight.dashboard_tiles[0].id as number);
  return { id: dashboard.id as number, insights, tiles };
}
