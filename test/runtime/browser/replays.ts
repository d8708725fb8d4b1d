import { inflateSync } from "node:zlib";
import type { BrowserContext } from "playwright-core";
import { parseEnvelope } from "../../../src/local/twins/sentry/envelope.ts";

/** Events of rrweb, as they are in a replay: the initial page and its changes. */
export type Recording = Record<string, unknown>[];

/** Collects the recordings that a browser sends to Sentry, from now on. They are compressed, so they are unpacked here. */
export function collectRecordings(browser: BrowserContext): Recording[] {
  const recordings: Recording[] = [];
  browser.on("request", (request) => {
    const body = request.url().includes("/envelope/") ? request.postDataBuffer() : null;
    if (body) recordings.push(...recordingsIn(body));
  });
  return recordings;
}

function recordingsIn(envelope: Buffer): Recording[] {
  return parseEnvelope(envelope)
    .items.filter(({ header }) => header.type === "replay_recording")
    .map(({ payload }) => {
      // A header line, then JSON, compressed or not.
      const body = payload.subarray(payload.indexOf(10) + 1);
      return JSON.parse(new TextDecoder().decode(body[0] === 0x78 ? inflateSync(body) : body)) as Recording;
    });
}
