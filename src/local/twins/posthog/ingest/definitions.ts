import { randomUUID } from "node:crypto";
import { newEventDefinition } from "../data/event-definitions.ts";
import { isObject } from "../queries/source.ts";
import type { PropertyDefinitionRecord, PropertyKind } from "../records.ts";
import type { World } from "../world.ts";
import type { SentEvent } from "./batch.ts";

const hourMs = 3_600_000;

/** Creates definitions of events and properties when they are first seen. Existing definitions are adopted. */
export function noteDefinitions(world: World, { event, properties, timestamp }: SentEvent): void {
  const known = world.eventDefinitions.where("name", event)[0] ?? newEventDefinition(event, world.timestamp());
  // like PostHog, not every event updates the time last seen
  const stale = known.last_seen_at === null || Date.parse(timestamp) - Date.parse(known.last_seen_at) > hourMs;
  if (stale) {
    const firstSeen = known.created_at ?? world.timestamp();
    world.eventDefinitions.put({ ...known, created_at: firstSeen, last_seen_at: timestamp });
  }
  for (const [name, value] of Object.entries(properties)) {
    if (name === "$set" || name === "$set_once") continue;
    noteProperty(world, "event", name, value, event);
  }
  for (const set of [properties.$set, properties.$set_once]) {
    for (const [name, value] of Object.entries(isObject(set) ? set : {}))
      noteProperty(world, "person", name, value, null);
  }
}

function noteProperty(world: World, type: PropertyKind, name: string, value: unknown, event: string | null): void {
  const known = world.propertyDefinitions.where("name", name).find((it) => it.type === type);
  if (known !== undefined && (event === null || known.events.includes(event)) && known.property_type !== null) return;
  const before: PropertyDefinitionRecord = known ?? {
    id: randomUUID(),
    name,
    type,
    description: null,
    tags: [],
    property_type: null,
    events: [],
    verified: false,
    verified_by: null,
    verified_at: null,
    hidden: false,
    updated_at: world.timestamp(),
    updated_by: null,
  };
  world.propertyDefinitions.put({
    ...before,
    property_type: before.property_type ?? typeOf(value),
    events: event === null || before.events.includes(event) ? before.events : [...before.events, event],
  });
}

/** The type of the first value that determines one; it is final. */
function typeOf(value: unknown): PropertyDefinitionRecord["property_type"] {
  if (typeof value === "boolean") return "Boolean";
  if (typeof value === "number") return "Numeric";
  if (typeof value !== "string") return null;
  return /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}|$)/.test(value) ? "DateTime" : "String";
}
