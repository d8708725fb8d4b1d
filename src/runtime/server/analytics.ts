import { eventRules } from "../shared/catalog.ts";
import { type EventFinding, EventNotAllowedError, eventFindings } from "../shared/check.ts";
import type { SinkCounts, SinkDetail } from "../shared/counts.ts";
import { withNearestNames } from "../shared/nearest-names.ts";
import type { Outcome } from "../shared/posthog-answer.ts";
import type { OnDrop } from "../shared/privacy/property.ts";
import { longestText, redactText } from "../shared/privacy/text.ts";
import { redact } from "../shared/privacy/value.ts";
import { reasonOf } from "../shared/reason.ts";
import { isSomebody } from "../shared/settings.ts";
import { within } from "../shared/within.ts";
import { createDelivery } from "./delivery.ts";
import { openPosthog, type PosthogSender, type WaitingEvent } from "./posthog.ts";
import { type QueueLimits, queueLimits } from "./queue.ts";
import type { Sink } from "./sink.ts";

/** Sends events to PostHog. No call throws, except `capture` in development. */
export interface Analytics {
  capture(event: string, distinctId: string, properties: Readonly<Record<string, unknown>>): void;
  detail(): SinkDetail;
  /** Sends pending events, for at most `deadlineMs`; the rest, and later ones, are dropped. */
  close(deadlineMs: number): Promise<SinkCounts>;
}

export interface AnalyticsOptions {
  readonly key: string | undefined;
  readonly host: string;
  /** Why nothing can be sent although it is configured: captured events are dropped, and counted. */
  readonly wrong?: string | undefined;
  readonly development: boolean;
  readonly onDrop: OnDrop;
  readonly sink: Sink;
  readonly limits?: QueueLimits;
}

export function createAnalytics({
  key,
  host,
  wrong,
  development,
  onDrop,
  sink,
  limits = queueLimits,
}: AnalyticsOptions): Analytics {
  let closed = false;
  let unusable = wrong;
  let lost = 0;
  let sender: PosthogSender | undefined;
  const loaded = key === undefined ? Promise.resolve() : load(key);
  const delivery = createDelivery<WaitingEvent>({
    limits,
    send,
    onFull: () =>
      sink.full(
        `More than ${limits.maxEvents} events or ${limits.maxCharacters} characters wait for PostHog: the oldest are dropped`,
      ),
    onFailure: sink.failing,
    onSuccess: sink.working,
  });

  const counts = (): SinkCounts => {
    const counted = delivery.counts();
    return { ...counted, dropped: counted.dropped + lost };
  };

  return {
    capture(event, distinctId, properties) {
      if (development) throwFindings(eventFindings(event, properties ?? {}));
      if (key === undefined && unusable === undefined) return;
      const refused = refusalOf(event, distinctId);
      if (refused !== undefined) onDrop(refused);
      if (refused !== undefined || unusable !== undefined || closed) {
        lost += 1;
        return;
      }
      try {
        const id = String(distinctId);
        const copy = copied(properties ?? {});
        const characters = copy.characters + event.length + id.length;
        if (!delivery.add({ event, distinctId: id, properties: copy.values, at: Date.now(), characters }))
          onDrop(`${redactText(event, 80)} of more than ${limits.maxCharacters} characters`);
      } catch {
        // A caller's mistake says nothing about PostHog.
        lost += 1;
        onDrop(`${redactText(event, 80)} with a property that cannot be read`);
      }
    },

    detail() {
      const reason = unusable ?? sink.reason;
      const status = reason !== undefined ? "error" : key === undefined ? "disabled" : "ok";
      return { status, ...(reason !== undefined && { reason }), waiting: delivery.waiting, ...counts() };
    },

    async close(deadlineMs) {
      closed = true;
      if (key !== undefined) {
        const begun = performance.now();
        await within(deadlineMs, loaded).catch(() => {});
        await delivery.close(unusable === undefined ? deadlineMs - (performance.now() - begun) : 0);
        // Waiting for an answer would keep the process alive.
        sender?.end();
      }
      return counts();
    },
  };

  async function send(batch: readonly WaitingEvent[]): Promise<Outcome> {
    await loaded;
    return sender?.send(batch) ?? { kind: "refused", why: unusable ?? "posthog-node is not there" };
  }

  async function load(apiKey: string): Promise<void> {
    try {
      sender = await openPosthog({ key: apiKey, host, onDrop });
    } catch (error) {
      unusable = reasonOf(error);
      sink.failing(unusable);
      // Pending events can never be sent.
      await delivery.close(0);
    }
  }
}

/** Why an event is not sent: the key under which `droppedProperties` counts it. */
function refusalOf(event: unknown, distinctId: unknown): string | undefined {
  const isKnown = typeof event === "string" && (Object.hasOwn(eventRules, event) || event.startsWith("$"));
  if (!isKnown) return typeof event === "string" ? redactText(event, 80) : "an event whose name is no text";
  // PostHog would create a person for it.
  return isSomebody(distinctId) ? undefined : `${redactText(event, 80)} without the id of whom it belongs to`;
}

/**
 * A copy of the present properties, and their approximate number of characters: later changes by the caller must not
 * affect the event. Texts are copied as far as they are read later, numbers as they are; other values are redacted now,
 * which copies them.
 */
function copied(properties: Readonly<Record<string, unknown>>): {
  values: Record<string, unknown>;
  characters: number;
} {
  const values: Record<string, unknown> = {};
  let characters = 100;
  for (const name of Object.keys(properties)) {
    const value = properties[name];
    characters += name.length + 8;
    if (typeof value === "string" || value instanceof Error) {
      const text = readable(typeof value === "string" ? value : `${value.name}: ${value.message}`);
      values[name] = text;
      characters += text.length;
    } else if (typeof value !== "object" || value === null) values[name] = value;
    else {
      const parts = redact(value);
      values[name] = parts;
      characters += JSON.stringify(parts)?.length ?? 0;
    }
  }
  return { values, characters };
}

/**
 * What the redactor reads of a text, and one character more: it says that the text was cut, so that the redactor leaves
 * no half of a word at its end.
 */
function readable(text: string): string {
  if (text.length <= longestText) return text;
  // A slice would keep the whole text in memory.
  return Buffer.from(text.slice(0, longestText + 1), "utf16le").toString("utf16le");
}

function throwFindings(findings: readonly EventFinding[]): void {
  if (findings.length > 0) throw new EventNotAllowedError(withNearestNames(findings));
}
