/** Words that Python keeps for itself. Source: docs.python.org, "Keywords"; soft keywords are fine as names. */
const keywords = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from global " +
    "if import in is lambda nonlocal not or pass raise return try while with yield"
  ).split(" "),
);

/** A name of the catalog as Python can spell it: without `$`, with `_` after a keyword and before a figure. */
export function identifier(name: string): string {
  const plain = name.replaceAll("$", "").replaceAll(/[^A-Za-z0-9_]/g, "_");
  if (keywords.has(plain)) return `${plain}_`;
  return /^[A-Za-z_]/.test(plain) ? plain : `_${plain}`;
}

/** `cadence.message_sent` as the name of a class: `CadenceMessageSent`. */
export function className(event: string): string {
  return event
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
}

/**
 * The names as identifiers, in their order.
 * @throws with every pair of names that would be one in Python
 */
export function identifiers(
  names: readonly string[],
  what: string,
  spell: (name: string) => string = identifier,
  taken: Readonly<Record<string, string>> = {},
): Map<string, string> {
  const by = new Map<string, string>(Object.entries(taken));
  const clashes: string[] = [];
  const spelled = new Map<string, string>();
  for (const name of names) {
    const found = spell(name);
    const other = by.get(found);
    if (other !== undefined) clashes.push(`${JSON.stringify(other)} and ${JSON.stringify(name)} are both ${found}`);
    by.set(found, name);
    spelled.set(name, found);
  }
  if (clashes.length > 0) throw new Error(`${what}: in Python ${clashes.join("; ")}. Rename one of them.`);
  return spelled;
}
