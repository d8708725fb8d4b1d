import { isCard } from "./detect/accounts.ts";
import { isLabel, labels } from "./labels.ts";
import { isPrivate, isPrivateName, isReason, kindOfName } from "./names.ts";
import { longestText, redactText } from "./text.ts";

/** What a redacted value consists of. */
export type Redacted = string | number | boolean | null | Redacted[] | { [name: string]: Redacted };

/**
 * How much of one value is read and kept. The rest is dropped, so that no value is slow or large, however it is nested.
 * More is read than kept: what was kept once is then within both limits, and a second pass finds nothing to drop.
 */
const limits = { depth: 12, entries: 500, nameLength: 256, charactersRead: 131_072, charactersKept: 65_536 };

/** Beside one of these the value of one of those is what the name says: `{ name: "authorization", value: "…" }`. */
const namesOfPairs = [
  "name",
  "key",
  "header",
  "field",
  "property",
  "attribute",
  "param",
  "column",
  "label",
  "id",
  "k",
] as const;
const valuesOfPairs = new Set(["value", "val", "values", "content", "data", "v"]);
/** What a command was called with, beside its name: ioredis puts the arguments of AUTH on its errors. */
const argumentsOfCalls = new Set(["args", "argv", "arguments", "parameters", "bindings"]);

interface Walk {
  entries: number;
  read: number;
  kept: number;
  readonly path: Set<object>;
}

/**
 * Any value as plain data without private parts: texts redacted, private properties dropped, errors reduced to name,
 * message and cause. Reads hostile values too (cycles, getters that throw, proxies) and never throws. Redacting the
 * result again changes nothing.
 */
export function redact(value: unknown): Redacted {
  return redacted(value, { entries: 0, read: 0, kept: 0, path: new Set() }) ?? null;
}

function redacted(value: unknown, walk: Walk): Redacted | undefined {
  switch (typeof value) {
    case "string":
      return text(value, walk);
    case "boolean":
      return value;
    case "number":
      return Number.isSafeInteger(value) && isCard(String(value)) ? labels.card : value;
    case "bigint":
      return text(String(value), walk);
    case "object":
      return value === null ? null : safely(() => object(value, walk));
    default:
      return undefined;
  }
}

function text(value: string, walk: Walk): string {
  const room = Math.min(longestText, limits.charactersKept - walk.kept);
  if (room <= 0 || walk.read >= limits.charactersRead) return "";
  walk.read += Math.min(longestText, value.length);
  const result = redactText(value, room);
  walk.kept += result.length;
  return result;
}

function object(value: object, walk: Walk): Redacted | undefined {
  if (walk.path.has(value)) return "[circular]";
  if (walk.path.size >= limits.depth) return "[deep]";
  walk.path.add(value);
  try {
    return contents(value, walk);
  } finally {
    walk.path.delete(value);
  }
}

function contents(value: object, walk: Walk): Redacted | undefined {
  if (Array.isArray(value)) return list(value, walk);
  if (value instanceof Error) return error(value, walk);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : text(value.toISOString(), walk);
  if (value instanceof Map) return record(entriesOf(value), walk);
  if (value instanceof Set) return list(value, walk);
  if (value instanceof String || value instanceof RegExp) return text(String(value), walk);
  if (value instanceof Number || value instanceof Boolean) return value.valueOf() as number | boolean;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return "[binary]";
  if (isFields(value)) return record(entriesOf(value), walk);
  if ("toJSON" in value && typeof value.toJSON === "function") return redacted(value.toJSON(), walk);
  // The engine reads all names of an object at once; what is beyond the limit costs that and no more.
  const names = Object.keys(value).slice(0, limits.entries);
  const read = value as Record<string, unknown>;
  return record(
    names.map((key): Entry => [key, () => read[key]]),
    walk,
  );
}

