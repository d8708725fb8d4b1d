/** Longer than the redactor's limit, so that the redactor and not this cut decides where a word or number ends. */
const longestMessage = 10_000;
/** Maximum number of an object's keys in a message. */
const mostNames = 8;

/**
 * Formats a value for a message. For an object only its class, its keys and their numbers: its texts may be personal data,
 * which could no longer be recognized by key.
 */
export function textOf(value: unknown): string {
  try {
    return summaryOf(value);
  } catch {
    // A custom getter or toString threw.
    return "(cannot be told)";
  }
}

function summaryOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const { name, message, localName } = value as Record<string, unknown>;
  if (typeof message === "string") return `${typeof name === "string" ? name : kindOf(value)}: ${message}`;
  if (typeof localName === "string") return `<${localName}>`;
  if (Array.isArray(value)) return `Array(${value.length})`;
  // Has its own text form: a Date, a URL, a class with toString.
  if (value.toString && value.toString !== Object.prototype.toString) return String(value);
  const parts = Object.entries(value).map(([part, held]) =>
    typeof held === "number" || typeof held === "boolean" ? `${part}: ${held}` : part,
  );
  const more = parts.length > mostNames ? ", …" : "";
  return `${kindOf(value)} {${parts.slice(0, mostNames).join(", ")}${more}}`;
}

/** The console's arguments as one text, with placeholders filled in. */
export function messageOf([first, ...others]: readonly unknown[]): string {
  const head =
    typeof first === "string"
      ? first.replace(/%[sdifoOc]/g, (placeholder) => {
          if (others.length === 0) return placeholder;
          const value = textOf(others.shift());
          return placeholder === "%c" ? "" : value;
        })
      : textOf(first);
  return [head, ...others.map(textOf)].join(" ").slice(0, longestMessage);
}

function kindOf({ constructor: maker }: object): string {
  return (typeof maker === "function" && maker.name) || "Object";
}
