import { Temporal } from "temporal-polyfill";
import type { EventName, EventNameFrom, EventProperties } from "../../../src/catalog/events.ts";
import { events as catalog } from "../../../src/catalog/events.ts";
import type { TileReference } from "../../../src/insights/define/index.ts";
import { type EvaluationContext, evaluate } from "../../../src/insights/evaluate/index.ts";
import { tableOf } from "./events.ts";
import { tileUnderTest } from "./mutation.ts";
import { type ChartTile, type Shown, shown } from "./shown.ts";

/** Something that somebody did, as the catalog describes it. */
export interface Happening {
  readonly who: string;
  readonly event: EventName;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly when: Date;
}

/** Two ids that are one person: PostHog learns it when somebody signs in. */
export interface SamePerson {
  readonly id: string;
  readonly isAlso: string;
}

/** The time comes last, after the properties, which may be omitted where the event needs none. */
type Said<Name extends EventName> =
  | [properties: EventProperties<Name>, when: Date]
  | (Record<never, never> extends EventProperties<Name> ? [when: Date] : never);

interface Somebody<Does extends EventName> {
  /** Properties that the catalog does not know do not compile; values that it would refuse throw. */
  does<Name extends Does>(event: Name, ...said: Said<Name>): Happening;
}

export interface Person extends Somebody<EventNameFrom<"browser">> {
  /** The same person under the id that the browser gave them before they signed in. */
  was(id: string): SamePerson;
}

/** An operator, who uses the browser app. */
export function person(who: string): Person {
  return { ...somebody(who), was: (id) => ({ id, isAlso: who }) };
}

/** A tenant, in whose name the backend captures. */
export function tenant(who: string): Somebody<EventNameFrom<"server">> {
  return somebody(who);
}

function somebody<Does extends EventName>(who: string): Somebody<Does> {
  return {
    does(event, ...said) {
      const [properties, when] = said.length === 1 ? [{}, said[0]] : said;
      return { who, event, properties: catalog[event].schema.parse(properties), when };
    },
  };
}

/** Several people with the same story: `crowd(20, (one) => one.does(…))`. */
export function crowd(size: number, story: (one: Person, index: number) => Happening | readonly Happening[]) {
  return Array.from({ length: size }, (_, index) => story(person(`person ${index + 1}`), index)).flat();
}

/** The same thing several times. */
export function times(count: number, happening: Happening): Happening[] {
  return Array.from({ length: count }, () => happening);
}

/** A time such as "2026-11-01 09:00", as local time of a time zone. Default UTC. */
export function at(wall: string, timeZone = "UTC"): Date {
  const { epochMilliseconds } = Temporal.PlainDateTime.from(wall.replace(" ", "T")).toZonedDateTime(timeZone);
  return new Date(epochMilliseconds);
}

export interface Looking extends Omit<EvaluationContext, "now"> {
  /** When somebody looks at the tile. Default: the time of the last event. */
  readonly now?: Date;
}

export interface Given {
  /** What the tile shows, as PostHog would answer it. Its type follows from the tile: steps, times or lines. */
  show<Tile extends ChartTile>(reference: TileReference<Tile>, looking?: Looking): Promise<Shown<Tile>>;
  /** What PostHog would answer to any query at this time. */
  ask(query: object, now: Date): Promise<object>;
  /** What had happened by then: a funnel asks until the end of the day, and knows nothing of what is to come. */
  until(time: Date): Given;
  /** The times of the first and the last event. */
  readonly span: readonly [first: Date, last: Date];
}

/** These people did these things, and nobody did anything else. */
export function given(...all: readonly (Happening | SamePerson | readonly Happening[])[]): Given {
  const facts = all.flat();
  const happenings = facts.filter((fact): fact is Happening => "event" in fact);
  const same = facts.filter((fact): fact is SamePerson => "isAlso" in fact);
  const times = happenings.map(({ when }) => when.getTime());
  return {
    span: [new Date(Math.min(...times)), new Date(Math.max(...times))],
    until: (time) =>
      given(
        happenings.filter(({ when }) => when <= time),
        ...same,
      ),
    ask: async (query, now) => evaluate(await tableOf(happenings, same), query, { now }),
    async show(reference, { now, ...project } = {}) {
      const tile = tileUnderTest(reference);
      const last = new Date(Math.max(...times));
      const table = await tableOf(happenings, same);
      return shown(tile, await evaluate(table, tile.query, { now: now ?? last, ...project }));
    },
  };
}
