import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Api, ApiRequest, RouteOptions } from "../http/api.ts";
import { forbidden, invalid, notFound } from "../http/errors.ts";
import { choice, danglingReference, definedFields, flag, json, list, parseFields, text } from "../http/fields.ts";
import { page } from "../http/page.ts";
import type { SentEvent } from "../ingest/batch.ts";
import { userBasic } from "../people/users.ts";
import { isObject } from "../queries/source.ts";
import type { EventSchemaRecord, JsonObject, PropertyGroupRecord, SchemaProperty } from "../records.ts";
import type { World } from "../world.ts";

/** Source: posthog/api/schema_property_group.py and posthog/models/schema.py. */
const property = z.object({
  name: text({ max: 400, blank: false }),
  property_type: choice(["DateTime", "String", "Numeric", "Boolean", "Object", "Any"]),
  is_required: flag().optional(),
  is_optional_in_types: flag().optional(),
  /** Newer releases. */
  validation_rules: json().optional(),
  description: text().optional(),
});
const changes = z.object({
  name: text({ max: 400, blank: false }).optional(),
  description: text().optional(),
  properties: list(property).optional(),
});
const created = changes.extend({ name: text({ max: 400, blank: false }) });

/** Source: posthog/api/event_schema.py. */
const join = z.object({ event_definition: text({ blank: false }), property_group_id: text({ blank: false }) });

const options: RouteOptions = { scope: "event_definition" };
const mostInName = 200;

/** Groups of typed properties, and which events have them. */
export function eventSchemaRoutes(world: World, { inProject: onAny }: Api): void {
  if (!world.features.eventSchemas) return;
  const inProject: Api["inProject"] = (method, path, given, handler) =>
    onAny(method, path, given, (request) => {
      // The scope INTERNAL of older releases: no personal key has it (posthog/permissions.py).
      if (!world.features.eventSchemasForKeys) throw forbidden("This action does not support personal API key access");
      return handler(request);
    });
  inProject("GET", "/schema_property_groups", options, ({ url }) => {
    const byName = world.propertyGroups.all().sort((a, b) => a.name.localeCompare(b.name));
    return page(url, byName, (it) => shown(world, it));
  });
  inProject("POST", "/schema_property_groups", options, ({ body, caller }) => {
    const { name, description = "", properties = [] } = parseFields(created, body);
    requireFreeName(world, name, "A property group with this name already exists for this team");
    const at = world.timestamp();
    const made = { id: randomUUID(), name, description, properties: propertiesOf(world, properties) };
    world.propertyGroups.put({ ...made, created_by: caller.userId, created_at: at, updated_at: at });
    return Response.json(shown(world, known(world, made.id)), { status: 201 });
  });
  inProject("GET", "/schema_property_groups/:id", options, ({ path }) =>
    Response.json(shown(world, known(world, path("id")))),
  );
  for (const method of ["PATCH", "PUT"] as const)
    inProject(method, "/schema_property_groups/:id", options, ({ path, body }) => {
      const before = known(world, path("id"));
      const { properties, ...fields } = parseFields(method === "PUT" ? created : changes, body);
      if (fields.name !== undefined && fields.name !== before.name)
        requireFreeName(world, fields.name, "A property group with this name already exists");
      // The id of a property is read-only, so that no given one is an existing one: all are made anew.
      const after = properties === undefined ? before.properties : propertiesOf(world, properties);
      const changed = { ...before, ...definedFields(fields), properties: after, updated_at: world.timestamp() };
      return Response.json(shown(world, world.propertyGroups.put(changed as PropertyGroupRecord)));
    });
  inProject("DELETE", "/schema_property_groups/:id", options, ({ path }) => {
    const { id } = known(world, path("id"));
    for (const joined of world.eventSchemas.where("property_group", id)) world.eventSchemas.delete(joined.id);
    world.propertyGroups.delete(id);
    return new Response(null, { status: 204 });
  });

  inProject("GET", "/event_schemas", options, ({ url }) => {
    const of = url.searchParams.get("event_definition");
    const found = of ? world.eventSchemas.where("event_definition", of) : world.eventSchemas.all();
    return page(url, found.toReversed(), (it) => shownJoin(world, it));
  });
  inProject("POST", "/event_schemas", options, ({ body }) => {
    const { event_definition, property_group_id } = parseFields(join, body);
    if (world.eventDefinitions.get(event_definition) === null)
      throw danglingReference(event_definition, "event_definition");
    const group = world.propertyGroups.get(property_group_id);
    if (group === null) throw danglingReference(property_group_id, "property_group_id");
    if (joinsOf(world, event_definition).some((one) => one.property_group === group.id))
      throw invalid(`Property group '${group.name}' is already added to this event schema`);
    const at = world.timestamp();
    const made = { id: randomUUID(), event_definition, property_group: group.id, created_at: at, updated_at: at };
    return Response.json(shownJoin(world, world.eventSchemas.put(made)), { status: 201 });
  });
  inProject("DELETE", "/event_schemas/:id", options, ({ path }: ApiRequest) => {
    if (!world.eventSchemas.delete(path("id"))) throw notFound();
    return new Response(null, { status: 204 });
  });
}

function known(world: World, id: string): PropertyGroupRecord {
  const found = world.propertyGroups.get(id);
  if (found === null) throw notFound();
  return found;
}

const joinsOf = (world: World, definition: string): EventSchemaRecord[] =>
  world.eventSchemas.where("event_definition", definition);

function requireFreeName(world: World, name: string, message: string): void {
  if (world.propertyGroups.all().some((group) => group.name === name)) throw invalid(message, "name");
}

