import { same } from "./changes.ts";
import type { Property, Shape } from "./shape.ts";
import { isEmpty, isProperties, type Properties, type Value } from "./values.ts";

/** The inputs that would produce the present object: the old ones with changes, or all settable fields for an import. */
export function inputsOf(shape: Shape, old: Properties | null, state: Properties): Properties {
  if (old === null)
    return pick(shape, ([name, property]) => {
      const value = state[name];
      if (property.from === "computed" || isEmpty(value)) return undefined;
      return property.from !== "required" && isDefault(property, value) ? undefined : value;
    });
  return pick(shape, ([name]) => (old[name] === undefined ? undefined : refreshed(old[name], state[name])));
}

/** Only the keys of an object that the program set; a map with the program's own names is kept whole. */
function refreshed(old: Value, present: Value | undefined): Value | undefined {
  if (present === undefined || !isProperties(old) || !isProperties(present)) return present;
  const names = Object.values(old).every((value) => isProperties(value) && "type" in value)
    ? Object.keys(present)
    : Object.keys(old);
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = name in old ? refreshed(old[name] ?? null, present[name]) : present[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Without a default, Terraform's zero value means that nobody has set one (pulumi-terraform-bridge: isDefaultOrZeroValue). */
const isDefault = (property: Property, value: Value | undefined): boolean =>
  property.default === undefined ? value === "" || value === 0 || value === false : same(value, property.default);

function pick(shape: Shape, value: (entry: [string, Shape[string]]) => Value | undefined): Properties {
  return Object.fromEntries(
    Object.entries(shape).flatMap((entry) => {
      const found = value(entry);
      return found === undefined || found === null ? [] : [[entry[0], found]];
    }),
  );
}

/** Pulumi's auto-name: the resource's name and seven hex digits; an existing name stays. */
export function autoName(
  shape: Shape,
  inputs: Properties,
  old: Properties,
  resource: string,
  seed: Uint8Array,
): Properties {
  const made = `${resource}-${Buffer.from(seed).toString("hex").slice(0, 7)}`;
  const names = Object.entries(shape)
    .filter(([name, property]) => property.autonamed && isEmpty(inputs[name]))
    .map(([name]) => [name, old[name] ?? made]);
  return { ...inputs, ...Object.fromEntries(names) };
}
