import * as z from "zod";
import { type Catalog, requiredType } from "./event.ts";

/** A catalog as plain data, for documents and for comparing two versions. */
export type CatalogFacts = Readonly<Record<string, EventFacts>>;

export interface EventFacts {
  readonly source: string;
  readonly purpose: string;
  readonly owner: string;
  readonly properties: Readonly<Record<string, PropertyFacts>>;
}

export interface PropertyFacts {
  /** "text", "whole number, at least 1", "sms or email", … */
  readonly type: string;
  readonly optional: boolean;
  readonly unit: string | undefined;
  readonly privacy: string;
  readonly meaning: string;
}

export const catalogFacts = (catalog: Catalog): CatalogFacts =>
  Object.fromEntries(
    Object.entries(catalog).map(([name, { source, purpose, owner, properties }]) => [
      name,
      {
        ...{ source, purpose, owner },
        properties: Object.fromEntries(
          Object.entries(properties).map(([property, { type, unit, privacy, meaning }]) => [
            property,
            { type: typeWords(type), optional: type instanceof z.ZodOptional, unit, privacy, meaning },
          ]),
        ),
      },
    ]),
  );

/** A zod type in words, by way of its JSON Schema. */
function typeWords(type: z.ZodType): string {
  const schema = z.toJSONSchema(requiredType(type), { unrepresentable: "any" });
  if (schema.not !== undefined) return "never";
  if (schema.enum) return schema.enum.map(String).join(" or ");
  switch (schema.type) {
    case "string":
      return schema.maxLength === undefined ? "text" : `text, at most ${schema.maxLength} characters`;
    case "integer":
      return `whole number${bound(schema.minimum)}`;
    case "number":
      return `number${bound(schema.minimum)}`;
    case "boolean":
      return "true or false";
    default:
      return typeof schema.type === "string" ? schema.type : "anything";
  }
}

/** Ignores the bounds of JavaScript's safe integers, which zod adds to each integer. */
const bound = (minimum: number | undefined): string =>
  minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? "" : `, at least ${minimum}`;