function propertiesOf(world: World, given: readonly z.infer<typeof property>[]): SchemaProperty[] {
  const names = given.map(({ name }) => name);
  for (const name of names) {
    if (name.length > mostInName) throw invalid(`Property name must be ${mostInName} characters or less`, "properties");
    if (names.indexOf(name) !== names.lastIndexOf(name))
      throw invalid(`A property named '${name}' already exists in this group`, "properties");
  }
  const made = given.map(({ name, property_type, ...rest }) => {
    const rules = isObject(rest.validation_rules) ? rest.validation_rules : null;
    if (world.features.propertyRules && rules !== null) checkRules(property_type, rules);
    return {
      id: randomUUID(),
      name,
      property_type,
      is_required: rest.is_required ?? false,
      is_optional_in_types: rest.is_optional_in_types ?? false,
      validation_rules: world.features.propertyRules ? rules : null,
      description: rest.description ?? "",
    };
  });
  return made.sort((a, b) => a.name.localeCompare(b.name));
}

const bad = (detail: string) => invalid(detail, "validation_rules");

function checkRules(type: string, rules: JsonObject): void {
  const keys = Object.keys(rules);
  if (keys.length === 0) return;
  if (type !== "String" && type !== "Numeric") throw bad(`Validation rules are not supported for ${type} properties`);
  const allowed = type === "String" ? ["enum", "not"] : ["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"];
  const extra = keys.filter((key) => !allowed.includes(key));
  if (extra.length > 0) throw bad(`Unrecognized keys for ${type} validation: ${extra.sort().join(", ")}`);
  if (type === "Numeric") {
    for (const key of keys) if (typeof rules[key] !== "number") throw bad(`'${key}' must be a number`);
    return;
  }
  if (keys.length > 1) throw bad("Cannot specify both 'enum' and 'not' — use one or the other");
  const values = rules.enum ?? (isObject(rules.not) ? rules.not.enum : undefined);
  if (!Array.isArray(values)) throw bad("'enum' must be a list");
  if (values.length === 0) throw bad("'enum' list must not be empty");
  if (!values.every((value) => typeof value === "string")) throw bad("All 'enum' values must be strings");
}

function shown(world: World, { created_by, properties, ...group }: PropertyGroupRecord) {
  const events = world.eventSchemas.where("property_group", group.id).flatMap(({ event_definition }) => {
    const found = world.eventDefinitions.get(event_definition);
    return found === null ? [] : [{ id: found.id, name: found.name }];
  });
  return {
    ...group,
    properties: properties.map(({ validation_rules, ...one }) => ({
      ...one,
      ...(world.features.propertyRules && { validation_rules }),
      ...{ created_at: group.updated_at, updated_at: group.updated_at },
    })),
    events: events.sort((a, b) => a.name.localeCompare(b.name)),
    created_by: userBasic(world, created_by),
  };
}

const shownJoin = (world: World, { property_group, ...it }: EventSchemaRecord) => ({
  ...it,
  property_group: shown(world, known(world, property_group)),
});

/**
 * Whether an event is refused because it is not as its schema says. Of events whose definition says `reject`, each required
 * property must be there, and each that is there must be of one of its types and within one of its rules (older releases look
 * at required ones alone). Properties that no group has pass. Source: nodejs/src/ingestion, validate-event-schema.ts.
 */
export function isRefused(world: World, { event, properties }: SentEvent): boolean {
  if (!world.features.eventSchemas) return false;
  const definition = world.eventDefinitions.where("name", event)[0];
  if (definition?.enforcement_mode !== "reject") return false;
  const all = joinsOf(world, definition.id).flatMap((one) => known(world, one.property_group).properties);
  return [...new Set(all.map(({ name }) => name))].some((name) => {
    const said = all.filter((one) => one.name === name);
    const value = properties[name];
    if (value === null || value === undefined) return said.some((one) => one.is_required);
    if (!said.some(({ property_type }) => isOfType(value, property_type))) return true;
    const rules = said.flatMap(({ validation_rules: one }) => (one && Object.keys(one).length > 0 ? [one] : []));
    return rules.length > 0 && !rules.some((one) => isWithin(value, one));
  });
}

function isOfType(value: unknown, type: SchemaProperty["property_type"]): boolean {
  switch (type) {
    case "String":
    case "Any":
      return true;
    case "Numeric":
      if (typeof value === "string") return value.trim() !== "" && Number.isFinite(Number(value.trim()));
      return typeof value === "number";
    case "Boolean":
      return typeof value === "boolean" || value === "true" || value === "false";
    case "DateTime":
      return typeof value === "number" || (typeof value === "string" && !Number.isNaN(Date.parse(value)));
    case "Object":
      return typeof value === "object";
  }
}

function isWithin(value: unknown, rules: JsonObject): boolean {
  const listed = (values: unknown) => Array.isArray(values) && values.includes(String(value));
  if (rules.enum !== undefined) return listed(rules.enum);
  if (isObject(rules.not)) return !listed(rules.not.enum);
  const number = Number(value);
  const bound = (key: string, otherwise: number) => (typeof rules[key] === "number" ? rules[key] : otherwise);
  return (
    number >= bound("minimum", Number.NEGATIVE_INFINITY) &&
    number > bound("exclusiveMinimum", Number.NEGATIVE_INFINITY) &&
    number <= bound("maximum", Number.POSITIVE_INFINITY) &&
    number < bound("exclusiveMaximum", Number.POSITIVE_INFINITY)
  );
}
