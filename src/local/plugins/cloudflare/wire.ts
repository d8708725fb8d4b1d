import { same } from "../kit/changes.ts";
import { isEmpty, isProperties, type Properties, type Value } from "../kit/values.ts";

/** Maps whose keys are chosen by people: variables and bindings. */
const namedMaps = new Set([
  ...["envVars", "kvNamespaces", "d1Databases", "r2Buckets", "durableObjectNamespaces", "services", "queueProducers"],
  ...[
    "hyperdriveBindings",
    "vectorizeBindings",
    "aiBindings",
    "analyticsEngineDatasets",
    "browsers",
    "mtlsCertificates",
  ],
]);

const toSnake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const toCamel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Pulumi's properties as the API spells them; names of variables and bindings stay. */
export const toWire = (value: Value): Value => renamed(value, toSnake);
/** The API's objects as Pulumi's properties, without what is null or empty: the real plugin sees no difference. */
export const fromWire = (value: Value): Value => withoutEmpty(renamed(value, toCamel));

function renamed(value: Value, rename: (name: string) => string): Value {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (!isProperties(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const named = namedMaps.has(toCamel(name)) && isProperties(inner);
      const entries = named ? Object.entries(inner).map(([key, each]) => [key, renamed(each, rename)]) : null;
      return [rename(name), entries === null ? renamed(inner, rename) : Object.fromEntries(entries)];
    }),
  );
}

export function withoutEmpty(value: Value): Value {
  if (!isProperties(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const kept = withoutEmpty(inner);
      return isEmpty(kept) ? [] : [[name, kept]];
    }),
  );
}

/**
 * The merge patch from one object to another, both in the API's spelling: only changed leaves, `null` for removed ones. As in
 * the real plugin, a changed variable sends only its changed part, and a removed map each of its names.
 */
export function mergePatch(before: Properties, after: Properties): Properties {
  const patch: Record<string, Value> = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, wanted] = [before[name], after[name]];
    if (same(old, wanted)) continue;
    if (wanted === undefined)
      patch[name] = namedMaps.has(toCamel(name)) && isProperties(old) ? mergePatch(old, {}) : null;
    else patch[name] = isProperties(old) && isProperties(wanted) ? mergePatch(old, wanted) : wanted;
  }
  return patch;
}
