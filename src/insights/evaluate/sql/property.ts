import { NotEvaluable } from "../errors.ts";
import type { BreakdownBy, PropertyOf } from "../plan.ts";
import type { PropertyType } from "../table/property-types.ts";
import { sqlText } from "./literal.ts";

/** What queries need to know about the stored properties. */
export interface PropertyKnowledge {
  propertyType(of: PropertyOf, key: string): PropertyType | undefined;
  /** Whether the type is uncertain: no definition sets it, and not all values match the detected one. */
  isTypeGuess(of: PropertyOf, key: string): boolean;
  wasEverEmpty(of: PropertyOf, key: string): boolean;
  readonly hasPersonProperties: boolean;
}

export interface StoredProperty {
  readonly of: PropertyOf;
  readonly key: string;
  readonly where: string;
}

/** SQL for the property's text as PostHog extracts it; NULL where it is missing. */
export function rawText({ of, key, where }: StoredProperty, known: PropertyKnowledge): string {
  if (of === "person" && !known.hasPersonProperties) {
    throw new NotEvaluable("a person property", where, "no event came with the properties of its person");
  }
  return `raw_text(${of === "event" ? "properties" : "person_properties"}, ${pointerSql(key)}, escapes)`;
}

/**
 * SQL for an event's column `$session_id`, which is never NULL: an empty text when the property is missing, and the
 * text null when it is null (PostHog: posthog/models/event/sql.py, trimmed JSONExtractRaw in a VARCHAR).
 */
export function sessionColumn(known: PropertyKnowledge, where: string): string {
  const key = "$session_id";
  const raw = rawText({ of: "event", key, where }, known);
  return `coalesce(${raw}, CASE WHEN json_exists(properties, ${pointerSql(key)}) THEN 'null' ELSE '' END)`;
}

function pointerSql(key: string): string {
  return sqlText(`/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
}

/** The property's type; undefined for one that is read as text. Times are refused. */
export function readableType(
  property: StoredProperty,
  known: PropertyKnowledge,
): Exclude<PropertyType, "DateTime"> | undefined {
  const type = known.propertyType(property.of, property.key);
  if (type === "DateTime") {
    throw new NotEvaluable(`the property ${property.key}`, property.where, "PostHog reads it as a time");
  }
  return type;
}

/** SQL that converts a raw text to the property's type and back to text, as PostHog does. */
export function typedText(raw: string, type: PropertyType | undefined): string {
  if (type === "Numeric") return `number_text(to_number(${raw}))`;
  return type === "Boolean" ? `CAST(to_boolean(${raw}) AS VARCHAR)` : raw;
}

/** SQL for the text that a breakdown groups by; NULL where the property is missing. */
export function breakdownText(by: BreakdownBy, known: PropertyKnowledge): string {
  const text = typedText(rawText(by, known), readableType(by, known));
  if (!by.normalizeUrl) return text;
  const trimmed = `rtrim(${text}, '/?#')`;
  return `CASE WHEN ${trimmed} = '' THEN '/' ELSE ${trimmed} END`;
}
