export { isUnknown } from "../../../model/unknown.ts";

/** A property's value as it travels between the engine and a plugin. */
export type Value = null | boolean | number | string | readonly Value[] | Properties;
export interface Properties {
  readonly [name: string]: Value;
}

/** Whether it is one of the engine's markers for an unknown value. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const isProperties = (value: Value | undefined): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a value counts as not set: Terraform, which the real plugins use, does not distinguish these. */
export function isEmpty(value: Value | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isProperties(value) && Object.keys(value).length === 0;
}

/** Wraps a value so that the engine keeps it encrypted and prints `[secret]`. */
export function secret(value: Value): Properties {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}

/** Marks the value at a path as secret; `*` matches every key. Missing values are skipped. */
export function markSecret(properties: Properties, path: readonly string[]): Properties {
  const [step, ...rest] = path;
  if (step === undefined) return properties;
  const marked: Record<string, Value> = { ...properties };
  for (const name of step === "*" ? Object.keys(properties) : [step]) {
    const value = properties[name];
    if (value === undefined || value === null) continue;
    if (rest.length === 0) marked[name] = secret(value);
    else if (isProperties(value)) marked[name] = markSecret(value, rest);
  }
  return marked;
}
