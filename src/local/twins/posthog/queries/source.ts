import type { JsonObject } from "../records.ts";

const wrappers = new Set(["InsightVizNode", "DataVisualizationNode", "DataTableNode"]);

export const isObject = (value: unknown): value is JsonObject =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** The query inside of an insight's wrapper node (or the query itself), `null` where there is none. */
export function sourceQuery(query: unknown): JsonObject | null {
  if (!isObject(query)) return null;
  return wrappers.has(String(query.kind)) ? sourceQuery(query.source) : query;
}

const alertable = ["TrendsQuery", "HogQLQuery", "FunnelsQuery"] as const;

/** The kind that an alert on this query would watch; `null`: it cannot carry one (retention, paths, …). */
export function alertableKind(query: unknown): (typeof alertable)[number] | null {
  const kind = sourceQuery(query)?.kind;
  return alertable.find((one) => one === kind) ?? null;
}
