import { isObject, type JsonObject } from "../../../model/json.ts";
import { stripped } from "../../../model/text.ts";

export { isObject, isWhole, type JsonObject, list, object } from "../../../model/json.ts";

/** Whether the value is missing, not a text, or only what PostHog treats as whitespace. */
export function isBlank(value: unknown): boolean {
  return typeof value !== "string" || stripped(value) === "";
}

/** All objects with a `kind` at any depth: the nodes of a PostHog query. */
export function nodesOf(value: unknown): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (!isObject(value)) return [];
  const inner = Object.values(value).flatMap(nodesOf);
  return typeof value.kind === "string" ? [value, ...inner] : inner;
}
