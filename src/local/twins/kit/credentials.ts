import { timingSafeEqual } from "node:crypto";

/** The token of `Authorization: Bearer …` (also of another scheme, such as Sentry's `DSN`); `null` when there is none. */
export function readBearer(header: string | undefined, scheme = "Bearer"): string | null {
  const match = /^(\S+)\s+(.+)$/.exec(header?.trim() ?? "");
  return match?.[1]?.toLowerCase() === scheme.toLowerCase() ? (match[2] ?? null) : null;
}

/** User and password of `Authorization: Basic …` (Upstash: email and API key); `null` when there is none or it is broken. */
export function readBasic(header: string | undefined): { user: string; password: string } | null {
  const encoded = readBearer(header, "Basic");
  if (encoded === null) return null;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 0 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Compares credentials in constant time. */
export function sameSecret(actual: string, expected: string): boolean {
  const [left, right] = [Buffer.from(actual), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
