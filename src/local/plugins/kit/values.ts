/** A property's value as it travels between the engine and a plugin. An unknown is one of `unknownMarks`. */
export type Value = null | boolean | number | string | readonly Value[] | Properties;
export interface Properties {
  readonly [name: string]: Value;
}

/** Stands for a value that only the update will know, by kind of value (pulumi/pulumi: sdk/go/common/resource/plugin/rpc.go). */
const unknownMarks: ReadonlySet<unknown> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
export const isUnknown = (value: Value | undefined): boolean => unknownMarks.has(value);

export const isProperties = (value: Value | undefined): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Nothing that was said: Terraform, which the real plugins are made of, sees no difference between these. */
export function isEmpty(value: Value | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isProperties(value) && Object.keys(value).length === 0;
}

/** Wraps a value so that the engine keeps it encrypted and prints `[secret]`. */
export function secret(value: Value): Properties {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}

/** Marks what is at a path; `*` stands for every key of an object. What is not there stays away. */
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
