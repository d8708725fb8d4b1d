import { queryDefaults } from "../../model/posthog/defaults.ts";
import type { Json, JsonObject } from "../kernel/json.ts";

const defaults: Readonly<Record<string, Json>> = queryDefaults;

/** On unless a query says otherwise; all other switches are off. */
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

/** Fields of an InsightVizNode that say how the app's own page shows it; a dashboard does not heed them. */
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

/** True for what may come and go in a live query without anybody seeing a difference. */
export function isQueryDefault(key: string, value: Json, within: JsonObject): boolean {
  if (servers.has(key)) return true;
  if (within.kind === "InsightVizNode" && pages.has(key)) return true;
  if (typeof value === "boolean") return value === on.has(key);
  if (value === "") return key !== "value" && key !== "query";
  switch (key) {
    case "display":
      return value === (within.kind === "DataVisualizationNode" ? "ActionsTable" : "ActionsLineGraph");
    // The app calls a series by its event.
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

/** The same for filters of a dashboard or a tile, which override what the queries say: there, any value is one. */
export const isFilterDefault = (key: string, value: Json): boolean =>
  (key === "explicitDate" && value === false) || (key === "operator" && value === "exact");
