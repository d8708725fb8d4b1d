import type { JsonObject } from "../json.ts";
import type { Refusal } from "./refusal.ts";

const ofOneValue: readonly unknown[] = ["gt", "gte", "min", "lt", "lte", "max"];
const ofRange: readonly unknown[] = ["between", "not_between"];
const ofList: readonly unknown[] = ["in", "not_in"];

/** Whether a filter's operator compares numbers. */
export const comparesNumbers = (operator: unknown): boolean =>
  ofOneValue.includes(operator) || ofRange.includes(operator);

/**
 * Why PostHog answers a filter on a property with 400: its operator compares with another number of values
 * (posthog/hogql/property.py). Undefined for one that it takes, also for one without a value, which does not filter.
 */
export function filterRefusal({ operator, value }: JsonObject): Refusal | undefined {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return undefined;
  const count = Array.isArray(value) ? value.length : 1;
  const refusal = (problem: string, fix: string): Refusal => ({ path: ["value"], problem, fix, value });
  if (ofList.includes(operator) && !Array.isArray(value))
    return refusal(`${operator} needs a list of values`, "put the value in a list");
  if (ofOneValue.includes(operator) && count > 1)
    return refusal(`${operator} compares with one value`, "give it one number, or use between");
  if (ofRange.includes(operator) && count !== 2) return refusal(`${operator} needs [from, to]`, "give it two numbers");
  return undefined;
}
