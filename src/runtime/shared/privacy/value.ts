import { isCard } from "./detect/accounts.ts";
import { isLabel, labels } from "./labels.ts";
import { isPrivate, isPrivateName, isReason, kindOfName } from "./names.ts";
import { isDroppedBy, type Names, shapeOf } from "./shape.ts";
import { longestText, redactText } from "./text.ts";

/** What a redacted value consists of. */
export type Redacted = string | number | boolean | null | Redacted[] | { [name: string]: Redacted };

/**
 * How much of one value is read and kept. The rest is dropped, so that no value is slow or large, however it is nested.
 * More is read than kept: what was kept once is then within both limits, and a second pass finds nothing to drop.
 */
const limits = { depth: 12, entries: 500, nameLength: 256, charactersRead: 131_072, charactersKept: 65_536 };

interface Walk {
  /** The name under which the value stands. */
  name: string;
  entries: number;
  read: number;
  kept: number;
  readonly path: Set<object>;
}

/**
 * Any value as plain data without private parts: texts redacted, private properties dropped, errors reduced to name,
 * message and cause. Reads hostile values too (cycles, getters that throw, proxies) and never throws. Redacting the
 * result again changes nothing.
 *
 * @example redact({ email: "jane@example.com", plan: "pro" });
 */
export function redact(value: unknown): Redacted {
  return redacted(value, { name: "", entries: 0, read: 0, kept: 0, path: new Set() }) ?? null;
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
  for (const item of items) {
    if (spent(walk)) break;
    result.push(redacted(item, walk) ?? null);
  }
  // Of what came out, so that a second redaction sees what this one saw.
  for (let index = 1; index < result.length; index += 1) {
    if (isNamedBy(result[index - 1], result[index] ?? null, result.length)) result[index] = labels.private;
  }
  return result;
}

/** `["authorization", "Bearer …"]`, names and values in turn as in Node's `rawHeaders`, `["--token", "…"]`. */
function isNamedBy(name: Redacted | undefined, value: Redacted, count: number): boolean {
  if (typeof name !== "string" || name.length > limits.nameLength || !/^-{0,2}[\w.$ -]+$/.test(name)) return false;
  if (typeof value === "object" || !isPrivate(name, value)) return false;
  // A list of names alone has names in the place of values, too.
  if (typeof value === "string" && (isReason(value) || isLabel(value) || isPrivateName(value) || /^--?\w/.test(value)))
    return false;
  return count === 2 || kindOfName(name) === "secret" || typeof value !== "string" || /[\d@ ]|^\p{Lu}/u.test(value);
}

/**
 * A record without what its names say is private. All is decided by the names and values that come out, so that a second
 * redaction decides the same.
 */
function record(entries: Iterable<Entry>, walk: Walk): Redacted {
  const read: [name: string, value: unknown][] = [];
  for (const [name, value] of entries) {
    if (spent(walk)) break;
    read.push([redactText(name.slice(0, longestText), limits.nameLength), safely(value)]);
  }
  const under = walk.name;
  const shape = shapeOf(read as Names, under);
  const result: [string, Redacted][] = [];
  for (const [name, value] of read) {
    if (isDroppedBy(shape, name, value)) continue;
    walk.name = name;
    const kept = safely(() => redacted(value, walk));
    walk.name = under;
    if (kept === undefined || isDroppedBy(shape, name, kept)) continue;
    result.push([name, shape.isValue(name, value) || shape.isValue(name, kept) ? labels.private : kept]);
  }
  // fromEntries defines own properties, so that a key "__proto__" stays a key.
  return Object.fromEntries(result);
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
