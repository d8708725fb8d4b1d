import type { FilterJson, FiltersJson, GroupJson, Kind, ReferenceEvent, World } from "./queries.ts";

/** Text of a property as PostHog extracts it from the JSON; null where it is missing or null. */
export function rawOf(event: ReferenceEvent, of: "event" | "person", key: string): string | null {
  const value = (of === "event" ? event.properties : event.personProperties)[key];
  if (value === undefined || value === null) return null;
  const json = JSON.stringify(value);
  return typeof value === "string" ? json.slice(1, -1) : json;
}

/** PostHog stores the session in a text column: a missing session is the empty text, null is the text "null". */
export function sessionOf({ properties: { $session_id: id } }: ReferenceEvent): string {
  if (id === undefined) return "";
  return JSON.stringify(id).replace(/^"|"$/g, "");
}

export function numberOf(raw: string | null): number | null {
  if (raw === null || !/^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(raw)) return null;
  return Number(raw);
}

/** The property, read as its type. */
export function typed(raw: string | null, kind: Kind | undefined): string | number | boolean | null {
  if (kind === "Numeric") return numberOf(raw);
  if (kind === "Boolean") return raw === "true" ? true : raw === "false" ? false : null;
  return raw;
}

export function typedText(raw: string | null, kind: Kind | undefined): string | null {
  const value = typed(raw, kind);
  return value === null ? null : String(value);
}

export const kindOf = (world: World, of: "event" | "person", key: string): Kind | undefined =>
  world.types[`${of} ${key}`];

export function passes(event: ReferenceEvent, filters: FiltersJson | undefined, world: World): boolean {
  if (filters === undefined) return true;
  if (!Array.isArray(filters)) return passesGroup(event, filters as GroupJson, world);
  return (filters as readonly (FilterJson | GroupJson)[]).every((filter) => passesOne(event, filter, world));
}

/** The filters that a query applies to all of its events. */
export function passesQuery(
  event: ReferenceEvent,
  { properties, filterTestAccounts }: { readonly properties?: FiltersJson; readonly filterTestAccounts?: boolean },
  world: World,
): boolean {
  if (!passes(event, properties, world)) return false;
  return filterTestAccounts ? passes(event, world.testAccountFilters, world) : true;
}

function passesGroup(event: ReferenceEvent, group: GroupJson, world: World): boolean {
  if (group.values.length === 0) return true;
  const answers = group.values.map((filter) => passesOne(event, filter, world));
  return group.type === "AND" ? !answers.includes(false) : answers.includes(true);
}

function passesOne(event: ReferenceEvent, filter: FilterJson | GroupJson, world: World): boolean {
  if ("values" in filter) return passesGroup(event, filter, world);
  const kind = kindOf(world, filter.type, filter.key);
  const raw = rawOf(event, filter.type, filter.key);
  const value = typed(raw, kind);
  const text = typedText(raw, kind);
  const wanted: unknown[] = Array.isArray(filter.value) ? filter.value : [filter.value];
  if (filter.operator === "is_set") return value !== null;
  if (filter.operator === "is_not_set") return value === null;
  if (wanted.length === 0) return true;
  const [first, last] = wanted;
  switch (filter.operator) {
    case "exact":
    case "in":
      return value !== null && wanted.some((one) => same(value, one));
    case "is_not":
    case "not_in":
      return value === null || wanted.every((one) => !same(value, one));
    case "icontains":
      return text !== null && wanted.some((one) => like(text, String(one)));
    case "not_icontains":
      return text === null || wanted.every((one) => !like(text, String(one)));
    case "regex":
      return text !== null && wanted.some((one) => new RegExp(String(one), "s").test(text));
    case "not_regex":
      return text === null || wanted.every((one) => !new RegExp(String(one), "s").test(text));
    case "gt":
      return value !== null && order(value, first) > 0;
    case "gte":
    case "min":
      return value !== null && order(value, first) >= 0;
    case "lt":
      return value !== null && order(value, first) < 0;
    case "lte":
    case "max":
      return value !== null && order(value, first) <= 0;
    case "between":
      return value !== null && order(value, first) >= 0 && order(value, last) <= 0;
    case "not_between":
      return value !== null && (order(value, first) < 0 || order(value, last) > 0);
    default:
      throw new Error(`the reference does not know ${filter.operator}`);
  }
}

function same(value: string | number | boolean, wanted: unknown): boolean {
  if (typeof value === "number") return value === Number(wanted);
  return String(value) === String(wanted);
}

function order(value: string | number | boolean, wanted: unknown): number {
  if (typeof value === "number") return value - Number(wanted);
  return Buffer.compare(Buffer.from(String(value)), Buffer.from(String(wanted)));
}

function like(text: string, part: string): boolean {
  const pattern = part
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replaceAll("%", ".*")
    .replaceAll("_", ".");
  return new RegExp(pattern, "is").test(text);
}
