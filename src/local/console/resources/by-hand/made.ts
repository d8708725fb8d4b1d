import { isObject } from "../../../../insights/define/check/json.ts";
import type { VendorObject } from "../objects.ts";
import { type VendorApi, VendorRefused } from "../vendor-api.ts";
import type { HandChange } from "./change.ts";

/** What the vendor shows of an object: its values by their paths; undefined where the object is gone. */
type Shown = ReadonlyMap<string, unknown> | undefined;

/** Something that was changed by hand here, and may have been put back since, from wherever. */
export interface MadeChange {
  readonly words: string;
  readonly urn: string;
  /** Where the vendor shows what was changed; undefined where it shows nothing. */
  readonly path: string | undefined;
  /** What the vendor showed of it afterwards; undefined where the object was gone. */
  readonly after: Shown;
  /** Paths of the values that were changed. */
  readonly changed: readonly string[];
}

/** Makes a change, and notes what it changed. @throws VendorRefused */
export async function makeByHand(change: HandChange, object: VendorObject, api: VendorApi): Promise<MadeChange> {
  const path = change.shownAt?.(object) ?? object.path;
  const before = await shown(api, path);
  const words = await change.make(object, api);
  const after = await shown(api, path);
  return { words, urn: object.urn, path, after, changed: differing(before, after) };
}

/**
 * Whether a change still stands: it was put back when the vendor shows another value in each place that it changed. One of
 * which the vendor shows nothing stands until somebody heals it here.
 *
 * @param object as the stack has it now: what was deleted comes back under another number
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

/** When something was changed, and how often it was read, is no change of it. */
const ofTime = /(^|\.)(\w*_at|\w*At|date\w*|last_\w+|version\w*|\w*modified\w*|\w*updated\w*)$/i;

function differing(before: Shown, after: Shown): string[] {
  const paths = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  return [...paths].filter((path) => !ofTime.test(path) && !same(before?.get(path), after?.get(path)));
}

async function shown(api: VendorApi, path: string | undefined): Promise<Shown> {
  if (path === undefined) return new Map();
  try {
    const live = await api("GET", path);
    // PostHog keeps what was deleted.
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

/** Items of a list are known by what names them: one that goes does not change all that stand behind it. */
const keyOf = (item: unknown, index: number): string =>
  isObject(item) && (typeof item.id === "number" || typeof item.id === "string" || typeof item.key === "string")
    ? String(item.id ?? item.key)
    : String(index);
