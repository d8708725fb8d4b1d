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

/** Missing, no text, or nothing but spaces. */
export function isBlank(value: unknown): boolean {
  return typeof value !== "string" || value.trim() === "";
}

/** A whole number of at least `from`, and at most `to` where given. */
export function isWhole(value: unknown, from: number, to = Number.POSITIVE_INFINITY): value is number {
  return Number.isInteger(value) && (value as number) >= from && (value as number) <= to;
}

/** Every object in it that has a `kind`, at any depth: the nodes of a PostHog query. */
export function nodesOf(value: unknown): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (!isObject(value)) return [];
  const inner = Object.values(value).flatMap(nodesOf);
  return typeof value.kind === "string" ? [value, ...inner] : inner;
}
