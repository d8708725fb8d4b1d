import type { Shape } from "./shape.ts";
import { isEmpty, isProperties, isUnknown, type Properties, type Value } from "./values.ts";

export interface Change {
  /** `deploymentConfigs.production.envVars.NAME` */
  path: string;
  kind: "add" | "update" | "delete";
  /** Whether this change requires a replacement. */
  replaces: boolean;
}

/** Differences between the present object and the planned one, by leaf path. */
export function changes(shape: Shape, present: Properties, planned: Properties): Change[] {
  return Object.entries(shape)
    .filter(([, property]) => property.from !== "computed")
    .flatMap(([name, { type, replaces }]) => {
      const [before, after] = [present[name], planned[name]];
      if (type === "set" && sameSet(before, after)) return [];
      const forces = typeof replaces === "function" ? replaces(before, after) : (replaces ?? false);
      return differences(name, before, after).map((change) => ({ ...change, replaces: forces }));
    });
}

function differences(path: string, before: Value | undefined, after: Value | undefined): Omit<Change, "replaces">[] {
  if (isEmpty(before) && isEmpty(after)) return [];
  if (isEmpty(before)) return [{ path, kind: "add" }];
  if (isEmpty(after)) return [{ path, kind: "delete" }];
  if (isProperties(before) && isProperties(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
      differences(join(path, name), before[name], after[name]),
    );
  return !isUnknown(after) && same(before, after) ? [] : [{ path, kind: "update" }];
}

const join = (path: string, name: string) => (/^[A-Za-z_]\w*$/.test(name) ? `${path}.${name}` : `${path}["${name}"]`);

/** Deep, with keys in any order. */
export function same(left: Value | undefined, right: Value | undefined): boolean {
  if (isEmpty(left) && isEmpty(right)) return true;
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((value, index) => same(value, right[index]));
  if (isProperties(left) && isProperties(right))
    return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((name) => same(left[name], right[name]));
  return left === right;
}

function sameSet(left: Value | undefined, right: Value | undefined): boolean {
  const sorted = (value: Value | undefined) => (Array.isArray(value) ? [...value].sort() : value);
  return !isUnknown(right) && same(sorted(left), sorted(right));
}
