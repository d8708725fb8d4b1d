import { own } from "../../../model/json.ts";
import { isObject, type Json } from "../../../resources/kernel/json.ts";
import { type Code, call, type Entry, json, list, nameCode, object } from "./code.ts";
import { fields, items, type Reader } from "./reader.ts";

const comparisons = { gt: "moreThan", gte: "atLeast", lt: "lessThan", lte: "atMost" } as const;

/** Filters on event properties, as a builder's `where`. */
export function whereCode(properties: Json | undefined, events: readonly string[], reader: Reader): Code | undefined {
  if (isObject(properties)) return reader.cannot("groups of filters of which one must hold");
  const entries = items(properties).flatMap((filter): Entry[] => {
    const code = conditionCode(fields(filter), events, reader);
    return code === undefined ? [] : [{ key: String(fields(filter).key), code }];
  });
  return entries.length === 0 ? undefined : object(entries);
}

function conditionCode(filter: ReturnType<typeof fields>, events: readonly string[], reader: Reader): Code | undefined {
  const { type = "event", operator = "exact", value } = filter;
  const key = String(filter.key);
  const { names } = reader;
  if (type !== "event") return reader.cannot(`a filter on ${type === "person" ? "people" : String(type)} (${key})`);
  if (!names.hasProperty(events, key)) return reader.cannot(`the filter on ${key}: the catalog has no such property`);
  const values = Array.isArray(value) ? value : [value ?? null];
  const comparison = own<(typeof comparisons)[keyof typeof comparisons]>(comparisons, String(operator));
  if (comparison !== undefined) {
    if (typeof value === "number" && names.isNumber(events, key)) return call(comparison, json(value));
  } else if (operator === "exact" || operator === "is_not") {
    const meant = values.map((one) => typedValue(one, key, events, reader));
    if (meant.every((one) => one !== undefined) && meant.length > 0) {
      if (operator === "is_not") return call("not", ...meant.map(json));
      const isSingle = meant.length === 1 && !(Array.isArray(value) && typeof value[0] === "number");
      return isSingle && meant[0] !== undefined ? json(meant[0]) : list(meant.map(json));
    }
  } else if (operator === "between" && names.isNumber(events, key)) {
    if (values.length === 2 && values.every((one) => typeof one === "number"))
      return call("between", ...values.map(json));
  } else if (operator === "icontains" && typeof value === "string" && names.isFreeText(events, key)) {
    return call("containing", json(value));
  } else if (operator === "is_set") return nameCode("present");
  else if (operator === "is_not_set") return nameCode("absent");
  return reader.cannot(`the filter on ${key} (${String(operator)} ${JSON.stringify(value ?? null)})`);
}

/** PostHog stores booleans as texts; the catalog says which properties are booleans. Undefined when the property cannot have the value. */
function typedValue(value: Json, key: string, events: readonly string[], { names }: Reader): Json | undefined {
  if ((value === "true" || value === "false") && names.isBoolean(events, key)) return value === "true";
  return names.fits(events, key, value) ? value : undefined;
}
