import { type JsonObject, list, object } from "../json.ts";

/**
 * Whether one series of a query takes every event that another takes, as far as PostHog looks: the same event or action,
 * and no filter that the other has not (posthog/hogql_queries/utils/entities.py, is_superset). Filters in another order or
 * written in another way can fool it; it is not meant to be clever.
 */
export function takesAllOf(one: JsonObject, other: JsonObject): boolean {
  const { kind = "EventsNode" } = one;
  if (kind !== (other.kind ?? "EventsNode")) return false;
  if (kind === "EventsNode" && (one.event ?? null) !== (other.event ?? null)) return false;
  if (kind === "ActionsNode" && one.id !== other.id) return false;
  if (kind !== "EventsNode" && kind !== "ActionsNode") return false;
  return isWithin(one.properties, other.properties) && isWithin(one.fixedProperties, other.fixedProperties);
}

/** Each filter counts as often as it is there. */
function isWithin(some: unknown, all: unknown): boolean {
  const left = filtersOf(all);
  return filtersOf(some).every((filter) => {
    const index = left.indexOf(filter);
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
}

const filtersOf = (filters: unknown): string[] => list(filters).map(object).map(textOf).filter(Boolean);

/** A filter by what it means. What is left out stands for PostHog's default. */
function textOf(filter: JsonObject): string {
  if (Object.keys(filter).length === 0 || filter.type === "empty") return "";
  const { type = "event", key, operator = "exact", value = null } = filter;
  const hasOperator = type !== "hogql" && type !== "cohort";
  return JSON.stringify([type, key, ...(hasOperator ? [operator] : []), value]);
}
