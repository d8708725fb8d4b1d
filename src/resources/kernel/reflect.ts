import { own } from "../../model/json.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";

/** Whether a live value is only the vendor's default for an undefined key. `within` is the object that contains it. */
export type IsDefault = (key: string, value: Json, within: JsonObject) => boolean;

const nowhere: JsonObject = {};

/**
 * The live value in the definition's own terms, so that a diff against the definition shows what a person would see
 * changed and nothing else:
 * - values with the same meaning are returned exactly as in the definition;
 * - invisible additions by the vendor (defaults, nulls, empty lists) are left out;
 * - changes, additions and removals by hand are included.
 *
 * `reflect(d, d)` is `d`; with nothing defined it gives the live value without its defaults.
 */
export function reflect(
  defined: Json | undefined,
  live: Json | undefined,
  isDefault: IsDefault,
  key = "",
  within = nowhere,
): Json | undefined {
  if (defined === undefined) return live === undefined ? undefined : withoutDefaults(live, isDefault, key, within);
  if (live === undefined || live === null) return means(defined, isDefault, key, within) ? undefined : defined;
  if (isObject(defined) && isObject(live)) return reflectObject(defined, live, isDefault);
  if (Array.isArray(defined) && Array.isArray(live)) {
    return live.map((item, i) => reflect(defined[i], item, isDefault, key, within) ?? item);
  }
  if (Object.is(defined, live)) return defined;
  return withoutDefaults(live, isDefault, key, within) ?? live;
}

function reflectObject(defined: JsonObject, live: JsonObject, isDefault: IsDefault): JsonObject {
  const keys = [...new Set([...Object.keys(defined), ...Object.keys(live)])];
  return withoutNothing(keys.map((key) => [key, reflect(own(defined, key), own(live, key), isDefault, key, live)]));
}

/** Removes values without meaning. Undefined when nothing is left. */
function withoutDefaults(value: Json, isDefault: IsDefault, key: string, within: JsonObject): Json | undefined {
  if (Array.isArray(value)) {
    if (value.length === 0) return undefined;
    return value.map((item) => (isObject(item) ? onlyMeaning(item, isDefault) : item));
  }
  if (isObject(value)) {
    const result = onlyMeaning(value, isDefault);
    return Object.keys(result).length === 0 || isDefault(key, result, within) ? undefined : result;
  }
  return value === null || isDefault(key, value, within) ? undefined : value;
}

function onlyMeaning(value: JsonObject, isDefault: IsDefault): JsonObject {
  return withoutNothing(
    Object.entries(value).map(([key, item]) => [key, withoutDefaults(item, isDefault, key, value)]),
  );
}

/** Any name can be a key, also `__proto__`, which an assignment would lose. */
const withoutNothing = (entries: readonly (readonly [string, Json | undefined])[]): JsonObject =>
  Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));

/** True when a definition's value has meaning: its absence on the live side is a change. */
const means = (defined: Json, isDefault: IsDefault, key: string, within: JsonObject): boolean =>
  withoutDefaults(defined, isDefault, key, within) !== undefined;
