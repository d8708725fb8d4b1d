import * as z from "zod";
import type {
  EventSchemaDefinition,
  PropertyRules,
  SchemaPropertyDefinition,
  SchemaPropertyType,
} from "../model/posthog/event-schemas.ts";
import { type Catalog, type EventProperty, requiredType } from "./event.ts";
import type { EventName } from "./events.ts";

/**
 * Events that PostHog refuses when they lack a required property, or when one has another type or value than the catalog
 * says (older releases look at required ones alone). What is refused is lost for good, and PostHog counts nothing before: name an event here once all apps that send it have the
 * catalog's helpers. All others are taken in as they come (`allow`).
 */
export const enforcedEvents: readonly EventName[] = [];

/** The schemas that follow from a catalog, by the event's name. */
export const eventSchemasOf = (
  catalog: Catalog,
  enforced: readonly string[] = enforcedEvents,
): Record<string, EventSchemaDefinition> =>
  Object.fromEntries(
    Object.entries(catalog).map(([name, { properties }]) => [
      name,
      { properties: schemaOf(properties), enforcement: enforced.includes(name) ? "reject" : "allow" },
    ]),
  );

/** Without the properties that are never sent: a schema would ask the apps for them. */
const schemaOf = (properties: Readonly<Record<string, EventProperty>>): EventSchemaDefinition["properties"] =>
  Object.fromEntries(
    Object.entries(properties)
      .filter(([, { privacy }]) => privacy !== "forbidden")
      .map(([name, property]) => [name, propertyOf(property)]),
  );

function propertyOf({ type, unit, meaning, privacy }: EventProperty): SchemaPropertyDefinition {
  const required = !(type instanceof z.ZodOptional);
  // What arrives is the hash, of whatever the value is.
  if (privacy === "hashed") return { type: "String", required, meaning: `${meaning} (a salted hash of it)` };
  const said = z.toJSONSchema(requiredType(type), { unrepresentable: "any" });
  const posthogType = typeOf(said);
  const rules = posthogType === "String" ? textRules(said) : posthogType === "Numeric" ? numberRules(said) : {};
  return {
    type: posthogType,
    required,
    meaning: unit === undefined ? meaning : `${meaning} (${unit})`,
    ...(Object.keys(rules).length > 0 && { rules }),
  };
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

function typeOf({ type, enum: values, const: value }: JsonSchema): SchemaPropertyType {
  const named = type ?? typeof (values?.[0] ?? value);
  if (named === "integer" || named === "number") return "Numeric";
  if (named === "boolean") return "Boolean";
  if (named === "object" || named === "array") return "Object";
  // Everything can be read as a text.
  return "String";
}

function textRules({ enum: values, const: value }: JsonSchema): PropertyRules {
  const allowed = [...(values ?? []), ...(value === undefined ? [] : [value])].filter((one) => typeof one === "string");
  return allowed.length === 0 ? {} : { enum: allowed };
}

const bounds = ["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"] as const;

/** Ignores the bounds of JavaScript's safe integers, which zod adds to each integer. */
const numberRules = (said: JsonSchema): PropertyRules =>
  Object.fromEntries(
    bounds.flatMap((bound) => {
      const value = said[bound];
      return typeof value === "number" && Math.abs(value) < Number.MAX_SAFE_INTEGER ? [[bound, value]] : [];
    }),
  );
