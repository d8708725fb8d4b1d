import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Api, ApiRequest, RouteOptions } from "../http/api.ts";
import { bareDetail, invalid, notFound } from "../http/errors.ts";
import { choice, danglingReference, definedFields, flag, integer, list, parseFields, text } from "../http/fields.ts";
import { mentions, page } from "../http/page.ts";
import { userBasic } from "../people/users.ts";
import type { EventDefinitionRecord, JsonObject } from "../records.ts";
import type { World } from "../world.ts";
import { shownTags, storedTags, tagsField } from "./tags.ts";
import { verification } from "./verification.ts";

/** Source: posthog/api/event_definition.py, ee/api/ee_event_definition.py. */
const requestFields = z.object({
  owner: integer().nullable().optional(),
  description: text().nullable().optional(),
  tags: tagsField().optional(),
  verified: flag().optional(),
  hidden: flag().nullable().optional(),
  default_columns: list(text()).optional(),
  enforcement_mode: choice(["allow", "reject"]).optional(),
  primary_property: text({ max: 400, blank: false }).nullable().optional(),
});
const created = requestFields.extend({ name: text({ max: 400, blank: false }) });

const options: RouteOptions = { scope: "event_definition" };

export function eventDefinitionRoutes(world: World, { inProject }: Api): void {
  inProject("GET", "/event_definitions", options, ({ url }) => {
    const search = url.searchParams.get("search");
    const verified = url.searchParams.get("verified");
    const type = url.searchParams.get("event_type");
    const found = world.eventDefinitions
      .all()
      .filter((it) => search === null || mentions(search, it.name))
      .filter((it) => verified === null || it.verified === (verified === "true"))
      .filter((it) => type !== "event_custom" || !it.name.startsWith("$"))
      .filter((it) => type !== "event_posthog" || it.name.startsWith("$"))
      .sort((a, b) => a.name.localeCompare(b.name));
    return page(url, found, (it) => answer(world, it));
  });
  inProject("POST", "/event_definitions", options, ({ body, caller }) => {
    requireSupported(world, body);
    const { name, ...fields } = parseFields(created, body);
    if (world.eventDefinitions.where("name", name).length > 0) {
      throw invalid(`Event definition with name '${name}' already exists`, "name");
    }
    const made = changed(world, newEventDefinition(name, world.timestamp()), fields, caller.userId);
    return Response.json(answer(world, world.eventDefinitions.put(made)), { status: 201 });
  });
  inProject("GET", "/event_definitions/by_name", options, ({ url }) => {
    const name = url.searchParams.get("name");
    if (!name) throw bareDetail(400, "Query parameter 'name' is required");
    const found = world.eventDefinitions.where("name", name)[0];
    if (found === undefined) throw bareDetail(404, `Event definition with name '${name}' not found.`);
    return Response.json(answer(world, found));
  });
  inProject("GET", "/event_definitions/:id", options, (request) => Response.json(answer(world, known(request))));
  inProject("PATCH", "/event_definitions/:id", options, (request) => {
    requireSupported(world, request.body);
    const after = changed(world, known(request), parseFields(requestFields, request.body), request.caller.userId);
    return Response.json(answer(world, world.eventDefinitions.put(after)));
  });
  inProject("DELETE", "/event_definitions/:id", options, (request) => {
    const { id } = known(request);
    for (const joined of world.eventSchemas.where("event_definition", id)) world.eventSchemas.delete(joined.id);
    world.eventDefinitions.delete(id);
    return new Response(null, { status: 204 });
  });

  function known({ path }: ApiRequest): EventDefinitionRecord {
    const found = world.eventDefinitions.get(path("id"));
    if (found === null) throw notFound();
    return found;
  }
}

export const newEventDefinition = (name: string, at: string): EventDefinitionRecord => ({
  id: randomUUID(),
  name,
  description: null,
  owner: null,
  tags: [],
  verified: false,
  verified_by: null,
  verified_at: null,
  hidden: false,
  default_columns: [],
  enforcement_mode: "allow",
  primary_property: null,
  created_at: null,
  last_seen_at: null,
  updated_at: at,
  updated_by: null,
});

function changed(
  world: World,
  before: EventDefinitionRecord,
  fields: z.infer<typeof requestFields>,
  userId: number,
): EventDefinitionRecord {
  const { tags, verified, hidden, ...rest } = fields;
  if (rest.owner && !world.members.some((member) => member.id === rest.owner))
    throw danglingReference(rest.owner, "owner");
  const at = world.timestamp();
  return {
    ...before,
    ...definedFields(rest),
    ...verification("An event", before, { verified, hidden }, userId, at),
    tags: storedTags(world, tags, before.tags),
    updated_at: at,
    updated_by: userId,
  };
}

function requireSupported(world: World, body: JsonObject): void {
  if (world.features.enterpriseDefinitions) return;
  const field = ["description", "verified", "hidden"].find((name) => name in body);
  if (field !== undefined) throw invalid("This field is not supported by this deployment.", field);
}

function answer(world: World, it: EventDefinitionRecord) {
  const { id, name, created_at, last_seen_at, updated_at } = it;
  const plain = {
    ...{ id, name, created_at, last_seen_at, last_updated_at: updated_at },
    tags: shownTags(world, it.tags),
    is_action: false,
    action_id: null,
    is_calculating: false,
    last_calculated_at: null,
    created_by: null,
    post_to_slack: false,
  };
  if (!world.features.enterpriseDefinitions) return plain;
  const { description, verified, verified_at, hidden, default_columns, enforcement_mode, primary_property } = it;
  return {
    ...plain,
    ...{ description, verified, verified_at, hidden, default_columns, enforcement_mode, primary_property, updated_at },
    // Written as a number, answered as a user (to_representation).
    owner: userBasic(world, it.owner),
    updated_by: userBasic(world, it.updated_by),
    verified_by: userBasic(world, it.verified_by),
    promoted_property: primary_property,
    media_preview_urls: [],
  };
}
