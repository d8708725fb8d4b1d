import { randomUUID } from "node:crypto";
import { isObject } from "../queries/source.ts";
import type { JsonObject } from "../records.ts";
import { tokenIn, tokenProblem } from "./token.ts";

export interface SentEvent {
  uuid: string;
  event: string;
  distinctId: string;
  properties: JsonObject;
  /** ISO, by PostHog's clock. */
  timestamp: string;
  /** ISO, by the sender's clock; null when absent. */
  senderTimestamp: string | null;
}

export type Batch =
  | { kind: "refused"; status: 400 | 401; message: string }
  | { kind: "events"; token: string; events: SentEvent[] };

const refused = (status: 400 | 401, message: string): Batch => ({ kind: "refused", status, message });

/**
 * One event, an array of them or `{ batch: […] }`, checked as the capture service does.
 * Source: rust/capture/src/api.rs for the messages.
 */
export function readBatch(payload: unknown, fallbackEvent: string | null, now: Date): Batch {
  const envelope = isObject(payload) ? payload : {};
  const sent = eventsIn(payload);
  if (sent.length === 0) return refused(400, "request holds no event");

  const tokens = new Set([tokenIn(envelope) ?? [...new Set(sent.map(tokenIn))]].flat());
  const token = [...tokens][0];
  if (token === undefined || token === null) return refused(401, "event submitted without an api_key");
  if (tokens.size > 1) return refused(401, "batch submitted with inconsistent api_key values");
  const problem = tokenProblem(token);
  if (problem !== null) return refused(401, `API key is not valid: ${problem}`);

  const events: SentEvent[] = [];
  for (const raw of sent) {
    const properties = isObject(raw.properties) ? raw.properties : {};
    const name = typeof raw.event === "string" ? raw.event : fallbackEvent;
    if (!name) return refused(400, "event submitted with an empty event name");
    const distinctId = distinctIdIn(raw, properties);
    if (distinctId === null) return refused(400, "event submitted without a distinct_id");
    if (distinctId === "") return refused(400, "event submitted with an empty distinct_id");
    events.push({
      uuid: typeof raw.uuid === "string" ? raw.uuid : randomUUID(),
      event: name.slice(0, 200),
      distinctId: distinctId.slice(0, 200),
      properties: allProperties(raw, properties),
      timestamp: timestampOf(raw, envelope.sent_at ?? raw.sent_at, now).toISOString(),
      senderTimestamp: isTime(raw.timestamp) ? new Date(raw.timestamp).toISOString() : null,
    });
  }
  return { kind: "events", token, events };
}

function eventsIn(payload: unknown): JsonObject[] {
  if (Array.isArray(payload)) return payload.filter(isObject);
  if (!isObject(payload)) return [];
  if (Array.isArray(payload.batch)) return payload.batch.filter(isObject);
  return [payload];
}

function distinctIdIn(raw: JsonObject, properties: JsonObject): string | null {
  const id = raw.distinct_id ?? raw.$distinct_id ?? properties.distinct_id ?? properties.$distinct_id;
  if (id === undefined || id === null) return null;
  return typeof id === "object" ? JSON.stringify(id) : String(id);
}

/** `$set` and `$set_once` next to the properties count as properties. */
function allProperties(raw: JsonObject, properties: JsonObject): JsonObject {
  return {
    ...properties,
    ...(isObject(raw.$set) ? { $set: raw.$set } : {}),
    ...(isObject(raw.$set_once) ? { $set_once: raw.$set_once } : {}),
  };
}

const isTime = (value: unknown): value is string => typeof value === "string" && !Number.isNaN(Date.parse(value));

const dayMs = 24 * 3_600_000;

/** The sender's clock is corrected by `sent_at`; a time more than 23 hours ahead is considered an error. */
function timestampOf(raw: JsonObject, sentAt: unknown, now: Date): Date {
  const nowMs = now.getTime();
  const said = Date.parse(String(raw.timestamp ?? ""));
  let at = Number.isNaN(said) ? nowMs : said;
  if (Number.isNaN(said) && typeof raw.offset === "number") at = nowMs - raw.offset;
  const sent = Date.parse(String(sentAt ?? ""));
  if (!Number.isNaN(said) && !Number.isNaN(sent)) at = said + (nowMs - sent);
  return new Date(at - nowMs > dayMs - 3_600_000 ? nowMs : at);
}
