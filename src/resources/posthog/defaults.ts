import type { Json } from "../kernel/json.ts";

/**
 * What PostHog shows when a query does not say anything: nodes' defaults in frontend/src/queries/schema.json. The app
 * writes some of them into a query as soon as somebody opens and saves it.
 */
const defaults: Record<string, Json[]> = {
  aggregationAxisFormat: ["numeric"],
  breakdown_limit: [25],
  breakdown_type: ["event"],
  breakdownAttributionType: ["first_touch"],
  display: ["ActionsLineGraph"],
  funnelOrderType: ["ordered"],
  funnelStepReference: ["total"],
  funnelVizType: ["steps"],
  funnelWindowInterval: [14],
  funnelWindowIntervalUnit: ["day"],
  interval: ["day"],
  layout: ["vertical"],
  math: ["total"],
  operator: ["exact"],
  smoothingIntervals: [1],
  yAxisScaleType: ["linear"],
};

/** Added by the server to nodes when they are read (posthog/schema_migrations/upgrade.py). */
const servers = new Set(["version"]);

/** True for what may come and go in a live query without anybody seeing a difference. */
export const isQueryDefault = (key: string, value: Json): boolean =>
  servers.has(key) || value === false || (defaults[key]?.includes(value) ?? false);
