/*
 * Sets of characters as ranges of code points, as JavaScript's regular expressions understand them.
 */

/** Ranges of code points, sorted, not touching. */
export type Ranges = readonly (readonly [from: number, to: number])[];

/** Flags of a pattern that matches without regard to case. */
export type CaseFolding = "i" | "iu";

export const highestCodePoint = 0x10ffff;

/** What `\s` matches in JavaScript. */
export const jsSpace: Ranges = [
  [9, 13],
  [32, 32],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];

export const digits: Ranges = [[48, 57]];

/** What `\w` matches. */
export const wordCharacters: Ranges = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];

const properties = new Map<string, Ranges>();

/** The code points of a Unicode property, such as `\p{L}`, as this engine knows them. */
export function propertyRanges(property: string): Ranges {
  const known = properties.get(property);
  if (known) return known;
  const test = new RegExp(`^${property}$`, "u");
  const ranges: [number, number][] = [];
  for (let code = 0; code <= highestCodePoint; code += 1) {
    if (!test.test(String.fromCodePoint(code))) continue;
    const last = ranges.at(-1);
    if (last && last[1] === code - 1) last[1] = code;
    else ranges.push([code, code]);
  }
  properties.set(property, ranges);
  return ranges;
}

/** The same code points, as sorted ranges that do not touch. */
export function union(ranges: Ranges): Ranges {
  const merged: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((one, other) => one[0] - other[0])) {
    const last = merged.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** All other code points, up to `limit`. */
export function complement(ranges: Ranges, limit: number): Ranges {
  const rest: [number, number][] = [];
  let next = 0;
  for (const [from, to] of union(ranges)) {
    if (from > next) rest.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= limit) rest.push([next, limit]);
  return rest;
}

/** With every character that is the same in the other case; as they are without `fold`. */
export function folded(ranges: Ranges, fold: CaseFolding | undefined): Ranges {
  if (!fold) return ranges;
  const others = caseTwins(fold);
  const more: [number, number][] = [];
  for (const [from, to] of ranges)
    for (const [code, twins] of others)
      if (code >= from && code <= to) for (const twin of twins) more.push([twin, twin]);
  return union([...ranges, ...more]);
}

const twinsOf = new Map<CaseFolding, Map<number, number[]>>();

/** Characters that a pattern without regard to case takes for each other, as this engine does. */
function caseTwins(flags: CaseFolding): Map<number, number[]> {
  const known = twinsOf.get(flags);
  if (known) return known;
  const limit = flags === "iu" ? 0x1ffff : 0xffff;
  const groups = new Map<string, number[]>();
  for (let code = 0; code <= limit; code += 1) {
    const sign = String.fromCodePoint(code);
    for (const key of new Set([sign.toLowerCase(), sign.toUpperCase(), sign.toUpperCase().toLowerCase()])) {
      if (key === sign && sign.toLowerCase() === sign.toUpperCase()) continue;
      groups.set(key, [...(groups.get(key) ?? []), code]);
    }
  }
  const twins = new Map<number, number[]>();
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    for (const code of group)
      for (const other of group) {
        if (other === code || twins.get(code)?.includes(other)) continue;
        const same = new RegExp(
          `^\\u${flags === "iu" ? `{${code.toString(16)}}` : code.toString(16).padStart(4, "0")}$`,
          flags,
        );
        if (same.test(String.fromCodePoint(other))) twins.set(code, [...(twins.get(code) ?? []), other]);
      }
  }
  twinsOf.set(flags, twins);
  return twins;
}
