import { isAddress, redactAddress } from "./address.ts";
import { isPrivateName } from "./names.ts";
import { longestText, redactText } from "./text.ts";

/** What a redacted value consists of. */
export type Redacted = string | number | boolean | null | Redacted[] | { [name: string]: Redacted };

/**
 * How much of one value is read and kept. The rest is dropped, so that no value is slow or large, however it is nested.
 * More is read than kept: what was kept once is then within both limits, and a second pass finds nothing to drop.
 */
const limits = { depth: 12, entries: 500, nameLength: 256, charactersRead: 131_072, charactersKept: 65_536 };

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
    case "number":
    case "boolean":
      return value;
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
  const result = isAddress(value) ? redactAddress(value, room) : redactText(value, room);
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
  if (value instanceof Map)
    return record(
      [...value].map(([key, item]) => [String(key), () => item]),
      walk,
    );
  if (value instanceof Set) return list([...value], walk);
  if (value instanceof String || value instanceof RegExp) return text(String(value), walk);
  if (value instanceof Number || value instanceof Boolean) return value.valueOf() as number | boolean;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return "[binary]";
  if ("toJSON" in value && typeof value.toJSON === "function") return redacted(value.toJSON(), walk);
  const names = Object.keys(value).slice(0, limits.entries);
  return record(
    names.map((key) => [key, () => (value as Record<string, unknown>)[key]]),
    walk,
  );
}

function list(items: readonly unknown[], walk: Walk): Redacted[] {
  const result: Redacted[] = [];
  for (const item of items) {
    if (spent(walk)) break;
    result.push(redacted(item, walk) ?? null);
  }
  return result;
}

function record(entries: readonly (readonly [string, () => unknown])[], walk: Walk): Redacted {
  const result: [string, Redacted][] = [];
  for (const [name, read] of entries) {
    if (spent(walk)) break;
    if (isPrivateName(name)) continue;
    const value = safely(() => redacted(read(), walk));
    if (value !== undefined) result.push([redactText(name.slice(0, limits.nameLength)), value]);
  }
  // fromEntries defines own properties, so that a key "__proto__" stays a key.
  return Object.fromEntries(result);
}

function error(value: Error, walk: Walk): Redacted {
  const { name, message, cause } = value;
  const errors = value instanceof AggregateError ? value.errors : undefined;
  const parts: Record<string, unknown> = { ...value, name, message, cause, errors };
  return record(
    Object.keys(parts).map((key) => [key, () => parts[key]]),
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
