import { z } from "zod";
import type { Api, ApiRequest, RouteOptions } from "../http/api.ts";
import { notFound } from "../http/errors.ts";
import { choice, definedFields, flag, parseFields, text } from "../http/fields.ts";
import { mentions, page } from "../http/page.ts";
import { userBasic } from "../people/users.ts";
import type { PropertyDefinitionRecord } from "../records.ts";
import type { World } from "../world.ts";
import { shownTags, storedTags, tagsField } from "./tags.ts";
import { verification } from "./verification.ts";

/** Source: posthog/api/property_definition.py, ee/api/ee_property_definition.py. */
const requestFields = z.object({
  description: text().nullable().optional(),
  tags: tagsField().optional(),
  property_type: choice(["DateTime", "String", "Numeric", "Boolean", "Duration"]).nullable().optional(),
  verified: flag().optional(),
  hidden: flag().nullable().optional(),
});

const options: RouteOptions = { scope: "property_definition" };

/** There is no POST: a definition exists once an event has had the property. */
export function propertyDefinitionRoutes(world: World, { inProject }: Api): void {
  inProject("GET", "/property_definitions", options, ({ url }) => {
    const query = url.searchParams;
    const names = query.get("properties")?.split(",");
    const type = query.get("type") ?? "event";
    const search = query.get("search");
    const events = eventNames(query.get("event_names"));
    const found = world.propertyDefinitions
      .all()
      .filter((it) => it.type === type)
      .filter((it) => names === undefined || names.includes(it.name))
      .filter((it) => search === null || mentions(search, it.name))
      .sort((a, b) => a.name.localeCompare(b.name));
    const onEvents = (it: PropertyDefinitionRecord) => it.events.some((event) => events?.includes(event));
    const narrowed = query.get("filter_by_event_names") === "true" ? found.filter(onEvents) : found;
    return page(url, narrowed, (it) => answer(world, it, events === null ? null : onEvents(it)));
  });
  inProject("GET", "/property_definitions/:id", options, (request) => Response.json(answer(world, known(request))));
  inProject("PATCH", "/property_definitions/:id", options, (request) => {
    const { tags, verified, hidden, ...rest } = parseFields(requestFields, request.body);
    const before = known(request);
    const [at, userId] = [world.timestamp(), request.caller.userId];
    const after: PropertyDefinitionRecord = {
      ...before,
      ...definedFields(rest),
      ...verification("A property", before, { verified, hidden }, userId, at),
      tags: storedTags(world, tags, before.tags),
      updated_at: at,
      updated_by: userId,
    };
    return Response.json(answer(world, world.propertyDefinitions.put(after)));
  });
  inProject("DELETE", "/property_definitions/:id", options, (request) => {
    world.propertyDefinitions.delete(known(request).id);
    return new Response(null, { status: 204 });
  });

  function known({ path }: ApiRequest): PropertyDefinitionRecord {
    const found = world.propertyDefinitions.get(path("id"));
    if (found === null) throw notFound();
    return found;
  }
}

/** A JSON list of names, or a single name as plain text. */
function eventNames(text: string | null): string[] | null {
  if (text === null) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.map(String) : [text];
  } catch {
    return [text];
  }
}

function answer(world: World, { events: _, type: __, ...it }: PropertyDefinitionRecord, seen: boolean | null = null) {
  return {
    ...it,
    tags: shownTags(world, it.tags),
    updated_by: userBasic(world, it.updated_by),
    verified_by: userBasic(world, it.verified_by),
    is_numerical: it.property_type === "Numeric",
    is_seen_on_filtered_events: seen,
  };
}
