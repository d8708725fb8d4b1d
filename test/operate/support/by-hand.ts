import type { PosthogTwin } from "../../../src/local/twins/posthog/index.ts";

type Method = "POST" | "PATCH";

/** What somebody does in PostHog's app: paths are within the project. */
export async function inTheApp<T = { id: number }>(
  posthog: PosthogTwin,
  method: Method,
  path: string,
  body: unknown,
): Promise<T> {
  const answer = await fetch(`${posthog.url}/api/projects/${posthog.projectId}/${path}`, {
    method,
    headers: { Authorization: `Bearer ${posthog.personalApiKey}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** A trend as PostHog's app saves it: with nulls, empty lists and defaults all over. */
const savedTrend = (source: object) => ({
  kind: "InsightVizNode",
  full: true,
  source: {
    kind: "TrendsQuery",
    ...{ filterTestAccounts: false, samplingFactor: null, conversionGoal: null, compareFilter: null, version: 2 },
    properties: { type: "AND", values: [{ type: "AND", values: [] }] },
    interval: "day",
    breakdownFilter: { breakdown_type: "event" },
    ...source,
  },
});

const node = (event: string, more: object = {}) => ({
  ...{ kind: "EventsNode", event, name: event, custom_name: null, math: "total", math_property: null, properties: [] },
  ...more,
});

/** A tile's rectangle after somebody dragged the tile in the app. */
const dragged = (x: number, y: number, w: number, h: number) => ({
  sm: { x, y, w, h, i: "0", minW: 3, minH: 3, moved: false, static: false },
  xs: { x: 0, y, w: 1, h },
});

interface Tile {
  id: number;
  insight: { id: number; name: string | null } | null;
  text: { id: number } | null;
}

/** A dashboard that was not written as code, with everything that people leave on one over the years. */
export async function oldDashboard(posthog: PosthogTwin): Promise<{ id: number; insights: Record<string, number> }> {
  const make = (path: string, body: unknown) => inTheApp(posthog, "POST", path, body);
  const { id } = await make("dashboards/", {
    name: "Käufe & Klicks (2023)",
    description: "Wer klickt, wer kauft?\n",
    tags: ["sales"],
  });
  const insights: Record<string, number> = {};
  const chart = async (key: string, fields: object) => {
    insights[key] = (await make("insights/", { dashboards: [id], tags: ["old"], ...fields })).id;
  };
  await chart("prompts", {
    name: "Prompts",
    description: "How many prompts there are.",
    query: savedTrend({
      series: [node("ask.prompt_submitted", { custom_name: "Prompts" }), node("ask.prompt_submitted", { math: "dau" })],
      dateRange: { date_from: "-14d", date_to: null, explicitDate: false },
      properties: {
        type: "AND",
        values: [{ type: "AND", values: [{ type: "event", key: "onboard", operator: "exact", value: ["false"] }] }],
      },
      trendsFilter: { display: "ActionsBar", showLegend: false, yAxisScaleType: "linear", smoothingIntervals: 1 },
    }),
  });
  await chart("funnel", {
    name: "Onboarding",
    query: {
      kind: "InsightVizNode",
      source: {
        ...{ kind: "FunnelsQuery", aggregation_group_type_index: null, properties: [], filterTestAccounts: false },
        series: [node("onboarding.stepper_open"), node("onboarding.step_completed")],
        dateRange: { date_from: "-30d" },
        funnelsFilter: {
          funnelVizType: "steps",
          funnelWindowInterval: 7,
          funnelWindowIntervalUnit: "day",
          exclusions: [],
        },
      },
    },
  });
  await chart("views", {
    name: null,
    derived_name: "Pageview count",
    query: savedTrend({
      series: [
        node("$autocapture", { properties: [{ type: "event", key: "plan", operator: "exact", value: ["pro"] }] }),
      ],
      dateRange: { date_from: "-7d" },
      filterTestAccounts: true,
    }),
  });
  await chart("sql", {
    name: "Top accounts",
    query: {
      kind: "DataVisualizationNode",
      source: {
        kind: "HogQLQuery",
        query: "SELECT properties.plan, count()\nFROM events\nWHERE event = 'billing.invoice_paid'\nGROUP BY 1",
      },
      display: "ActionsTable",
    },
  });
  await inTheApp(posthog, "PATCH", `dashboards/${id}/`, {
    filters: { date_from: "-90d", properties: [] },
    tiles: [
      { text: { body: "## Read me\n\nAsk *sales* first." }, layouts: dragged(0, 10, 12, 2) },
      { button_tile: { url: "/feature_flags", text: "Flags" }, layouts: dragged(0, 12, 4, 1) },
    ],
  });
  const { tiles } = await inTheApp<{ tiles: Tile[] }>(posthog, "PATCH", `dashboards/${id}/`, {});
  const tileOf = (key: string) => tiles.find(({ insight }) => insight?.id === insights[key])?.id;
  await inTheApp(posthog, "PATCH", `dashboards/${id}/`, {
    tiles: [
      { id: tileOf("prompts"), layouts: dragged(0, 0, 6, 5), color: "blue" },
      { id: tileOf("funnel"), layouts: dragged(6, 0, 6, 5), show_description: false },
      { id: tileOf("views"), layouts: dragged(0, 5, 8, 5), filters_overrides: { date_from: "-1d" } },
      // The SQL insight was never moved, so it has no position.
    ],
  });
  return { id, insights };
}
