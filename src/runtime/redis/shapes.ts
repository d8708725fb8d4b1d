/*
 * What is read of a key that others may have written in another shape. The Lua scripts read in the same way, so that a
 * process counts alike with and without Redis; conformance/*.json holds both to it.
 */

/** Most that a limit may be, after its factor. */
export const mostLimit = 1_000_000_000;
const mostFactor = 1_000_000;

/** What stood under a key and was not ours; "" where all was. */
export type UnexpectedValue = "" | "text" | "type" | "endless" | "factor";

/** A counter from 0 on; undefined for a text that is none. */
export function counterOf(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** Most that a counter may be, and the least with a minus: 15 digits, which every client's numbers hold. */
const mostCount = 999_999_999_999_999;

/** A counter of any sign; undefined for a text that is none. */
export function wholeNumberOf(text: string): number | undefined {
  return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** The sum, within 15 digits. */
export function added(value: number, by: number): number {
  return Math.max(-mostCount, Math.min(mostCount, value + by));
}

/** A factor as it stands in Redis; 1 for no key, undefined for what is no factor from 0 to 1,000,000. */
export function factorOf(text: string | null | undefined): number | undefined {
  if (text === null || text === undefined) return 1;
  const number = /^[ \t\n\v\f\r]*(\d*\.?\d*|\d+\.?\d*e[+-]?\d{1,2})[ \t\n\v\f\r]*$/i.exec(text)?.[1];
  const factor = number ? Number(number) : Number.NaN;
  return factor <= mostFactor ? factor : undefined;
}

/** A limit under a factor: whole, and at least 1 unless one of them is 0. */
export function times(limit: number, factor: number): number {
  if (limit === 0 || factor === 0) return 0;
  return Math.min(mostLimit, Math.max(1, Math.floor(limit * factor)));
}
