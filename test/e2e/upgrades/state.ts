import { isDeepStrictEqual } from "node:util";

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

interface Resource {
  urn: string;
  id?: string;
  inputs?: JsonObject;
  outputs?: JsonObject;
  [key: string]: Json | undefined;
}

/** The part of `pulumi stack export` that these tests read. */
export interface Deployment {
  version: number;
  deployment: { manifest?: Json; secrets_providers?: Json; metadata?: Json; resources: Resource[] };
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Applies `change` to each leaf of a value. */
function leaves<T extends Json>(value: T, change: (leaf: Json) => Json): T {
  if (Array.isArray(value)) return value.map((item) => leaves(item, change)) as T;
  if (!isObject(value)) return change(value) as T;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, leaves(item, change)])) as T;
}

/** The text of a state for a file: without times, versions and addresses of the machine that wrote it. */
export function portable({ version, deployment }: Deployment, addresses: Record<string, string>): string {
  const { secrets_providers, resources } = deployment;
  const named = Object.entries(addresses).map(([key, address]) => [address, placeholder(key)] as const);
  const kept = resources.map(({ created: _, modified: __, sourcePosition: ___, stackTrace: ____, ...resource }) =>
    leaves(resource as JsonObject, (leaf) => {
      if (typeof leaf !== "string") return leaf;
      if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(leaf)) return "2026-01-01T00:00:00.000Z";
      return named.reduce((text, [address, name]) => text.replaceAll(address, name), leaf);
    }),
  );
  const manifest = { time: "0001-01-01T00:00:00Z", magic: "", version: "" };
  const plain = { version, deployment: { manifest, ...(secrets_providers && { secrets_providers }), resources: kept } };
  return `${JSON.stringify(plain, null, 2)}\n`;
}

/** The placeholder for a vendor's address in a stored state. */
const placeholder = (key: string): string => `http://${key.split(":")[0]}.example`;

/** A stored state, for vendors at these addresses. */
export function atAddresses(kept: string, addresses: Record<string, string>): Deployment {
  const entries = Object.entries(addresses);
  const text = entries.reduce((rest, [key, address]) => rest.replaceAll(placeholder(key), address), kept);
  return JSON.parse(text) as Deployment;
}

/**
 * An old state that refers to the objects of a new one: only the vendors' ids and addresses are replaced by those of
 * the new one. These are the values that a provider returned: ids, and outputs that are not inputs.
 */
export function tellingOf(old: Deployment, live: Deployment): Deployment {
  const byUrn = new Map(live.deployment.resources.map((resource) => [resource.urn, resource]));
  const given = new Map<Json, Json>();
  for (const resource of old.deployment.resources) {
    // The engine's own resources, such as its providers, keep the ids of their state.
    const now = /::pulumi:/.test(resource.urn) ? undefined : byUrn.get(resource.urn);
    if (now) for (const [before, after] of pairs(givenTo(resource), givenTo(now))) given.set(before, after);
  }
  const resources = old.deployment.resources.map((resource) =>
    leaves(resource as JsonObject, (leaf) => given.get(leaf) ?? leaf),
  );
  return { ...old, deployment: { ...old.deployment, resources: resources as unknown as Resource[] } };
}

function givenTo({ id = "", inputs = {}, outputs = {} }: Resource): JsonObject {
  const own = Object.entries(outputs).filter(
    ([key, value]) => !(key in inputs) && !isDeepStrictEqual(value, inputs[key]),
  );
  return { id, ...Object.fromEntries(own) };
}

/** Leaves at the same place that differ, except booleans and short texts, which are not ids of objects. */
function pairs(before: Json | undefined, after: Json | undefined): [Json, Json][] {
  if (Array.isArray(before) && Array.isArray(after)) return before.flatMap((item, i) => pairs(item, after[i]));
  if (isObject(before) && isObject(after)) return Object.keys(before).flatMap((key) => pairs(before[key], after[key]));
  if (after === undefined || before === after || typeof before !== typeof after) return [];
  return String(before).length > 2 && typeof before !== "boolean" ? [[before as Json, after]] : [];
}
