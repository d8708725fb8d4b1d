import { isObject, type Json } from "../kernel/json.ts";

/**
 * The message in an error body. Sentry answers `{detail: "…"}`, `{detail: {code, message}}` (for example when a login
 * is needed), or for a 400 the problems of each field, at any depth: `{dataSources: [{environment: ["…"]}]}`.
 */
export function readError(body: unknown): { code?: string | undefined; detail?: string | undefined } {
  if (!isObject(body)) return Array.isArray(body) ? { detail: fieldErrors(body as Json) } : {};
  const { detail } = body;
  if (typeof detail === "string") return { detail };
  if (isObject(detail)) return { code: text(detail.code), detail: text(detail.message) ?? fieldErrors(detail) };
  return { detail: text(body.message) ?? fieldErrors(body) };
}

const text = (value: Json | undefined): string | undefined => (typeof value === "string" ? value : undefined);

/** `dataSources.0.environment: …; name: …` */
function fieldErrors(value: Json, path: string[] = []): string {
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) {
    return [path.join("."), value.join(" ")].filter(Boolean).join(": ");
  }
  if (typeof value !== "object" || value === null) return [path.join("."), String(value)].filter(Boolean).join(": ");
  const entries = Array.isArray(value) ? value.map((item, i) => [String(i), item] as const) : Object.entries(value);
  return entries
    .map(([key, item]) => fieldErrors(item, [...path, key]))
    .filter(Boolean)
    .join("; ");
}
