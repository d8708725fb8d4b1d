import type { Micros } from "../time/wall.ts";
import type { StoredEvent } from "./event.ts";

/** Microseconds since 1970. Text without an offset is UTC, as PostHog's capture endpoint reads it. */
export function timestampMicros({ event, timestamp }: Pick<StoredEvent, "event" | "timestamp">): Micros {
  const micros = typeof timestamp === "string" ? microsOfText(timestamp) : Number(timestamp) * 1000;
  if (!Number.isFinite(micros)) {
    throw new RangeError(`The event ${event} has the timestamp ${String(timestamp)}, which is no time. Use ISO 8601.`);
  }
  return Math.round(micros);
}

function microsOfText(text: string): number {
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text);
  const milliseconds = Date.parse(hasZone ? text : `${text.trim().replace(" ", "T")}Z`);
  const beyondMilliseconds = /\.\d{3}(\d{1,3})/.exec(text)?.[1];
  return milliseconds * 1000 + Number((beyondMilliseconds ?? "").padEnd(3, "0"));
}
