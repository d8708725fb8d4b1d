import type { Catalog, EventProperty } from "../../../catalog/event.ts";
import { own } from "../../../model/json.ts";

/**
 * What the compiler knows about the catalog: a builder's source is written only if it compiles. zod types are recognized by
 * name, since a checkout's catalog uses that checkout's own copy of zod.
 */
export class CatalogNames {
  readonly #catalog: Catalog;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  hasEvent = (event: unknown): event is string => typeof event === "string" && Object.hasOwn(this.#catalog, event);

  hasProperty = (events: readonly string[], property: string): boolean => this.#types(events, property).length > 0;

  /** Whether it is a number, which can be averaged and compared. */
  isNumber = (events: readonly string[], property: string): boolean =>
    this.#types(events, property).some(({ type }) => type === "number");

  isBoolean = (events: readonly string[], property: string): boolean =>
    this.#types(events, property).some(({ type }) => type === "boolean");

  /** Any text, not only listed values. */
  isFreeText = (events: readonly string[], property: string): boolean =>
    this.#types(events, property).some(({ type }) => type === "string");

  /** Whether the property may have the value. */
  fits = (events: readonly string[], property: string, value: unknown): boolean =>
    this.#types(events, property).some(({ type, words }) =>
      type === "enum" ? words.includes(String(value)) && typeof value === "string" : typeof value === type,
    );

  #types(events: readonly string[], property: string): PropertyType[] {
    return events.flatMap((event) => {
      const found = own(own(this.#catalog, event)?.properties, property);
      return found === undefined || found.privacy === "forbidden" ? [] : [typeOf(found)];
    });
  }
}

interface PropertyType {
  /** zod's name of the type: "string", "number", "boolean", "enum", … */
  readonly type: string;
  readonly words: readonly string[];
}

interface ZodDefinition {
  readonly type: string;
  readonly innerType?: { readonly def: ZodDefinition };
  readonly entries?: Readonly<Record<string, unknown>>;
}

function typeOf({ type }: EventProperty): PropertyType {
  let def = type.def as ZodDefinition;
  while (def.innerType) def = def.innerType.def;
  return { type: def.type, words: Object.values(def.entries ?? {}).map(String) };
}
