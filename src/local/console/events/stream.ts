import { events as catalog } from "../../../catalog/events.ts";
import type { Deed } from "../../traffic/index.ts";
import type { CapturedEvent } from "../../twins/posthog/index.ts";
import { type Redaction, redactionsOf, rememberSaid } from "./redaction.ts";

/** An event of the stream, ready to be shown. */
export interface StreamedEvent {
  readonly id: number;
  /** ISO, when it happened. */
  readonly at: string;
  readonly event: string;
  /** The app that sent it, as far as its library tells. */
  readonly app: "operator-ui" | "backend" | "another client";
  readonly who: string;
  /** The properties that are the catalog's, as texts. */
  readonly properties: Readonly<Record<string, string>>;
  readonly isInCatalog: boolean;
  /** Undefined when it is not known what the app gave: the event came from somewhere else. */
  readonly redactions: readonly Redaction[] | undefined;
}

const apps: Readonly<Record<string, StreamedEvent["app"]>> = { web: "operator-ui", "posthog-node": "backend" };

/** Events that a page shows at most. */
export const mostShown = 200;

export interface EventStream {
  /** Takes note of what the apps give to their helpers. */
  said(deeds: readonly Deed[]): void;
  /** Looks for what has arrived since it looked last, and returns it, oldest first. */
  look(): readonly StreamedEvent[];
  /** The last events, newest first. */
  recent(): readonly StreamedEvent[];
}

/** @param eventsAfter events that arrived after the one with the id, as the twin gives them */
export function openStream(eventsAfter: (id: number) => readonly CapturedEvent[]): EventStream {
  const said = rememberSaid();
  let lastId = 0;
  let recent: readonly StreamedEvent[] = [];
  const look = (): readonly StreamedEvent[] => {
    const arrived = eventsAfter(lastId);
    lastId = arrived.at(-1)?.id ?? lastId;
    // A long past arrives at once when the cloud starts; nobody looks at more of it than a page holds.
    const fresh = arrived.slice(-mostShown).map((event) => streamed(event, said.take(event)));
    recent = [...fresh.toReversed(), ...recent].slice(0, mostShown);
    return fresh;
  };
  return { said: said.note, look, recent: () => recent };
}

function streamed(arrived: CapturedEvent, given: Readonly<Record<string, unknown>> | undefined): StreamedEvent {
  const { id, event, distinctId, timestamp, properties } = arrived;
  const entry = Object.hasOwn(catalog, event) ? catalog[event as keyof typeof catalog] : undefined;
  const own = event === "$identify" ? (properties.$set ?? {}) : properties;
  const shown = Object.entries(own).filter(([name]) => event === "$identify" || (entry && name in entry.properties));
  return {
    ...{ id, event, at: timestamp, who: distinctId },
    app: apps[String(properties.$lib)] ?? "another client",
    properties: Object.fromEntries(
      shown.map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
    ),
    isInCatalog: entry !== undefined || event === "$identify",
    redactions: given === undefined ? undefined : redactionsOf(given, arrived),
  };
}
