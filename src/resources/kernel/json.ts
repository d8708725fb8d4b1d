import { isObject as isAnyObject } from "../../model/json.ts";

/** Values in requests and in Pulumi's state. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** A type guard for plain objects; since values are JSON, all contents are JSON. */
export const isObject: (value: unknown) => value is JsonObject = isAnyObject as (value: unknown) => value is JsonObject;

/** Equal by content; the order of keys is ignored, the order of array items is not. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => sameJson(item, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  );
}

/** A copy without keys whose value is `undefined`, also nested ones: Pulumi's provider process cannot send them. */
export function withoutUndefined<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutUndefined) as T;
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutUndefined(item)])) as T;
}
