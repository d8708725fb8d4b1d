/** More than the redactor reads: it, and not this cut, is to see where a word or a number ends. */
const longestMessage = 10_000;
/** Most names of an object's parts that are told. */
const mostNames = 8;

/**
 * A value as a message has it. Of an object what it is and what its parts are called, with their numbers: its texts may
 * be anybody's, and a text in a message cannot be told apart by its name any more.
 */
export function textOf(value: unknown): string {
  try {
    return summaryOf(value);
  } catch {
    // A getter or a toString of its own that throws.
    return "(cannot be told)";
  }
}

function summaryOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const { name, message, localName } = value as Record<string, unknown>;
  if (typeof message === "string") return `${typeof name === "string" ? name : kindOf(value)}: ${message}`;
  if (typeof localName === "string") return `<${localName}>`;
  if (Array.isArray(value)) return `Array(${value.length})`;
  // What says itself what it is: a Date, an address, a class that was made to be printed.
  if (value.toString && value.toString !== Object.prototype.toString) return String(value);
  const parts = Object.entries(value).map(([part, held]) =>
    typeof held === "number" || typeof held === "boolean" ? `${part}: ${held}` : part,
  );
  const more = parts.length > mostNames ? ", …" : "";
  return `${kindOf(value)} {${parts.slice(0, mostNames).join(", ")}${more}}`;
}

/** What was printed, as one text, with its placeholders filled in as the console does. */
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
