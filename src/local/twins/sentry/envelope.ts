import { parseJson } from "../kit/index.ts";

/** An envelope as SDKs send it: a header line, then items of a header line and a payload. */
export interface Envelope {
  header: Record<string, unknown>;
  items: { header: Record<string, unknown> & { type?: string; length?: number }; payload: Uint8Array }[];
}

const newline = 0x0a;

/**
 * Splits an envelope by bytes: a payload with a `length` may contain anything, also line ends (replays are compressed);
 * one without ends at the line end. Throws on a header that is not JSON and on an incomplete payload. Format:
 * develop.sentry.dev/sdk/data-model/envelopes
 */
export function parseEnvelope(bytes: Uint8Array): Envelope {
  let at = 0;
  const line = () => {
    const end = bytes.indexOf(newline, at);
    const part = bytes.subarray(at, end < 0 ? bytes.length : end);
    at = end < 0 ? bytes.length : end + 1;
    return part;
  };
  const take = (length: number) => {
    if (at + length > bytes.length) throw new Error(`an item of ${length} bytes is cut off after ${bytes.length - at}`);
    const part = bytes.subarray(at, at + length);
    at += length;
    if (bytes[at] === newline) at += 1;
    return part;
  };
  const json = (part: Uint8Array) => parseJson(new TextDecoder().decode(part)) as Record<string, unknown>;

  const header = json(line());
  const items: Envelope["items"] = [];
  while (at < bytes.length) {
    const itemLine = line();
    if (itemLine.length === 0) continue;
    const itemHeader = json(itemLine);
    items.push({
      header: itemHeader,
      payload: itemHeader.length === undefined ? line() : take(Number(itemHeader.length)),
    });
  }
  return { header, items };
}
