import type { PropertyOf } from "../plan.ts";

/** A property's type as PostHog's property definitions give it; text and numeric operators depend on it. */
export type PropertyType = "String" | "Numeric" | "Boolean" | "DateTime";

export type PropertyTypes = Readonly<Partial<Record<PropertyOf, Readonly<Record<string, PropertyType>>>>>;

/** Half a year: a number no older than that may be a time (PostHog: SIX_MONTHS_AGO_SECS). */
const recentSeconds = 15_768_000;

const timeWords = ["time", "timestamp", "date", "_at", "-at", "createdat", "updatedat"];

const dateLike = /^(?:\d{4}[/-][0-2]\d[/-][0-3]\d|[0-2]\d[/-][0-3]\d[/-]\d{4})(?:[ T][0-2]\d:[0-6]\d:[0-6]\d.*)?$/;

const rfc2822 =
  /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),\s+)?\d{1,2}\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s+\d{4}\s/;

/**
 * The type that PostHog gives a property when it first sees it with this value; undefined for null, lists and objects,
 * which determine no type (PostHog: rust property definitions, detect_property_type).
 */
export function detectType(key: string, value: unknown, nowSeconds: number): PropertyType | undefined {
  const name = key.toLowerCase();
  if (/^(?:utm_|\$initial_utm_|\$feature\/|\$survey_response|\$feature_flag_response$)/.test(name)) return "String";
  if (timeWords.some((word) => name.includes(word)) && isTime(value, nowSeconds)) return "DateTime";
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) ? "Numeric" : undefined;
    case "boolean":
      return "Boolean";
    case "string":
      if (/^(?:true|false|TRUE|FALSE)$/.test(value.trim())) return "Boolean";
      return isDate(value.trim()) ? "DateTime" : "String";
    default:
      return undefined;
  }
}

function isTime(value: unknown, nowSeconds: number): boolean {
  if (typeof value === "number") return Number.isInteger(value) && value >= nowSeconds - recentSeconds;
  return typeof value === "string" && isDate(value);
}

/** Whether PostHog can read this text as a value of the type. */
export function isOfType(text: string, type: PropertyType): boolean {
  if (type === "Boolean") return /^(?:true|false)$/.test(text);
  if (type === "Numeric") return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(text);
  return type === "String" || isDate(text.trim());
}

function isDate(text: string): boolean {
  return dateLike.test(text) || rfc2822.test(text);
}
