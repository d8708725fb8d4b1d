import { bodyText } from "../../kit/index.ts";

/**
 * What an SDK sent, whatever it wrapped it in. Headers are not to be trusted: posthog-js sends gzip as text/plain and
 * its beacons as a form with a base64 field. `null`: nothing that could be read.
 */
export function decodePayload(bytes: Uint8Array): unknown {
  try {
    const text = bodyText(bytes);
    return JSON.parse(/^\s*[{["]/.test(text) ? text : Buffer.from(encoded(text), "base64").toString("utf8"));
  } catch {
    return null;
  }
}

/** The base64 of a form's field, whose plus signs arrive as blanks, or of the bare text. */
function encoded(text: string): string {
  const data = /(^|&)data=/.test(text) ? new URLSearchParams(text).get("data") : null;
  return data?.replaceAll(" ", "+") ?? text;
}
