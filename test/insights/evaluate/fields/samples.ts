import { readFixture } from "../../../vendors/openapi.ts";

/*
 * Values for the fields of PostHog's query schema.
 */

export interface Schema {
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

const { definitions } = readFixture("posthog-schema") as {
  definitions: Readonly<Record<string, Schema>>;
};

export function definition(name: string): Schema {
  const found = definitions[name];
  if (found === undefined) throw new Error(`PostHog's schema has no ${name}`);
  return found;
}

const resolved = (schema: Schema): Schema =>
  schema.$ref === undefined ? schema : definition(schema.$ref.replace("#/definitions/", ""));

/** Texts that have a meaning in their field. */
const texts: Readonly<Record<string, string>> = {
  date_from: "2020-01-12",
  date_to: "2020-01-14",
  compare_to: "-1w",
  formula: "A * 2",
  formulas: "A * 2",
  event: "other",
  breakdown: "$browser",
  property: "$browser",
  key: "plan",
  value: "Safari",
  math_property: "other",
  math_property_type: "person_properties",
  funnelAggregateByHogQL: "properties.$session_id",
};

/** Objects that have no effect when they are empty. */
const fieldsOf: Readonly<Record<string, object>> = {
  compareFilter: { compare: true },
  trendsFilter: { formula: "A * 2" },
  modifiers: { debug: true },
  breakdownFilter: { breakdown: "$browser", breakdown_type: "event" },
};

export interface Sample {
  readonly value: unknown;
  /** Whether it is a value of an enumeration: then each value must have an effect, not just one. */
  readonly isEnumerated: boolean;
}

/** Deeper than any field that is tested; filters may be nested without end. */
const deepest = 12;

/** Values that a field may have, of each kind. */
export function samples(schema: Schema, name: string, depth = 0): Sample[] {
  if (depth > deepest) return [];
  const { const: constant, enum: values, anyOf, type, items, properties = {}, required = [] } = resolved(schema);
  const plain = (...all: unknown[]): Sample[] => all.map((value) => ({ value, isEnumerated: false }));
  if (constant !== undefined) return [{ value: constant, isEnumerated: true }];
  if (fieldsOf[name] !== undefined) return plain(fieldsOf[name]);
  if (values) return values.filter((value) => value !== null).map((value) => ({ value, isEnumerated: true }));
  if (anyOf) return anyOf.flatMap((one) => samples(one, name, depth + 1));
  return [type ?? "string"].flat().flatMap((one): Sample[] => {
    if (one === "boolean") return plain(true);
    if (one === "number" || one === "integer") return plain(0.5, 1, 2);
    if (one === "string") return plain(texts[name] ?? "something");
    if (one === "array")
      return (items ? samples(items, name, depth + 1) : []).map((item) => ({ ...item, value: [item.value] }));
    if (one !== "object") return [];
    const own = Object.keys(properties).filter((key) => required.includes(key) || key === "type" || key === "kind");
    return plain(Object.fromEntries(own.map((key) => [key, firstSample(properties[key] ?? {}, key)])));
  });
}

function firstSample(schema: Schema, key: string): unknown {
  const plain = resolved(schema);
  return plain.type === "array" ? [] : samples(plain, key, deepest - 2)[0]?.value;
}
