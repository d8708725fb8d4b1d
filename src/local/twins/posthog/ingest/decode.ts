import { BodyTooLarge, defaultBodyLimits, isGzip, isTooDeep, unpack, wellFormed } from "../../kit/index.ts";
import { isObject } from "../queries/source.ts";

/** A decoded request, or why it could not be read, in the capture service's words. */
export type Decoded =
  | { readonly kind: "payload"; readonly payload: unknown }
  | { readonly kind: "refused"; why: string };

const refused = (why: string): Decoded => ({ kind: "refused", why });

/**
 * Decodes an SDK's request in any of its encodings. Headers are unreliable: posthog-js sends gzip as text/plain and its
 * beacons as a form with a base64 field. A lone surrogate becomes U+FFFD. Source: rust/capture/src/payload.
 */
export async function decodePayload(bytes: Uint8Array): Promise<Decoded> {
  const text = await plainText(bytes);
  if (typeof text !== "string") return text;
  try {
    const json = /^\s*[{["]/.test(text) ? text : Buffer.from(encoded(text), "base64").toString("utf8");
    const payload = withoutTooDeep(JSON.parse(json));
    if (isTooDeep(payload)) return refused("failed to parse request: recursion limit exceeded");
    return { kind: "payload", payload: wellFormed(payload) };
  } catch {
    return refused("failed to parse request: expected value at line 1 column 1");
  }
}

/** Drops events that are nested too deep, so that one of them does not cost the others. */
function withoutTooDeep(payload: unknown): unknown {
  const readable = (events: unknown[]) => events.filter((event) => !isTooDeep([[event]]));
  if (Array.isArray(payload)) return readable(payload);
  return isObject(payload) && Array.isArray(payload.batch) ? { ...payload, batch: readable(payload.batch) } : payload;
}

async function plainText(bytes: Uint8Array): Promise<string | Decoded> {
  const isPacked = isGzip(bytes);
  try {
    const plain = isPacked ? await unpack(bytes, "gzip", defaultBodyLimits.unpacked) : bytes;
    return new TextDecoder("utf-8", { fatal: true }).decode(plain);
  } catch (error) {
    if (error instanceof BodyTooLarge) return refused("maximum event size exceeded");
    return refused(`failed to decode request: invalid ${isPacked ? "GZIP data" : "UTF8 in request payload"}`);
  }
}

/** The base64 of a form field, whose plus signs arrive as spaces, or of the bare text. */
function encoded(text: string): string {
  const data = /(^|&)data=/.test(text) ? new URLSearchParams(text).get("data") : null;
  return data?.replaceAll(" ", "+") ?? text;
}
