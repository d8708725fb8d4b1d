import { own } from "../../../model/json.ts";
import type { Definitions } from "../../edits/definitions.ts";
import type { Deed } from "../../traffic/index.ts";
import type { CapturedEvent } from "../../twins/posthog/index.ts";
import { type Redaction, redactionsOf, rememberSentProperties } from "./redaction.ts";

/** An event of the stream, ready to display. */
export interface StreamedEvent {
  readonly id: number;
  /** Time when it happened, ISO. */
  readonly at: string;
  readonly event: string;
  /** The app that sent it, judged by its library. */
  readonly app: "operator-ui" | "backend" | "another client";
  readonly who: string;
  /** The catalog's properties, as texts. */
  readonly properties: Readonly<Record<string, string>>;
  readonly isInCatalog: boolean;
  /** Undefined when the app's call is not known, because the event came from elsewhere. */
  readonly redactions: readonly Redaction[] | undefined;
}

const apps: Readonly<Record<string, StreamedEvent["app"]>> = {
  web: "operator-ui",
  "posthog-node": "backend",
  "posthog-python": "backend",
};

/** Maximum events on a page. */
export const mostShown = 200;

/** Maximum events whose redactions are stored for the search. */
const mostRemembered = 20_000;

export interface EventSearch {
  /** Text in the event's name, person or displayed values; case-insensitive. Empty: any. */
  readonly text: string;
  readonly onlyRedacted: boolean;
}

export interface EventsFound {
  /** The newest, at most `mostShown`. */
  readonly events: readonly StreamedEvent[];
  /** Total number. */
  readonly count: number;
}

export interface EventStream {
  /** Records the apps' calls of their helpers. */
  recordDeeds(deeds: readonly Deed[]): void;
  /** Returns the events that have arrived since the last call, oldest first. */
  look(): readonly StreamedEvent[];
  /** The last events, newest first. */
  recent(): readonly StreamedEvent[];
  /** Searches all events that have arrived. */
  find(search: EventSearch): EventsFound;
}

/**
 * @param eventsAfter the twin's events that arrived after the one with this id
 * @param catalog the files' present catalog
 */
export function openStream(
  eventsAfter: (id: number) => readonly CapturedEvent[],
  catalog: () => Definitions["events"],
): EventStream {
  const sentProperties = rememberSentProperties();
  let lastId = 0;
  let recent: readonly StreamedEvent[] = [];
  const known = new Map<number, readonly Redaction[]>();

  const look = (): readonly StreamedEvent[] => {
    const arrived = eventsAfter(lastId);
    lastId = arrived.at(-1)?.id ?? lastId;
    // When the cloud starts, a long history arrives at once; a page shows only the last part of it.
    const fresh = newestFirst(arrived)
      .slice(0, mostShown)
      .toReversed()
      .map((event) => {
        const given = sentProperties.take(event);
        const redactions = given && redactionsOf(given, event);
        if (redactions) known.set(event.id, redactions);
        return streamed(event, redactions, catalog());
      });
    for (const id of [...known.keys()].slice(0, Math.max(0, known.size - mostRemembered))) known.delete(id);
    recent = [...fresh, ...recent].toSorted(byTime).slice(0, mostShown);
    return fresh;
  };

  const find = ({ text, onlyRedacted }: EventSearch): EventsFound => {
    const wanted = text.trim().toLowerCase();
    const found = eventsAfter(0)
      .filter(({ id }) => !onlyRedacted || (known.get(id)?.length ?? 0) > 0)
      .map((event) => streamed(event, known.get(event.id), catalog()))
      .filter((event) => wanted === "" || textOf(event).includes(wanted));
    return { events: found.toSorted(byTime).slice(0, mostShown), count: found.length };
  };

  return { recordDeeds: sentProperties.note, look, recent: () => recent, find };
}

/** Sorts by time of happening, newest first: the two apps send independently. */
const byTime = (one: Pick<StreamedEvent, "id" | "at">, other: Pick<StreamedEvent, "id" | "at">): number =>
  Date.parse(other.at) - Date.parse(one.at) || other.id - one.id;

const newestFirst = (events: readonly CapturedEvent[]): CapturedEvent[] =>
  events.toSorted((one, other) => Date.parse(other.timestamp) - Date.parse(one.timestamp) || other.id - one.id);

/** A row's text in lower case, for the search. */
function textOf({ event, app, who, properties, redactions = [] }: StreamedEvent): string {
  const values = Object.entries(properties).flat();
  const taken = redactions.flatMap(({ property, before, after = "" }) => [property, before, after]);
  return [event, app, app.replace("-", " "), who, ...values, ...taken].join(" ").toLowerCase();
}

function streamed(
  arrived: CapturedEvent,
  redactions: readonly Redaction[] | undefined,
  catalog: Definitions["events"],
): StreamedEvent {
  const { id, event, distinctId, timestamp, properties } = arrived;
  const entry = own(catalog, event);
  const given = event === "$identify" ? (properties.$set ?? {}) : properties;
  const shown = Object.entries(given).filter(([name]) => event === "$identify" || entry?.properties.includes(name));
  return {
    ...{ id, event, at: timestamp, who: distinctId },
    app: apps[String(properties.$lib)] ?? "another client",
    properties: Object.fromEntries(
      shown.map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
    ),
    isInCatalog: entry !== undefined || event === "$identify",
    redactions,
  };
}
