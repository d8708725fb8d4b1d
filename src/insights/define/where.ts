import type { EventName, PropertyName, PropertyValue } from "../../catalog/events.ts";
import type { FilterValue, PropertyFilter, PropertyOperator } from "./query.ts";

/**
 * Which events count, by their properties: `{ onboard: true, channel: ["sms", "email"], chars: moreThan(100) }`.
 * All of them must hold. A list means any of its values.
 */
export type Where<Event extends EventName> = {
  readonly [Property in PropertyName<Event>]?: Condition<PropertyValue<Event, Property>>;
};

/** A value, a list of which one must match, or a comparison made by one of the functions below. */
export type Condition<Value> = Value | readonly Value[] | Comparison<Value>;

export interface Comparison<out Value> {
  readonly operator: PropertyOperator;
  readonly value: Value | readonly Value[] | "is_set" | "is_not_set";
}

/**
 * None of these values. An event without the property passes, as PostHog counts it.
 *
 * @example count("ask.prompt_submitted", { where: { mode: not("draft", "test") } });
 */
export function not<const Value extends FilterValue>(...values: readonly Value[]): Comparison<Value> {
  return { operator: "is_not", value: values };
}

/**
 * More than this number, in the property's own unit.
 *
 * @example count("ask.prompt_submitted", { where: { length: moreThan(100) } });
 */
export const moreThan = (value: number): Comparison<number> => ({ operator: "gt", value });
/**
 * This number or more, in the property's own unit.
 *
 * @example count("ask.prompt_submitted", { where: { length: atLeast(100) } });
 */
export const atLeast = (value: number): Comparison<number> => ({ operator: "gte", value });
/**
 * Less than this number, in the property's own unit.
 *
 * @example count("ask.prompt_submitted", { where: { length: lessThan(10) } });
 */
export const lessThan = (value: number): Comparison<number> => ({ operator: "lt", value });
/**
 * This number or less, in the property's own unit.
 *
 * @example count("ask.prompt_submitted", { where: { length: atMost(10) } });
 */
export const atMost = (value: number): Comparison<number> => ({ operator: "lte", value });

/**
 * From one number to another, both included, in the property's own unit.
 *
 * @example count("ask.response_stream_complete", { where: { duration_ms: between(1000, 5000) } });
 */
export const between = (from: number, to: number): Comparison<number> => ({ operator: "between", value: [from, to] });

/**
 * The text contains this one, in upper or lower case; `%` and `_` in it stand for anything, as in SQL.
 *
 * @example count("ask.response_error", { where: { error: containing("timeout") } });
 */
export const containing = (text: string): Comparison<string> => ({ operator: "icontains", value: text });

/** The event has the property. */
export const present: Comparison<never> = { operator: "is_set", value: "is_set" };

/** The event does not have the property. */
export const absent: Comparison<never> = { operator: "is_not_set", value: "is_not_set" };

/** PostHog's filters for a {@link Where}; undefined when it has no conditions. */
export function propertyFilters(where: Readonly<Record<string, unknown>> | undefined): PropertyFilter[] | undefined {
  const filters = Object.entries(where ?? {}).flatMap(([key, condition]): PropertyFilter[] =>
    condition === undefined ? [] : [{ type: "event", key, ...comparison(condition as Condition<FilterValue>) }],
  );
  return filters.length === 0 ? undefined : filters;
}

function comparison(condition: Condition<FilterValue>): Pick<PropertyFilter, "operator" | "value"> {
  if (isComparison(condition)) return { operator: condition.operator, value: asTexts(condition.value) };
  return { operator: "exact", value: typeof condition === "string" ? [condition] : asTexts(condition) };
}

function isComparison(condition: Condition<FilterValue>): condition is Comparison<FilterValue> {
  return typeof condition === "object" && "operator" in condition;
}

/**
 * Booleans as texts in a list, as PostHog's editor keeps them. Numbers stay numbers: a numeric property is not
 * comparable with a text.
 */
function asTexts(value: FilterValue | readonly FilterValue[]): PropertyFilter["value"] {
  if (typeof value === "boolean") return [String(value)];
  if (typeof value === "object") return value.map((one) => (typeof one === "boolean" ? String(one) : one));
  return value;
}