/** `Headers`, `URLSearchParams`, `FormData`: names and values that no property shows. */
function isFields(value: object): value is Iterable<readonly [string, unknown]> {
  const isOne = /^\[object (?:Headers|URLSearchParams|FormData)\]$/.test(Object.prototype.toString.call(value));
  return isOne && Symbol.iterator in value;
}

type Entry = readonly [name: string, read: () => unknown];

/** Read one by one, and no further than the limit: a map may have a million. */
function* entriesOf(fields: Iterable<readonly [unknown, unknown]>): Generator<Entry> {
  for (const [key, item] of fields) yield [typeof key === "object" ? "[object]" : String(key), () => item];
}

function list(items: Iterable<unknown>, walk: Walk): Redacted[] {
  const result: Redacted[] = [];
  let before: unknown;
  for (const item of items) {
    if (spent(walk)) break;
    const isNamed = typeof before === "string" && isNamedBy(before, item, result.length, items);
    result.push(isNamed ? labels.private : (redacted(item, walk) ?? null));
    before = item;
  }
  return result;
}

/** `["authorization", "Bearer …"]`, and names and values in turn as in Node's `rawHeaders`. */
function isNamedBy(name: string, value: unknown, index: number, items: Iterable<unknown>): boolean {
  if (index % 2 === 0 || name.length > limits.nameLength || !/^[\w.$ -]+$/.test(name)) return false;
  const count = Array.isArray(items) ? items.length : 0;
  if (count % 2 !== 0 || !isPrivate(name, value)) return false;
  // A list of names alone has names in the place of values, too.
  if (typeof value === "string" && (isReason(value) || isLabel(value) || isPrivateName(value))) return false;
  return count === 2 || kindOfName(name) === "secret" || typeof value !== "string" || /[\d@ ]/.test(value);
}

function record(entries: Iterable<Entry>, walk: Walk): Redacted {
  const result: [string, Redacted][] = [];
  const all = Array.isArray(entries) ? (entries as readonly Entry[]) : undefined;
  const named = all && nameOfPair(all);
  for (const [name, read] of entries) {
    if (spent(walk)) break;
    const value = safely(read);
    if (isPrivate(name, value) && !(typeof value === "string" && isLabel(value))) continue;
    if (named?.isCall && argumentsOfCalls.has(name) && Array.isArray(value)) continue;
    const isOfPair = named?.name !== undefined && valuesOfPairs.has(name.toLowerCase()) && isPrivate(named.name, value);
    const kept = isOfPair ? labels.private : safely(() => redacted(value, walk));
    if (kept !== undefined) result.push([redactText(name.slice(0, longestText), limits.nameLength), kept]);
  }
  // fromEntries defines own properties, so that a key "__proto__" stays a key.
  return Object.fromEntries(result);
}

/** What the object says that its value is called, and whether it is a command with its arguments. */
function nameOfPair(entries: readonly Entry[]): { name?: string; isCall: boolean } {
  if (entries.length > 24) return { isCall: false };
  const own = new Map(entries.map(([name, read]) => [name.toLowerCase(), read]));
  const name = namesOfPairs
    .map((key) => safely(own.get(key) ?? (() => undefined)))
    .find((said) => typeof said === "string");
  const isCall = ["name", "command", "method", "query", "sql"].some((key) => own.has(key));
  return { isCall, ...(typeof name === "string" && name.length <= limits.nameLength && { name }) };
}

function error(value: Error, walk: Walk): Redacted {
  const { name, message, cause } = value;
  const errors = value instanceof AggregateError ? value.errors : undefined;
  const parts: Record<string, unknown> = { ...value, name, message, cause, errors };
  return record(
    Object.keys(parts).map((key): Entry => [key, () => parts[key]]),
    walk,
  );
}

function spent(walk: Walk): boolean {
  walk.entries += 1;
  return walk.entries > limits.entries;
}

function safely<Result>(read: () => Result): Result | string {
  try {
    return read();
  } catch {
    return "[unreadable]";
  }
}
