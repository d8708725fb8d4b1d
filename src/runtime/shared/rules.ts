import * as z from "zod";
import type { Catalog, EventProperty } from "../../catalog/event.ts";
import type { EventRules, PersonRules, ValueRule } from "./rule.ts";

interface PropertySchema {
  type?: string;
  not?: unknown;
  enum?: string[];
  minimum?: number;
  minLength?: number;
  pattern?: string;
}

/** Reads the rules from a catalog. Needs zod: runs at build time, or in a process that loads zod anyway. */
export function rulesOf(catalog: Catalog): EventRules {
  return mapValues(catalog, ({ schema, properties }) => {
    const json = z.toJSONSchema(schema, { unrepresentable: "any" }) as {
      properties?: Record<string, PropertySchema>;
      required?: string[];
    };
    return mapValues(properties, ({ privacy }, name) => ({
      privacy,
      ...valueRule(json.properties?.[name] ?? {}),
      ...(json.required?.includes(name) ? {} : { optional: true as const }),
    }));
  });
}

/** The same for the properties of a person; all of them are optional. */
export function personRulesOf(people: Readonly<Record<string, EventProperty>>): PersonRules {
  return mapValues(people, ({ type, privacy }) => ({
    privacy,
    ...valueRule(z.toJSONSchema(type, { unrepresentable: "any" }) as PropertySchema),
    optional: true as const,
  }));
}

const simpleTypes = ["string", "number", "integer", "boolean"] as const;

function valueRule(schema: PropertySchema): Omit<ValueRule, "privacy"> {
  return {
    type: schema.not ? "none" : (simpleTypes.find((type) => type === schema.type) ?? "json"),
    ...(schema.enum && { oneOf: schema.enum }),
    ...(schema.minimum !== undefined && schema.minimum > Number.MIN_SAFE_INTEGER && { minimum: schema.minimum }),
    ...(schema.minLength !== undefined && { minLength: schema.minLength }),
    ...(schema.pattern !== undefined && { pattern: schema.pattern }),
  };
}

function mapValues<Value, Result>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value, key: string) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
