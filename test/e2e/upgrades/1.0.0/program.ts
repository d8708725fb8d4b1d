/*
 * Every kind of resource of this project, as release 1.0.0 made it. Frozen: the state beside it was written by it. It stands
 * on the package of the resources alone, so that no change of a definition of ours changes it.
 */
import { PagesVariables } from "@brandvx/resources/cloudflare";
import { Annotation, Dashboard, EventDefinitions, InsightAlert, Project } from "@brandvx/resources/posthog";
import { ServiceVariables } from "@brandvx/resources/render";
import { Alert, Monitor, Organization, ProjectSettings } from "@brandvx/resources/sentry";
import { Config } from "@pulumi/pulumi";

const host = new Config("posthog").require("host");
const baseUrl = new Config("sentry").require("baseUrl");
const projectId = 1;

const trends = (more: object = {}) => ({
  kind: "InsightVizNode",
  source: {
    kind: "TrendsQuery",
    series: [
      { kind: "EventsNode", event: "ask.response_error", math: "total" },
      { kind: "EventsNode", event: "ask.response_stream_complete", math: "total" },
    ],
    interval: "day",
    dateRange: { date_from: "-30d" },
    ...more,
  },
});
const funnel = (more: object) => ({
  kind: "InsightVizNode",
  source: {
    kind: "FunnelsQuery",
    series: [
      { kind: "EventsNode", event: "onboarding.stepper_open" },
      { kind: "EventsNode", event: "onboarding_complete" },
    ],
    dateRange: { date_from: "-30d" },
    funnelsFilter: { funnelWindowInterval: 14, funnelWindowIntervalUnit: "day", ...more },
  },
});
const sql = {
  kind: "DataVisualizationNode",
  source: { kind: "HogQLQuery", query: "select event, count() from events group by event" },
  display: "ActionsTable",
};
const place = (index: number) => ({ column: (index % 2) * 6, row: Math.floor(index / 2) * 5, width: 6, height: 5 });

const project = new Project("product", {
  host,
  projectId,
  needs: ["dashboard:write", "insight:write", "alert:write", "organization_member:read", "event_definition:write"],
});
const dependsOn = project;

const dashboard = new Dashboard(
  "everything",
  {
    projectId,
    definition: {
      key: "everything",
      title: "Everything",
      owner: "growth",
      question: "Is everything there that a dashboard can have?",
      filters: { date_from: "-7d", properties: [{ type: "event", key: "mode", operator: "exact", value: ["fast"] }] },
      variables: { "variable-1": { code_name: "plan", variableId: "variable-1", value: "pro" } },
      breakdownColors: [{ breakdownValue: "fast", colorToken: "preset-1" }],
      colorTheme: 3,
      quickFilters: ["quick-filter-1"],
      tiles: {
        "error-share": {
          kind: "insight",
          title: "Share of errors",
          reading: "A high share means that prompts fail.",
          query: trends({
            trendsFilter: {
              display: "ActionsLineGraph",
              formulaNodes: [{ formula: "A / (A + B)" }],
              aggregationAxisFormat: "percentage_scaled",
            },
          }),
          place: place(0),
        },
        "by-mode": {
          kind: "insight",
          title: "Answers by mode",
          reading: "One mode alone means that the others broke.",
          query: trends({
            breakdownFilter: { breakdowns: [{ type: "event", property: "mode" }] },
            trendsFilter: { display: "ActionsBar" },
          }),
          place: place(1),
          color: "blue",
          filtersOverrides: { date_from: "-1d" },
        },
        conversion: {
          kind: "insight",
          title: "Opened to finished",
          reading: "A drop means that a step does not work.",
          query: funnel({ funnelVizType: "steps", funnelOrderType: "ordered" }),
          place: place(2),
          readingHidden: true,
        },
        "time-to-finish": {
          kind: "insight",
          title: "Time to finish",
          reading: "A long time means that a step is hard.",
          query: funnel({ funnelVizType: "time_to_convert" }),
          place: place(3),
          handPlaced: true,
        },
        "by-event": {
          kind: "insight",
          title: "Events",
          reading: "An event that is missing is not sent any more.",
          query: sql,
          place: place(4),
          transparentBackground: true,
        },
        about: { kind: "text", markdown: "## About\n\nRead from the top.", place: place(5), color: "green" },
      },
    },
  },
  { dependsOn },
);

for (const [name, when] of [
  ["too-many", { kind: "above", value: 0.2 }],
  ["falls", { kind: "falls by", share: 0.5 }],
] as const) {
  new InsightAlert(
    name,
    {
      ...{ projectId, dashboardId: dashboard.id, tileKey: "error-share", tileTitle: "Share of errors", line: 0 },
      ...{ name, when, check: "hourly", owner: "ai", because: "Prompts fail.", subscribers: ["ai@brandvx.example"] },
      enabled: name === "too-many",
    },
    { dependsOn: dashboard },
  );
}

new EventDefinitions(
  "events",
  {
    projectId,
    events: {
      "ask.response_error": {
        description: "A prompt got an error instead of an answer",
        owners: ["ai@brandvx.example"],
        tags: ["owner:ai", "source:browser"],
        verified: true,
      },
      landing_view: { description: "The landing scene was shown" },
    },
  },
  { dependsOn },
);
new Annotation("release", { projectId, release: "1.0.0", commit: "0123456789abcdef" }, { dependsOn });

const organization = "brandvx";
const verified = new Organization("errors", { organization, baseUrl });
const monitor = new Monitor(
  "error-spike",
  {
    ...{ organization, project: "operator-ui", name: "Error spike", environment: "production" },
    description: "More errors than usual: look at the newest release first.",
    metric: {
      ...{ dataset: "events", aggregate: "count()", query: "level:error", queryType: 0 },
      ...{ eventTypes: ["error"], windowSeconds: 3600 },
    },
    thresholds: { high: { gt: 100 }, medium: { gt: 50 }, resolved: { lte: 50 } },
  },
  { dependsOn: verified },
);
new Alert(
  "new-issues",
  {
    ...{ organization, name: "New or returning issue", environment: "production", frequencyMinutes: 1440 },
    projectMonitors: { "operator-ui": "error" },
    monitorIds: [monitor.id],
    triggers: { first_seen_event: true, regression_event: true },
    conditions: { often: { type: "event_frequency_count", comparison: { value: 100, interval: "1h", filters: [] } } },
    emails: ["platform@brandvx.example"],
    actions: {
      owners: { type: "email", config: { targetType: "issue_owners" }, data: { fallthroughType: "ActiveMembers" } },
    },
  },
  { dependsOn: verified },
);
new ProjectSettings(
  "operator-ui",
  {
    ...{ organization, project: "operator-ui", platform: "javascript-react" },
    inboundFilters: { "browser-extensions": true },
    automaticAlert: "removed",
    automaticKey: "removed",
  },
  { dependsOn: verified },
);

new PagesVariables("operator-ui", {
  accountId: "0123456789abcdef0123456789abcdef",
  projectName: "operator-ui",
  production: {
    VITE_SENTRY_ENVIRONMENT: { type: "plain_text", value: "production" },
    BUILD_TOKEN: { type: "secret_text", value: "fake-build-token-of-a-fixture" },
  },
  preview: { VITE_SENTRY_ENVIRONMENT: { type: "plain_text", value: "preview" } },
});
new ServiceVariables("backend", {
  serviceId: "srv-local0backend00",
  variables: {
    SENTRY_ENVIRONMENT: { visibility: "public", value: "production" },
    REDIS_URL: { visibility: "secret", value: "rediss://default:fake-password-of-a-fixture@redis.example:6379" },
  },
});
