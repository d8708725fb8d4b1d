import { isEmpty, isProperties, isUnknown, type Properties, unknown, type Value } from "./values.ts";

/** Attributes of a property in Terraform's terms, which the real plugins follow. */
export interface Property {
  /**
   * `required` and `optional` come from the program; `computed` from the server; `kept` from the program, or, if it is not
   * set there, the server's value stays.
   */
  from: "required" | "optional" | "kept" | "computed";
  type: "string" | "integer" | "boolean" | "list" | "set" | "object";
  /** Default value; only for `optional`. */
  default?: Value;
  /** Whether a change requires a replacement. */
  replaces?: boolean | ((before: Value | undefined, after: Value | undefined) => boolean);
  /** Whether Pulumi makes up a name from the resource's name when none is given. */
  autonamed?: boolean;
  /** For structured properties: merges the program's value with the present one. */
  plan?: (input: Value | undefined, present: Value | undefined) => Value | undefined;
}

export type Shape = Readonly<Record<string, Property>>;

export interface Finding {
  property: string;
  reason: string;
}

/** Invalid inputs: missing, of a wrong type, or unknown. */
export function findings(shape: Shape, inputs: Properties): Finding[] {
  const found: Finding[] = [];
  for (const [name, { from, type }] of Object.entries(shape)) {
    const value = inputs[name];
    if (value === undefined || value === null) {
      if (from === "required") found.push({ property: name, reason: `Missing required property '${name}'` });
    } else if (from === "computed")
      found.push({ property: name, reason: `'${name}' cannot be set: the server gives it` });
    else if (!isUnknown(value) && !fits(type, value))
      found.push({ property: name, reason: `expected ${type} value, got ${kindOf(value)} type` });
  }
  for (const name of Object.keys(inputs))
    if (!(name in shape) && !name.startsWith("__"))
      found.push({ property: name, reason: `Invalid or unknown key '${name}'` });
  return found;
}

function fits(type: Property["type"], value: Value): boolean {
  if (type === "list" || type === "set") return Array.isArray(value);
  if (type === "object") return isProperties(value);
  if (type === "integer") return typeof value === "number" && Number.isInteger(value);
  return typeof value === type;
}

const kindOf = (value: Value) => (Array.isArray(value) ? "list" : typeof value);

/**
 * The planned object: the program's inputs, defaults, and present values of properties that the server decides. `present` is
 * null for a new object, whose computed properties are unknown.
 */
export function plan(
  shape: Shape,
  inputs: Properties,
  present: Properties | null,
  ignored: readonly string[] = [],
): Properties {
  const planned: Record<string, Value> = {};
  for (const [name, property] of Object.entries(shape)) {
    const value = plannedValue(property, inputs[name], present?.[name], present === null);
    if (value !== undefined && value !== null) planned[name] = value;
  }
  return present === null
    ? planned
    : ignored.reduce((result, path) => keep(result, present, parsePath(path)), planned as Properties);
}

function plannedValue(
  property: Property,
  input: Value | undefined,
  present: Value | undefined,
  isNew: boolean,
): Value | undefined {
  if (property.plan !== undefined) return property.plan(input, present);
  if (property.from === "computed") return present ?? (isNew ? unknown : undefined);
  if (!isEmpty(input)) return input;
  if (property.from === "kept") return present ?? (isNew ? unknown : undefined);
  return property.default;
}

/** The object without computed properties: what a request can set. */
export function withoutUnknowns(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => !isUnknown(value)));
}

/** Replaces a planned value with the present one at a path: Pulumi's `ignoreChanges`. */
function keep(planned: Properties, present: Properties, [step, ...rest]: readonly string[]): Properties {
  if (step === undefined) return planned;
  const { [step]: inner, ...others } = planned;
  const there = present[step];
  if (rest.length > 0 && isProperties(there))
    return { ...others, [step]: keep(isProperties(inner) ? inner : {}, there, rest) };
  return there === undefined ? others : { ...others, [step]: there };
}

/** Splits `a.b["c.d"]` into keys. */
export function parsePath(path: string): string[] {
  return [...path.matchAll(/\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, word]) => quoted ?? index ?? word ?? "",
  );
}
