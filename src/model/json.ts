/*
 * Reading JSON of which nothing is certain: a definition may have been generated, imported or cast past its types.
 */

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object, or an empty one. */
export function object(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The list, or an empty one. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A whole number of at least `from`, and at most `to` where given. */
export function isWhole(value: unknown, from: number, to = Number.POSITIVE_INFINITY): value is number {
  return Number.isInteger(value) && (value as number) >= from && (value as number) <= to;
}

/**
 * An own property of an object, by a name from outside: inherited names such as `constructor` do not count.
 */
export const own = <Value>(
  record: Readonly<Record<string, Value>> | null | undefined,
  name: string,
): Value | undefined => (record && Object.hasOwn(record, name) ? record[name] : undefined);

/** The JSON value in a text; undefined if the text is not JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
