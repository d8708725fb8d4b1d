import { BodyTooLarge, defaultBodyLimits, isGzip, unpack, wellFormed } from "../../kit/index.ts";

/** What an SDK sent, or why it could not be read, in the capture service's words. */
export type Decoded =
  | { readonly kind: "payload"; readonly payload: unknown }
  | { readonly kind: "refused"; why: string };

const refused = (why: string): Decoded => ({ kind: "refused", why });

/**
 * What an SDK sent, whatever it wrapped it in. Headers are not to be trusted: posthog-js sends gzip as text/plain and
 * its beacons as a form with a base64 field. Half a surrogate pair becomes U+FFFD. Source: rust/capture/src/payload.
 */
export async function decodePayload(bytes: Uint8Array): Promise<Decoded> {
  const text = await plainText(bytes);
  if (typeof text !== "string") return text;
  try {
    const json = /^\s*[{["]/.test(text) ? text : Buffer.from(encoded(text), "base64").toString("utf8");
    return { kind: "payload", payload: wellFormed(JSON.parse(json)) };
  } catch {
    return refused("failed to parse request: expected value at line 1 column 1");
  }
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

/** The base64 of a form's field, whose plus signs arrive as blanks, or of the bare text. */
function encoded(text: string): string {
  const data = /(^|&)data=/.test(text) ? new URLSearchParams(text).get("data") : null;
  return data?.replaceAll(" ", "+") ?? text;
}
