import type { JsonObject } from "../records.ts";
import { isObject } from "./source.ts";

/**
 * A query as a dashboard shows it: rewritten with the dashboard's filters (or the tile's, which replace them) and
 * serialized with all unset fields as null. So a query read from a dashboard does not show what is stored. Source:
 * posthog/hogql_queries/apply_dashboard_filters.py and QueryRunner.apply_dashboard_filters.
 */
export function withDashboardFilters(query: JsonObject, filters: JsonObject): JsonObject {
  if (Object.keys(filters).length === 0) return query;
  if (isObject(query.source)) return { ...query, source: withDashboardFilters(query.source, filters) };
  if (query.kind === "HogQLQuery")
    return { ...query, filters: narrowed(isObject(query.filters) ? query.filters : {}, filters) };
  if (!filteredKinds.has(String(query.kind))) return query;
  return { ...unsetFields, ...narrowed(query, filters) };
}

const filteredKinds = new Set([
  "TrendsQuery",
  "FunnelsQuery",
  "RetentionQuery",
  "PathsQuery",
  "StickinessQuery",
  "LifecycleQuery",
]);

const unsetFields: JsonObject = {
  aggregation_group_type_index: null,
  dataColorTheme: null,
  filterTestAccounts: null,
  modifiers: null,
  response: null,
  samplingFactor: null,
  tags: null,
};

function narrowed(query: JsonObject, filters: JsonObject): JsonObject {
  const result = { ...query };
  if (filters.date_from || filters.date_to) {
    result.dateRange = {
      date_from: filters.date_from ?? null,
      date_to: filters.date_to ?? null,
      explicitDate: filters.explicitDate ?? false,
    };
  }
  if (Array.isArray(filters.properties) && filters.properties.length > 0) {
    result.properties = bothProperties(query.properties, filters.properties);
  }
  if (isObject(filters.breakdown_filter)) result.breakdownFilter = filters.breakdown_filter;
  return result;
}

function bothProperties(own: unknown, added: readonly unknown[]): unknown {
  const group = (values: unknown) => ({ type: "AND", values });
  if (isObject(own)) return group([own, group(added)]);
  if (Array.isArray(own) && own.length > 0) return group([group(own), group(added)]);
  return added;
}
