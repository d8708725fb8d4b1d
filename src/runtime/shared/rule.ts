import type { PrivacyClass } from "../../catalog/privacy.ts";

/**
 * Allowed values of one property of an event, as plain data: the part of its JSON Schema that can be checked with
 * little code.
 */
export interface ValueRule {
  readonly privacy: PrivacyClass;
  /** "json" is any value: a type that these rules cannot describe. It is still redacted. "none" allows no value. */
  readonly type: "string" | "number" | "integer" | "boolean" | "json" | "none";
  readonly optional?: true;
  readonly oneOf?: readonly string[];
  readonly minimum?: number;
  readonly minLength?: number;
  readonly pattern?: string;
}

/** Name of a person's property -> rule. */
export type PersonRules = Readonly<Record<string, ValueRule>>;

/** Event name -> property name -> rule. */
export type EventRules = Readonly<Record<string, Readonly<Record<string, ValueRule>>>>;
