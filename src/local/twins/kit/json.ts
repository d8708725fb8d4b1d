/**
 * Maximum depth of nested lists and objects in a JSON value. serde_json, the parser of PostHog's capture and Sentry's Relay,
 * refuses the 128th level (`remaining_depth`, serde_json/src/de.rs). The other twins have the same limit, because SQLite's JSON
 * functions stop at 1000.
 */
const mostNested = 127;

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;

/** Whether a JSON value is nested too deep. Not recursive, so that any depth can be checked. */
export function isTooDeep(value: unknown): boolean {
  let level = [value].filter(isContainer);
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > mostNested) return true;
    level = level.flatMap((one) => Object.values(one).filter(isContainer));
  }
  return false;
}

/**
 * `JSON.parse` for what a request brought.
 * @throws SyntaxError for a text that is not JSON or is nested too deep.
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (isTooDeep(value)) throw new SyntaxError("recursion limit exceeded");
  return value;
}

/** An escaped lone surrogate, which JSON.stringify writes only for an incomplete pair. */
const loneSurrogate = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;

/**
 * Replaces lone surrogates, which UTF-8 and databases cannot store, by U+FFFD in a JSON value, also in field names. Returns
 * the same value when there are none.
 */
export function wellFormed<Value>(value: Value): Value {
  const text = JSON.stringify(value);
  const mended = text?.replaceAll(loneSurrogate, "$1\\ufffd");
  return mended === text ? value : JSON.parse(mended);
}
