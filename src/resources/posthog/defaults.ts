import { queryDefaults } from "../../model/posthog/defaults.ts";
import type { Json, JsonObject } from "../kernel/json.ts";

const defaults: Readonly<Record<string, Json>> = queryDefaults;

/** Switches that are on by default; all others are off. */
const on = new Set([
  "showGridLines",
  "showTicks",
  "showTotalRow",
  "showXAxisBorder",
  "showXAxisTicks",
  "showYAxisBorder",
  "stacked",
  "startAtZero",
  "yAxisAtZero",
]);

/** Added by the server to nodes when they are read (posthog/schema_migrations/upgrade.py), or for its own log. */
const servers = new Set(["version", "tags", "response"]);

/** Fields of an InsightVizNode for the app's own page; a dashboard ignores them. */
const pages = new Set([
  "embedded",
  "full",
  "hidePersonsModal",
  "showFilters",
  "showHeader",
  "showLastComputation",
  "showLastComputationRefresh",
  "suppressSessionAnalysisWarning",
]);

/** True for what may appear in or vanish from a live query without a visible difference. */
export function isQueryDefault(key: string, value: Json, within: JsonObject): boolean {
  if (servers.has(key)) return true;
  if (within.kind === "InsightVizNode" && pages.has(key)) return true;
  if (typeof value === "boolean") return value === on.has(key);
  if (value === "") return key !== "value" && key !== "query";
  switch (key) {
    case "display":
      return value === (within.kind === "DataVisualizationNode" ? "ActionsTable" : "ActionsLineGraph");
    // The app's default name of a series is its event.
    case "name":
      return value === (within.event ?? "All events");
    case "compare_to":
      return within.compare !== true;
    case "breakdownAttributionValue":
      return within.breakdownAttributionType !== "step";
    default:
      return Object.hasOwn(defaults, key) && defaults[key] === value;
  }
}

/** The same for filters of a dashboard or a tile, which override the queries' own: there, every value matters. */
export const isFilterDefault = (key: string, value: Json): boolean =>
  (key === "explicitDate" && value === false) || (key === "operator" && value === "exact");
