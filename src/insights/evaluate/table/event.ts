import type { Micros } from "../time/wall.ts";

/** An event as PostHog stores it: what the capture endpoint makes of what a library sends. */
export interface StoredEvent {
  readonly event: string;
  readonly distinct_id: string;
  /**
   * Person of the distinct id when the event came in. Default: the person that {@link EventTable.mapPersons} sets for
   * the distinct id, else a separate person for each distinct id.
   */
  readonly person_id?: string | undefined;
  /** ISO 8601 with an offset, or milliseconds since 1970, or a Date. Microseconds are kept. */
  readonly timestamp: string | number | Date;
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
  /** The person's properties as they were when the event came in; person filters read these. */
  readonly person_properties?: Readonly<Record<string, unknown>> | undefined;
  /** Not read: no evaluated query depends on it, and PostHog's queries do not remove duplicates either. */
  readonly uuid?: string | undefined;
}

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
