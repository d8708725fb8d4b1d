import { gunzipSync } from "node:zlib";

/** The bytes, gunzipped when they start with gzip's magic: SDKs send it without any header that says so. */
export function plainBytes(bytes: Uint8Array): Uint8Array {
  const gzipped = bytes.length > 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
  return gzipped ? gunzipSync(bytes) : bytes;
}

/** The bytes as text, gunzipped where needed. */
export function bodyText(bytes: Uint8Array): string {
  return new TextDecoder().decode(plainBytes(bytes));
}

/** What a log shows of a body: parsed JSON, else the text, `null` when empty. Never throws: a broken body is logged too. */
export function bodyForLog(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return null;
  try {
    const text = bodyText(bytes);
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  } catch {
    return `(${bytes.length} unreadable bytes)`;
  }
}
