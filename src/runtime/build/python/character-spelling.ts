import type { Ranges } from "./character-ranges.ts";

/*
 * Characters as Python's `re` reads them.
 */

/** Within `[…]`. */
export const inClass = (code: number): string =>
  code < 0x80 && /[A-Za-z0-9_ .,:;@"'<>=!`%/()+*?{}$]/.test(String.fromCharCode(code))
    ? String.fromCharCode(code)
    : spelledCode(code);

/** Anywhere, escaped. */
export function spelledCode(code: number): string {
  const sign = String.fromCharCode(code);
  if (code >= 0x20 && code < 0x7f) return `\\${sign}`;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
  return `\\u${code.toString(16).padStart(4, "0")}`;
}

/** Ranges within `[…]`. */
export function rangesInClass(ranges: Ranges): string {
  return ranges
    .map(([from, to]) => (from === to ? inClass(from) : `${inClass(from)}${to > from + 1 ? "-" : ""}${inClass(to)}`))
    .join("");
}

/** Ranges beyond the basic plane, as pairs of surrogates. */
export function pairsOf(ranges: Ranges): string {
  const lows = new Map<string, string[]>();
  const add = (high: number, highTo: number, low: number, lowTo: number) => {
    const key = `[${spelledCode(low)}-${spelledCode(lowTo)}]`;
    const part = high === highTo ? spelledCode(high) : `${spelledCode(high)}-${spelledCode(highTo)}`;
    lows.set(key, [...(lows.get(key) ?? []), part]);
  };
  for (const [from, to] of ranges) {
    const high = (code: number) => 0xd800 + ((code - 0x10000) >> 10);
    const low = (code: number) => 0xdc00 + ((code - 0x10000) & 0x3ff);
    if (high(from) === high(to)) {
      add(high(from), high(to), low(from), low(to));
      continue;
    }
    let first = high(from);
    let last = high(to);
    if (low(from) !== 0xdc00) add(first, first++, low(from), 0xdfff);
    if (low(to) !== 0xdfff) add(last, last--, 0xdc00, low(to));
    if (first <= last) add(first, last, 0xdc00, 0xdfff);
  }
  return `(?:${[...lows].map(([low, highs]) => `[${highs.join("")}]${low}`).join("|")})`;
}
