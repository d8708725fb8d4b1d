import { afterEach } from "vitest";
import { type SentryTwin, type SentryTwinOptions, startSentryTwin } from "../../../../src/local/twins/sentry/index.ts";
import { type HttpClient, httpClient } from "../http-client.ts";

const running: SentryTwin[] = [];
afterEach(() => Promise.all(running.splice(0).map((twin) => twin.stop())));

export const organization = "/api/0/organizations/brandvx";

/** A twin that stops by itself, with a client that is logged in. */
export async function sentry(options: SentryTwinOptions = {}) {
  const twin = await startSentryTwin({ environments: ["production"], ...options });
  running.push(twin);
  return { twin, api: httpClient(twin.url, { Authorization: "Bearer sntryu_test" }) };
}

/** With the team `platform` and the project `operator-ui`. */
export async function sentryWithProject(options: SentryTwinOptions = {}) {
  const { twin, api } = await sentry(options);
  const team = (await api.post(`${organization}/teams/`, { name: "Platform", slug: "platform" })).body;
  const project = (await api.post("/api/0/teams/brandvx/platform/projects/", { name: "operator-ui" })).body;
  return { twin, api, team, project };
}

/** The project's first key, which Sentry created. */
export async function defaultKey(api: HttpClient) {
  return (await api.get("/api/0/projects/brandvx/operator-ui/keys/")).body[0];
}

export const monitor = {
  projectId: "operator-ui",
  type: "metric_issue",
  name: "Error spike",
  description: null,
  enabled: true,
  owner: null,
  dataSources: [
    {
      aggregate: "count()",
      dataset: "events",
      environment: "production",
      eventTypes: ["error"],
      query: "",
      queryType: 0,
      timeWindow: 3600,
      extrapolationMode: null,
    },
  ],
  conditionGroup: {
    logicType: "any",
    conditions: [
      { type: "gt", comparison: 100, conditionResult: 75 },
      { type: "gt", comparison: 50, conditionResult: 50 },
      { type: "lte", comparison: 50, conditionResult: 0 },
    ],
  },
  config: { detectionType: "static" },
};

export const alert = {
  name: "New or returning issue",
  enabled: true,
  environment: "production",
  config: { frequency: 1440 },
  detectorIds: [] as string[],
  triggers: {
    logicType: "any-short",
    conditions: [
      { type: "first_seen_event", comparison: true, conditionResult: true },
      { type: "regression_event", comparison: true, conditionResult: true },
    ],
  },
  actionFilters: [
    {
      logicType: "all",
      conditions: [
        {
          type: "event_frequency_count",
          comparison: { value: 100, interval: "1h", filters: [] },
          conditionResult: true,
        },
      ],
      actions: [{ type: "email", data: { fallthroughType: "ActiveMembers" }, config: { targetType: "issue_owners" } }],
    },
  ],
};
