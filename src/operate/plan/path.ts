/** Pulumi's property path as its keys: `production["A B"].value` as `["production", "A B", "value"]`. */
export function pathKeys(path: string): string[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, word]) => quoted?.replaceAll(/\\(.)/g, "$1") ?? index ?? word ?? "",
  );
}

/** Whether a change at `path` may affect the value at `place`: the paths are equal, or one contains the other. */
export function touches(path: string, place: readonly string[]): boolean {
  const keys = pathKeys(path);
  return keys.every((key, index) => index >= place.length || key === place[index]);
}
