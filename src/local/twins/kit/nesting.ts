/**
 * How many lists and objects of a JSON value may lie within each other. serde_json, which reads for PostHog's capture and
 * for Sentry's Relay, refuses the 128th (`remaining_depth`, serde_json/src/de.rs). The other APIs' twins take no deeper
 * either, because SQLite indexes nothing beyond 1000.
 */
const mostNested = 127;

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;

/** Whether a JSON value is nested deeper than can be read and stored. Does not call itself, so that any depth is told. */
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
