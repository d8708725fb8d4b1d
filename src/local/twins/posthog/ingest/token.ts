import { isObject } from "../queries/source.ts";

/** Source: rust/capture/src/token.rs. A well-formed key that belongs to no project passes. */
export function tokenProblem(token: string): string | null {
  if (token === "") return "empty";
  if (token.length > 64) return "too_long";
  if (!/^[\0-\x7f]*$/.test(token)) return "not_ascii";
  if (token.startsWith("phx_")) return "personal_api_key";
  return token.includes("\0") ? "null_byte" : null;
}

/** The project key of a payload or of an event in it, trimmed; `null` when there is none. */
export function tokenIn(value: unknown): string | null {
  if (!isObject(value)) return null;
  const properties = isObject(value.properties) ? value.properties : {};
  const token = value.api_key ?? value.token ?? value.$token ?? properties.token;
  return typeof token === "string" ? token.trim() : null;
}
