import type { dynamic } from "@pulumi/pulumi";
import { afterEach, beforeEach, vi } from "vitest";
import { type SentryTwin, type SentryTwinOptions, startSentryTwin } from "../../../src/local/twins/sentry/index.ts";
import type { AlertInputs } from "../../../src/resources/sentry/alert/inputs.ts";
import type { CronInputs } from "../../../src/resources/sentry/cron-monitor/provider.ts";
import type { MonitorInputs } from "../../../src/resources/sentry/monitor/inputs.ts";
import { configure } from "../../../src/resources/sentry/settings.ts";
import type { UptimeInputs } from "../../../src/resources/sentry/uptime-monitor/provider.ts";
import { httpClient } from "../../local/twins/http-client.ts";

const running: SentryTwin[] = [];
beforeEach(() => {
  // Variables that are exported on an engineer's machine must not decide where a test sends its requests.
  for (const name of ["SENTRY_TOKEN", "SENTRY_AUTH_TOKEN", "SENTRY_BASE_URL"]) vi.stubEnv(name, "");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(running.splice(0).map((twin) => twin.stop()));
});

export const organizationPath = "/api/0/organizations/brandvx";

/** A Sentry with the team `platform` and the project `operator-ui`, that the providers are configured for. */
export async function givenSentry(options: SentryTwinOptions = {}) {
  const twin = await startSentryTwin({ environments: ["production", "staging"], ...options });
  running.push(twin);
  pointProvidersAt(twin.url);
  const api = httpClient(twin.url, { Authorization: "Bearer by-hand" });
  const team = (await api.post(`${organizationPath}/teams/`, { name: "platform" })).body;
  const project = await addProject(api, "operator-ui");
  twin.requests.clear();
  return {
    twin,
    api,
    team,
    project,
    writes: () => twin.requests.writes().map(({ method, path }) => `${method} ${path}`),
  };
}

export const addProject = async (api: ReturnType<typeof httpClient>, slug: string) =>
  (await api.post("/api/0/teams/brandvx/platform/projects/", { name: slug, slug })).body;

/** Points the providers at an address. */
export function pointProvidersAt(baseUrl: string, token: string | undefined = "sntryu_test"): void {
  const values: Record<string, string | undefined> = { "sentry:baseUrl": baseUrl, "sentry:token": token };
  configure({ get: (key) => values[key] });
}

export const errorSpike: MonitorInputs = {
  organization: "brandvx",
  project: "operator-ui",
  name: "Error spike",
  environment: "production",
  enabled: true,
  metric: {
    dataset: "events",
    aggregate: "count()",
    query: "",
    queryType: 0,
    eventTypes: ["error"],
    windowSeconds: 3600,
  },
  thresholds: { high: { gt: 100 }, medium: { gt: 50 }, resolved: { lte: 50 } },
};

export const health: UptimeInputs = {
  ...{ organization: "brandvx", project: "operator-ui", name: "The backend does not answer", enabled: true },
  ...{ description: "Look at Render.", environment: "production", address: "https://api.brandvx.example/health" },
  ...{ intervalSeconds: 60, timeoutMs: 5000, failures: 3, successes: 1 },
};
export const sender: CronInputs = {
  ...{ organization: "brandvx", project: "operator-ui", name: "The sender does not run", enabled: true },
  ...{ slug: "cadence-sender", crontab: "*/5 * * * *", timezone: "UTC" },
  ...{ lateMinutes: 5, longestMinutes: 15, failures: 2, successes: 1 },
};

export const newIssue: AlertInputs = {
  organization: "brandvx",
  name: "New or returning issue",
  environment: "production",
  enabled: true,
  frequencyMinutes: 1440,
  projectMonitors: { "operator-ui": "error" },
  monitorIds: [],
  triggers: { first_seen_event: true, regression_event: true },
  match: "all",
  conditions: {
    often: { type: "event_frequency_count", comparison: { value: 100, interval: "1h", filters: [] } },
  },
  emails: [],
  actions: {
    "e-mail": { type: "email", config: { targetType: "issue_owners" }, data: { fallthroughType: "ActiveMembers" } },
  },
};

export const toSlack = {
  type: "slack",
  integrationId: "1",
  config: { targetType: "specific", targetIdentifier: "", targetDisplay: "alerts" },
  data: {},
};

/** A provider's operations as Pulumi uses them: each one receives what the previous one returned. */
export function resourceOf<Inputs extends object>(provider: dynamic.ResourceProvider) {
  type State = Inputs & Record<string, unknown>;
  const { create, read, update } = provider;
  if (!create || !read || !update) throw new Error("the provider lacks an operation");
  return {
    /** Creates it; returns its id and what Pulumi stores. */
    async up(inputs: Inputs): Promise<{ id: string; state: State }> {
      const { id, outs } = await create(inputs);
      return { id, state: outs as State };
    },
    /** The inputs that a refresh would store; undefined when the resource is gone. */
    async seen(id: string, state: State): Promise<Inputs | undefined> {
      const found = await read(id, state);
      return found.id ? (found.inputs as Inputs) : undefined;
    },
    async change(id: string, state: State, news: Inputs): Promise<State> {
      return (await update(id, state, news)).outs as State;
    },
    remove: async (id: string, state: State): Promise<void> => provider.delete?.(id, state),
    check: async (inputs: object) => (await provider.check?.({}, inputs))?.failures ?? [],
  };
}
