import * as z from "zod";
import type { Owner } from "./owners.ts";
import type { PrivacyClass } from "./privacy.ts";

/** The app that sends the event: the operator UI (posthog-js) or the backend (posthog-node, Python SDK). */
export type App = "browser" | "server";

/** Unit of a number. Every numeric property has one. */
export type Unit =
  | "characters"
  | "milliseconds"
  | "seconds"
  | "tokens"
  | "US dollars"
  | "stars, 1 to 5"
  | "HTTP status"
  | "step, from 1"
  | "line, from 1"
  | "column, from 1";

/** Why a name is not in dot.case. New events cannot claim either: the check knows the six names that may. */
export type NamingException = "PostHog's own name" | "older than the dot.case rule";

export interface EventProperty {
  /** zod type of the value. `.optional()` makes the property optional. */
  readonly type: z.ZodType;
  /** Required where `type` is a number. */
  readonly unit?: Unit;
  /** Meaning of the value, for readers of a chart. */
  readonly meaning: string;
  readonly privacy: PrivacyClass;
}

export interface EventDefinition {
  readonly source: App;
  /** When it is sent and what it is for. */
  readonly purpose: string;
  readonly owner: Owner;
  readonly properties: Readonly<Record<string, EventProperty>>;
  readonly namingException?: NamingException;
}

/** One entry of the catalog: its description and the zod schema of its properties, in which no other key is allowed. */
export type CatalogEvent<Definition extends EventDefinition = EventDefinition> = Definition & {
  readonly schema: z.ZodObject<
    { -readonly [Name in keyof Definition["properties"]]: Definition["properties"][Name]["type"] },
    z.core.$strict
  >;
};

/** Any catalog, as a plain structure; input of checks and generators. */
export type Catalog = Readonly<Record<string, CatalogEvent>>;

/**
 * Makes a catalog entry of a description.
 * @example
 * event({
 *   source: "server",
 *   purpose: "The tenant's client opened the message",
 *   owner: "messaging",
 *   properties: { channel: z.enum(["sms", "email"]) },
 * });
 */
export function event<const Definition extends EventDefinition>(definition: Definition): CatalogEvent<Definition> {
  const types = Object.entries(definition.properties).map(([name, property]) => [name, property.type]);
  // Object.fromEntries loses the type of each name; the return type restores it.
  return { ...definition, schema: z.strictObject(Object.fromEntries(types)) } as CatalogEvent<Definition>;
}

/** A property's zod type without its `.optional()`. */
export function requiredType(type: z.ZodType): z.ZodType {
  return type instanceof z.ZodOptional ? requiredType(type.unwrap() as z.ZodType) : type;
}
