import { isObject, type Json, type JsonObject } from "../kernel/json.ts";
import { reflect } from "../kernel/reflect.ts";
import { isQueryDefault } from "./defaults.ts";

/** A live query in the words of the definition: the definition itself when nobody sees a difference. */
export function reflectQuery(defined: JsonObject | undefined, live: JsonObject | null | undefined): JsonObject {
  const seen = reflect(defined, asDefined(defined, live ?? {}), isQueryDefault);
  return isObject(seen) ? seen : {};
}

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
      const list = key === "properties" && !isObject(like[key]) ? listOf(value) : undefined;
      return [key, asDefined(like[key], list ?? value)];
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
