/*
 * Reads keys that other programs may have written in another format. The Lua scripts read in the same way, so that a process
 * counts equally with and without Redis; conformance/*.json tests both.
 */

/** Maximum of a limit, after its factor. */
export const mostLimit = 1_000_000_000;
const mostFactor = 1_000_000;

/** Which of a key's values had another format; "" for none. */
export type UnexpectedValue = "" | "text" | "type" | "endless" | "factor";

/** A counter from 0 on, as INCRBY takes it: without leading zeros; undefined for another text. */
export function counterOf(text: string): number | undefined {
  return /^(?:0|[1-9]\d{0,14})$/.test(text) ? Number(text) : undefined;
}

/** Maximum absolute value of a counter: 15 digits, which every client's numbers can represent. */
const mostCount = 999_999_999_999_999;

/** A counter of any sign; undefined for another text. */
export function wholeNumberOf(text: string): number | undefined {
  return /^(?:0|-?[1-9]\d{0,14})$/.test(text) ? Number(text) : undefined;
}

/** The sum, limited to 15 digits. */
export function added(value: number, by: number): number {
  return Math.max(-mostCount, Math.min(mostCount, value + by));
}

/** Parses a factor from Redis; 1 for a missing key, undefined unless it is 0 to 1,000,000. */
export function factorOf(text: string | null | undefined): number | undefined {
  if (text === null || text === undefined) return 1;
  const number = /^[ \t\n\v\f\r]*(\d*\.?\d*|\d+\.?\d*e[+-]?\d{1,2})[ \t\n\v\f\r]*$/i.exec(text)?.[1];
  const factor = number ? Number(number) : Number.NaN;
  return factor <= mostFactor ? factor : undefined;
}

/** A limit times a factor: a whole number, at least 1 unless one of them is 0. */
export function times(limit: number, factor: number): number {
  if (limit === 0 || factor === 0) return 0;
  return Math.min(mostLimit, Math.max(1, Math.floor(limit * factor)));
}
