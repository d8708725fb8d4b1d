import type { PrivacyClass } from "../../catalog/privacy.ts";

/** What one property of an event may hold, as plain data: the part of its JSON Schema that can be checked in a few bytes. */
export interface ValueRule {
  readonly privacy: PrivacyClass;
  /** "json" is any value: a shape that these rules do not describe. It is still redacted. "none" allows no value. */
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
