import { own } from "../../model/json.ts";
import { isObject, type Json, type JsonObject } from "../kernel/json.ts";
import { reflect } from "../kernel/reflect.ts";
import { isQueryDefault } from "./defaults.ts";

/** A live query in the words of the definition: the definition itself when nobody sees a difference. */
export function reflectQuery(defined: JsonObject | undefined, live: JsonObject | null | undefined): JsonObject {
  const seen = reflect(defined, asDefined(defined, live ?? {}), isQueryDefault);
  return isObject(seen) ? (spelledOut(seen, defined) as JsonObject) : {};
}

/** What was added by hand is described as a builder writes it, with every default spelled out: a definition that takes it over is the same. */
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

/** A query without the groups of filters that the app saves, where a list means the same. */
export const flatFilters = (live: JsonObject): JsonObject => {
  const flat = asDefined(undefined, live);
  return isObject(flat) ? flat : live;
};

/**
 * The app saves filters as groups of groups. Groups that all must hold are the same as a list, and are one where the
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

/** The filters of a group of which all must hold; undefined where that is not so. */
function listOf(group: Json): Json[] | undefined {
  if (!isObject(group) || !Array.isArray(group.values)) return undefined;
  if (group.type !== "AND" && group.values.length > 1) return undefined;
  const lists = group.values.map((one) => (isObject(one) && Array.isArray(one.values) ? listOf(one) : [one]));
  return lists.every((list) => list !== undefined) ? lists.flat() : undefined;
}
