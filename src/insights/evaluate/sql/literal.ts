/** A text in SQL. */
export function sqlText(text: string): string {
  // A NUL ends a statement; no stored text contains one, because JSON writes it as an escape.
  return `'${text.replaceAll("\0", "\\u0000").replaceAll("'", "''")}'`;
}

/** A list of conditions as one; TRUE when there is none. */
export function allOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? "TRUE" : `(${conditions.join(" AND ")})`;
}

export function anyOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? "FALSE" : `(${conditions.join(" OR ")})`;
}
