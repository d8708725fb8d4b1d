import { isObject } from "../../../../insights/define/check/json.ts";
import type { VendorObject } from "../objects.ts";
import { type VendorApi, VendorRefused } from "../vendor-api.ts";
import type { HandChange } from "./change.ts";

/** An object's values at the vendor, by path; undefined when the object no longer exists. */
type Shown = ReadonlyMap<string, unknown> | undefined;

/** A change made by hand in the console. It may have been reverted since, from anywhere. */
export interface MadeChange {
  readonly words: string;
  readonly urn: string;
  /** API path of the changed values; undefined when the vendor does not show them. */
  readonly path: string | undefined;
  /** The values after the change; undefined when the object was deleted. */
  readonly after: Shown;
  /** Paths of the changed values. */
  readonly changed: readonly string[];
}

/** Makes a change and records it. @throws VendorRefused */
export async function makeByHand(change: HandChange, object: VendorObject, api: VendorApi): Promise<MadeChange> {
  const path = change.shownAt?.(object) ?? object.path;
  const before = await shown(api, path);
  const words = await change.make(object, api);
  const after = await shown(api, path);
  return { words, urn: object.urn, path, after, changed: differing(before, after) };
}

/**
 * Whether a change still exists. It was reverted when all of its values differ at the vendor. A change that the vendor does
 * not show counts as existing until somebody heals it in the console.
 *
 * @param object from the present stack: a deleted object is created again under another id
 */
export async function stands(made: MadeChange, object: VendorObject | undefined, api: VendorApi): Promise<boolean> {
  if (object === undefined) return false;
  const isNewObject = object.path !== undefined && made.path !== undefined && !made.path.startsWith(object.path);
  if (isNewObject) return false;
  const now = await shown(api, made.path);
  if (made.after === undefined) return now === undefined;
  if (made.changed.length === 0) return true;
  return now !== undefined && made.changed.some((one) => same(now.get(one), made.after?.get(one)));
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Timestamps and read counters, which do not count as changes. */
const ofTime = /(^|\.)(\w*_at|\w*At|date\w*|last_\w+|version\w*|\w*modified\w*|\w*updated\w*)$/i;

function differing(before: Shown, after: Shown): string[] {
  const paths = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  return [...paths].filter((path) => !ofTime.test(path) && !same(before?.get(path), after?.get(path)));
}

async function shown(api: VendorApi, path: string | undefined): Promise<Shown> {
  if (path === undefined) return new Map();
  try {
    const live = await api("GET", path);
    // PostHog soft-deletes: the object still exists with `deleted: true`.
    return isObject(live) && live.deleted === true ? undefined : new Map(leaves(live));
  } catch (error) {
    if (error instanceof VendorRefused && error.status === 404) return undefined;
    throw error;
  }
}

function leaves(value: unknown, path = ""): [string, unknown][] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leaves(item, `${path}.${keyOf(item, index)}`));
  if (isObject(value)) return Object.entries(value).flatMap(([name, inner]) => leaves(inner, `${path}.${name}`));
  return [[path, value]];
}

/** Identifies list items by their key, so that removing one does not change the paths of those after it. */
const keyOf = (item: unknown, index: number): string =>
  isObject(item) && (typeof item.id === "number" || typeof item.id === "string" || typeof item.key === "string")
    ? String(item.id ?? item.key)
    : String(index);
