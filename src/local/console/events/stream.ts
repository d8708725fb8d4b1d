import { own } from "../../../model/json.ts";
import type { Definitions } from "../../edits/definitions.ts";
import type { Deed } from "../../traffic/index.ts";
import type { CapturedEvent } from "../../twins/posthog/index.ts";
import { type Redaction, redactionsOf, rememberSentProperties } from "./redaction.ts";

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

const apps: Readonly<Record<string, StreamedEvent["app"]>> = {
  web: "operator-ui",
  "posthog-node": "backend",
  "posthog-python": "backend",
};

/** Events that a page shows at most. */
export const mostShown = 200;

/** Events whose redactions are remembered, for the search: they are known only while both sides are here. */
const mostRemembered = 20_000;

export interface EventSearch {
  /** In the event's name, whose it is, or the values that are shown; in any case. Empty: any. */
  readonly text: string;
  readonly onlyRedacted: boolean;
}

export interface EventsFound {
  /** The newest, at most `mostShown`. */
  readonly events: readonly StreamedEvent[];
  /** How many there are in all. */
  readonly count: number;
}

export interface EventStream {
  /** Takes note of what the apps give to their helpers. */
  recordDeeds(deeds: readonly Deed[]): void;
  /** Looks for what has arrived since it looked last, and returns it, oldest first. */
  look(): readonly StreamedEvent[];
  /** The last events, newest first. */
  recent(): readonly StreamedEvent[];
  /** Among all events that have arrived. */
  find(search: EventSearch): EventsFound;
}

/**
 * @param eventsAfter events that arrived after the one with the id, as the twin gives them
 * @param catalog as the files say it now
 */
export function openStream(
  eventsAfter: (id: number) => readonly CapturedEvent[],
  catalog: () => Definitions["events"],
): EventStream {
  const said = rememberSentProperties();
  let lastId = 0;
  let recent: readonly StreamedEvent[] = [];
  const known = new Map<number, readonly Redaction[]>();

  const look = (): readonly StreamedEvent[] => {
    const arrived = eventsAfter(lastId);
    lastId = arrived.at(-1)?.id ?? lastId;
    // A long past arrives at once when the cloud starts; nobody looks at more of it than a page holds.
    const fresh = newestFirst(arrived)
      .slice(0, mostShown)
      .toReversed()
      .map((event) => {
        const given = said.take(event);
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

  return { recordDeeds: said.note, look, recent: () => recent, find };
}

/** What happened last comes first, whenever it arrived: two apps send, each when it likes. */
const byTime = (one: Pick<StreamedEvent, "id" | "at">, other: Pick<StreamedEvent, "id" | "at">): number =>
  Date.parse(other.at) - Date.parse(one.at) || other.id - one.id;

const newestFirst = (events: readonly CapturedEvent[]): CapturedEvent[] =>
  events.toSorted((one, other) => Date.parse(other.timestamp) - Date.parse(one.timestamp) || other.id - one.id);

/** What a row shows, in small letters. */
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
