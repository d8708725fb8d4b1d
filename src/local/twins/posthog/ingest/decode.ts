import { bodyText } from "../../kit/index.ts";

/**
 * What an SDK sent, whatever it wrapped it in. Headers are not to be trusted: posthog-js sends gzip as text/plain and
 * its beacons as a form with a base64 field. `null`: nothing that could be read.
 */
export function decodePayload(bytes: Uint8Array): unknown {
  try {
    const text = bodyText(bytes);
    return JSON.parse(/^[^{["\s]*=/.test(text) ? formData(text) : fromBase64(text));
  } catch {
    return null;
  }
}

function formData(text: string): string {
  // a form turns the plus of base64 into a blank
  const data = new URLSearchParams(text).get("data") ?? "";
  return fromBase64(data.replaceAll(" ", "+"));
}

function fromBase64(text: string): string {
  return /^\s*[{["]/.test(text) ? text : Buffer.from(text, "base64").toString("utf8");
}
