/** A value as a Python expression over several lines where it is long. Objects are dicts, null and undefined are None. */
export function literal(value: unknown, indent = ""): string {
  if (value === null || value === undefined) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return text(value);
  const inner = `${indent}    `;
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item) => literal(item, inner))
    : Object.entries(value as object)
        .filter(([, item]) => item !== undefined)
        .map(([name, item]) => `${text(name)}: ${literal(item, inner)}`);
  return isList ? wrapped("[", parts, "]", indent) : wrapped("{", parts, "}", indent);
}

/** Parts on one line, or each on its own where they are long. */
export function wrapped(open: string, parts: readonly string[], close: string, indent: string): string {
  const short = `${open}${parts.join(", ")}${close}`;
  if (short.length + indent.length <= 100 && !short.includes("\n")) return short;
  return `${open}\n${parts.map((part) => `${indent}    ${part},\n`).join("")}${indent}${close}`;
}

/**
 * A text as Python spells it; everything outside of ASCII is escaped, half surrogate pairs too.
 * @param asUnits a character beyond the basic plane as two, as JavaScript counts
 */
export function text(value: string, asUnits = false): string {
  let result = "";
  for (const character of asUnits ? value.split("") : value) {
    const code = character.codePointAt(0) ?? 0;
    if (character === "\\" || character === '"') result += `\\${character}`;
    else if (character === "\n") result += "\\n";
    else if (code >= 0x20 && code < 0x7f) result += character;
    else if (code < 0x100) result += `\\x${code.toString(16).padStart(2, "0")}`;
    else if (code < 0x10000) result += `\\u${code.toString(16).padStart(4, "0")}`;
    else result += `\\U${code.toString(16).padStart(8, "0")}`;
  }
  return `"${result}"`;
}

/** A docstring of one line, or of several; the catalog's own words. */
export function docstring(lines: readonly string[], indent: string): string {
  const safe = lines.map((line) =>
    line.replaceAll("\\", "\\\\").replaceAll('"""', '\\"\\"\\"').replaceAll(/\s+/g, " ").trim(),
  );
  if (safe.length === 1) return `${indent}"""${safe[0]?.replace(/"$/, '\\"')}"""`;
  return `${indent}"""${safe[0]}\n${safe
    .slice(1)
    .map((line) => (line === "" ? "" : indent + line))
    .join("\n")}\n${indent}"""`;
}
