/** The value as JSON; undefined for what JSON cannot represent: undefined, functions, cycles, BigInt. */
export function serialized(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** Parses a JSON text; undefined for a missing or invalid text. */
export function parsed<Value>(text: string | null | undefined): Value | undefined {
  if (text === null || text === undefined) return undefined;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}
