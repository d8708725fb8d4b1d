import { isDropped } from "../data/event-filter.ts";
import { isRefused } from "../data/event-schemas.ts";
import { projectSettings } from "../people/project-settings.ts";
import type { JsonObject } from "../records.ts";
import type { World } from "../world.ts";
import type { SentEvent } from "./batch.ts";
import { noteDefinitions } from "./definitions.ts";
import { notePerson, personOf } from "./persons.ts";

/** A stored event. Its person is determined when it is read, because people are merged later. */
export interface StoredEvent extends SentEvent {
  /** Order of arrival. */
  id: number;
  receivedAt: string;
}

/** An event of the project, as queries see it. */
export interface CapturedEvent extends StoredEvent {
  personId: string;
  personProperties: JsonObject;
}

/** Stores the project's events. A repeated one (a retry, same uuid) is stored once. */
export function storeEvents(world: World, events: readonly SentEvent[]): void {
  try {
    world.store.transaction(() => {
      for (const sent of events) {
        if (world.events.where("uuid", sent.uuid).length > 0) continue;
        if (isDropped(world, sent) || isRefused(world, sent)) continue;
        world.events.put({ ...withoutIp(world, sent), id: world.events.nextId(), receivedAt: world.timestamp() });
        notePerson(world, sent);
        noteDefinitions(world, sent);
      }
    });
  } catch (error) {
    for (const { uuid } of events) world.unstored.add(uuid);
    throw error;
  }
  for (const { uuid } of events) world.unstored.delete(uuid);
}

/** Where the project drops IP addresses. Source: nodejs/src/ingestion, filterIpPropertiesStep. */
function withoutIp(world: World, sent: SentEvent): SentEvent {
  if (!sent.properties.$ip || !projectSettings(world).anonymize_ips) return sent;
  const { $ip: _, ...properties } = sent.properties;
  return { ...sent, properties };
}

/** Stored events never change, so only new ones are read from the store. */
function storedEvents(world: World): readonly StoredEvent[] {
  for (const event of world.events.after(world.readEvents.at(-1)?.id ?? 0)) world.readEvents.push(event);
  return world.readEvents;
}

/** All events, or those that arrived after the one with the id `after`; in order of arrival. */
export function capturedEvents(world: World, after = 0): CapturedEvent[] {
  const people = new Map<string, Pick<CapturedEvent, "personId" | "personProperties">>();
  const stored = storedEvents(world);
  return stored.slice(firstAfter(stored, after)).map((event) => {
    const known = people.get(event.distinctId);
    if (known !== undefined) return { ...event, ...known };
    const personId = personOf(world, event.distinctId);
    const person = { personId, personProperties: world.persons.get(personId)?.properties ?? {} };
    people.set(event.distinctId, person);
    return { ...event, ...person };
  });
}

/** Ids increase but may have gaps, from dropped retries. */
function firstAfter(events: readonly StoredEvent[], id: number): number {
  if (id === 0) return 0;
  const at = events.findIndex((event) => event.id > id);
  return at < 0 ? events.length : at;
}
