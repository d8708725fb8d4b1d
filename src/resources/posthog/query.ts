import { own } from "../../model/json.ts";
import { isObject, type Json, type JsonObject } from "../kernel/json.ts";
import { reflect } from "../kernel/reflect.ts";
import { isQueryDefault } from "./defaults.ts";

/** A live query in the definition's terms: the definition itself when there is no visible difference. */
export function reflectQuery(defined: JsonObject | undefined, live: JsonObject | null | undefined): JsonObject {
  const seen = reflect(defined, asDefined(defined, live ?? {}), isQueryDefault);
  return isObject(seen) ? (spelledOut(seen, defined) as JsonObject) : {};
}

/** A query added by hand, written as a builder would with all defaults: a definition that copies it is equal. */
function spelledOut(seen: Json, defined: Json | undefined, isTrend = false): Json {
  if (Array.isArray(seen)) {
    return seen.map((item, i) => spelledOut(item, Array.isArray(defined) ? defined[i] : undefined, isTrend));
  }
  if (!isObject(seen)) return seen;
  const like = isObject(defined) ? defined : {};
  const inTrend = seen.kind === "TrendsQuery" || (isTrend && seen.kind === undefined);
  const isAdded = defined === undefined;
  const all = Object.entries(seen).map(([key, value]) => [key, spelledOut(value, own(like, key), inTrend)]);
  return {
    ...Object.fromEntries(all),
    ...(isAdded && "key" in seen && "value" in seen && seen.operator === undefined && { operator: "exact" }),
    ...(isAdded && isTrend && seen.kind === "EventsNode" && seen.math === undefined && { math: "total" }),
  };
}

/** A query without the app's groups of filters, where a list means the same. */
export const flatFilters = (live: JsonObject): JsonObject => {
  const flat = asDefined(undefined, live);
  return isObject(flat) ? flat : live;
};

/**
 * The app saves filters as nested groups. A group in which all must match equals a list, and becomes one where the
 * definition has a list or nothing.
 */
function asDefined(defined: Json | undefined, live: Json): Json {
  if (Array.isArray(live))
    return live.map((item, i) => asDefined(Array.isArray(defined) ? defined[i] : undefined, item));
  if (!isObject(live)) return live;
  const like = isObject(defined) ? defined : {};
  return Object.fromEntries(
    Object.entries(live).map(([key, value]) => {
      const list = key === "properties" && !isObject(own(like, key)) ? listOf(value) : undefined;
      return [key, asDefined(own(like, key), list ?? value)];
    }),
  );
}

/** The filters of a group in which all must match; undefined for other groups. */
function listOf(group: Json): Json[] | undefined {
  if (!isObject(group) || !Array.isArray(group.values)) return undefined;
  if (group.type !== "AND" && group.values.length > 1) return undefined;
  const lists = group.values.map((one) => (isObject(one) && Array.isArray(one.values) ? listOf(one) : [one]));
  return lists.every((list) => list !== undefined) ? lists.flat() : undefined;
}
