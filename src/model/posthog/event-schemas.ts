/*
 * Schemas of events: named groups of typed properties that are joined to an event's definition. Source: posthog/models/schema.py
 * and posthog/api/schema_property_group.py.
 */

/** Types that PostHog's schemas know. */
export const schemaPropertyTypes = ["String", "Numeric", "Boolean", "DateTime", "Object"] as const;
export type SchemaPropertyType = (typeof schemaPropertyTypes)[number];

/** What PostHog does with an event that is not as its schema says: `reject` refuses it, and it is lost. */
export const enforcementModes = ["allow", "reject"] as const;
export type EnforcementMode = (typeof enforcementModes)[number];

/** Which values a property has, for texts (`enum`) and numbers. */
export interface PropertyRules {
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
}

export interface SchemaPropertyDefinition {
  readonly type: SchemaPropertyType;
  readonly required: boolean;
  /** What the value means. */
  readonly meaning: string;
  /**
   * Values that it may have. Older releases keep no rules.
   * @default any of its type
   */
  readonly rules?: PropertyRules;
}

/** What an event is sent with. */
export interface EventSchemaDefinition {
  /** By the property's name. PostHog lets properties pass that are not here. */
  readonly properties: Readonly<Record<string, SchemaPropertyDefinition>>;
  readonly enforcement: EnforcementMode;
}

/** Longest name of a property and of a group, in characters (MAX_PROPERTY_NAME_LENGTH; SchemaPropertyGroup.name). */
export const longestPropertyName = 200;
export const longestGroupName = 400;
