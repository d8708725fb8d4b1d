import * as z from "zod";
import type { Catalog, EventProperty } from "../../catalog/event.ts";
import type { FlagCatalog } from "../../catalog/flag.ts";
import type { App, VariableTable } from "../../catalog/variable.ts";
import { flagFactsOf } from "../shared/flag-facts.ts";
import { personRulesOf, rulesOf } from "../shared/rules.ts";
import { variableRulesOf } from "../shared/variable-rules.ts";

/**
 * Compiles the catalog to a module of plain data and types, with the catalog's texts as comments. It replaces
 * shared/catalog.ts in the package, so that the package contains neither zod nor the catalog's sources.
 *
 * @param source include only the rules of this app's events; default: all
 */
export function compileCatalog(catalog: Catalog, source?: "browser" | "server"): string {
  const entries = Object.entries(catalog);
  const ruled = Object.fromEntries(entries.filter(([, event]) => source === undefined || event.source === source));
  return `import type { EventRules } from "./rule.ts";

interface Events {
${entries
  .map(
    ([name, { source, purpose, owner, properties }]) => `${comment(`${purpose}. Owner: ${owner}.`, "  ")}
  ${JSON.stringify(name)}: {
    source: ${JSON.stringify(source)};
    properties: ${propertiesOf(properties)};
  };`,
  )
  .join("\n")}
}

/** Name of an event that BrandVX measures. */
export type EventName = keyof Events;

/** Properties of an event as an app passes them: optional ones optional, unknown ones not allowed. */
export type EventProperties<Name extends EventName> = Events[Name]["properties"];

/** Names of the events that an app sends. */
export type EventNameFrom<Source extends "browser" | "server"> = {
  [Name in EventName]: Events[Name]["source"] extends Source ? Name : never;
}[EventName];

/** What every event of the catalog may carry. */
export const eventRules: EventRules = ${JSON.stringify(rulesOf(ruled))};
`;
}

function propertiesOf(properties: Readonly<Record<string, EventProperty>>): string {
  const lines = Object.entries(properties).map(([name, { type, meaning, unit }]) => {
    const optional = type.safeParse(undefined).success;
    return `${comment(unit ? `${meaning}. Unit: ${unit}.` : `${meaning}.`, "      ")}
      ${JSON.stringify(name)}${optional ? "?" : ""}: ${typeOf(type)}${optional ? " | undefined" : ""};`;
  });
  return lines.length > 0 ? `{\n${lines.join("\n")}\n    }` : "Record<string, never>";
}

/** The same for person properties; replaces shared/people.ts. */
export function compilePeople(people: Readonly<Record<string, EventProperty>>): string {
  return `import type { PersonRules } from "./rule.ts";

/** What \`identify\` takes of a person. */
export interface PersonProperties {
${personPropertiesOf(people)}
}

/** What may be known of a person. */
export const personRules: PersonRules = ${JSON.stringify(personRulesOf(people))};
`;
}

function personPropertiesOf(people: Readonly<Record<string, EventProperty>>): string {
  return Object.entries(people)
    .map(
      ([name, { type, meaning }]) =>
        `${comment(`${meaning}.`, "  ")}\n  readonly ${JSON.stringify(name)}?: ${typeOf(type)} | undefined;`,
    )
    .join("\n");
}

/** The TypeScript type of a property, from its JSON Schema. */
function typeOf(type: z.ZodType): string {
  const { type: name, enum: values, not } = z.toJSONSchema(type, { unrepresentable: "any" });
  if (not) return "never";
  if (values) return values.map((value) => JSON.stringify(value)).join(" | ");
  switch (name) {
    case "integer":
    case "number":
      return "number";
    case "string":
    case "boolean":
      return name;
    default:
      return "unknown";
  }
}

function comment(text: string, indent: string): string {
  return `${indent}/** ${text.replaceAll("*/", "*\\/").replaceAll(/\s+/g, " ")} */`;
}

/** Compiles the feature flags to their values and types; replaces shared/flags.ts in the package. */
export function compileFlags(flags: FlagCatalog): string {
  const facts = flagFactsOf(flags);
  const types = Object.entries(facts).map(([key, { values, whenAway }]) => {
    const { meaning, owner } = flags[key] as FlagCatalog[string];
    const isBoolean = values.includes(true);
    const type = isBoolean ? "boolean" : values.map((value) => JSON.stringify(value)).join(" | ");
    return `${comment(`${meaning}. Owner: ${owner}. While PostHog is away: ${whenAway}.`, "  ")}
  readonly ${JSON.stringify(key)}: ${type};`;
  });
  return `import type { FlagFact } from "./flag-facts.ts";

interface FlagValues {
${types.join("\n")}
}

/** Key of a feature flag. */
export type FlagKey = keyof FlagValues;

/** A flag's value: a variant or false, for a flag without variants true or false. */
export type FlagValueOf<Key extends FlagKey> = FlagValues[Key];

/** The values of every flag. */
export const flagFacts: Readonly<Record<FlagKey, FlagFact>> = ${JSON.stringify(facts)};
`;
}

/** Compiles the credential map to plain types and rules with the map's texts; replaces shared/environment.ts in the package. */
export function compileEnvironment(table: VariableTable): string {
  const variablesOf = (app: App) =>
    Object.entries(table)
      .filter(([, variable]) => variable.app === app)
      .map(
        ([name, { meaning, example }]) => `${comment(`${meaning} E.g. ${example}`, "  ")}
  readonly ${name}?: string | undefined;`,
      )
      .join("\n");
  const rules = (app: App) => JSON.stringify(variableRulesOf(table, app));
  return `import type { VariableRule } from "./variables.ts";

/** The browser app's part of the credential map. Everything is optional: what is not set is not used. */
export interface BrowserVariables {
${variablesOf("browser")}
}

/** The backend's part of the credential map. Everything is optional: what is not set is not used. */
export interface ServerVariables {
${variablesOf("server")}
}

/** What each of the browser app's variables must look like. */
export const browserRules: Readonly<Record<keyof BrowserVariables, VariableRule>> = ${rules("browser")};

/** What each of the backend's variables must look like. */
export const serverRules: Readonly<Record<keyof ServerVariables, VariableRule>> = ${rules("server")};
`;
}
