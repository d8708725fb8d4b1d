import { stableUuid } from "../people/users.ts";
import { isObject } from "../queries/source.ts";
import type { JsonObject } from "../records.ts";
import type { World } from "../world.ts";
import type { SentEvent } from "./batch.ts";

export interface PersonRecord {
  /** UUID. */
  id: string;
  properties: JsonObject;
  /** Once true, `$identify` or an alias never merges it into another. */
  identified: boolean;
  created_at: string;
}

/** The person of a distinct id. */
export interface PersonLink {
  /** The distinct id. */
  id: string;
  person: string;
}

/** Placeholder ids, which PostHog refuses to merge. Source: plugin-server person-merge. */
const nobody = new Set([
  "anonymous",
  "guest",
  "distinctid",
  "distinct_id",
  "id",
  "not_authenticated",
  "email",
  "undefined",
  "true",
  "false",
  "[object object]",
  "nan",
  "none",
  "null",
  "0",
  "unknown",
  "unidentified",
]);

/** The person of a distinct id after all merges so far. An unknown id has a person of its own. */
export function personOf(world: World, distinctId: string): string {
  return world.personLinks.get(distinctId)?.person ?? stableUuid(`person ${distinctId}`);
}

/** Stores what an event says about its person: identity, aliases, properties. */
export function notePerson(world: World, sent: SentEvent): void {
  const { event, distinctId, properties } = sent;
  if (event === "$identify" && typeof properties.$anon_distinct_id === "string") {
    merge(world, distinctId, properties.$anon_distinct_id, false);
  } else if (event === "$create_alias" && typeof properties.alias === "string") {
    merge(world, distinctId, properties.alias, false);
  } else if (event === "$merge_dangerously" && typeof properties.alias === "string") {
    merge(world, distinctId, properties.alias, true);
  }
  if (properties.$process_person_profile === false) return;
  const person = ensurePerson(world, distinctId);
  const set = isObject(properties.$set) ? properties.$set : {};
  const once = isObject(properties.$set_once) ? properties.$set_once : {};
  const identified = person.identified || event === "$identify";
  if (identified !== person.identified || Object.keys({ ...set, ...once }).length > 0) {
    world.persons.put({ ...person, identified, properties: { ...once, ...person.properties, ...set } });
  }
}

function merge(world: World, into: string, other: string, evenIdentified: boolean): void {
  if (into === other || nobody.has(into.toLowerCase()) || nobody.has(other.toLowerCase())) return;
  const target = ensurePerson(world, into);
  const linked = world.personLinks.get(other)?.person;
  const source = linked === undefined ? null : world.persons.get(linked);
  if (source?.id === target.id || (source?.identified && !evenIdentified)) return;
  if (source !== null) {
    for (const link of world.personLinks.where("person", source.id))
      world.personLinks.put({ ...link, person: target.id });
    world.persons.delete(source.id);
  }
  world.personLinks.put({ id: other, person: target.id });
  world.persons.put({ ...target, identified: true, properties: { ...source?.properties, ...target.properties } });
}

function ensurePerson(world: World, distinctId: string): PersonRecord {
  const id = personOf(world, distinctId);
  const known = world.persons.get(id);
  if (known !== null) return known;
  world.personLinks.put({ id: distinctId, person: id });
  return world.persons.put({ id, properties: {}, identified: false, created_at: world.timestamp() });
}
