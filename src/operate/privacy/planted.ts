/*
 * Values that look private and are nobody's: reserved for examples (RFC 2606, RFC 5737, the numbers 555-01xx), a card number for
 * tests, and the key of AWS's own documentation.
 */
export const planted = {
  email: "ada.planted@example.com",
  phone: "+1 202-555-0143",
  card: "4111 1111 1111 1111",
  token: "AKIAIOSFODNN7EXAMPLE",
  name: "Ada Planted",
  ip: "203.0.113.7",
} as const;

/** What became of a planted value in one place. */
export type Fate = { readonly kind: "gone" | "as sent" } | { readonly kind: "changed"; readonly to: string };

/** What is there now, compared with what was planted. One of several values that is still readable counts as sent. */
export function fateOf(values: readonly string[], found: unknown): Fate {
  if (found === undefined || found === null || found === "") return { kind: "gone" };
  const text = typeof found === "string" ? found : JSON.stringify(found);
  const spelled = [text, decoded(text)];
  if (values.some((value) => spelled.some((one) => one.includes(value)))) return { kind: "as sent" };
  return { kind: "changed", to: text.length > longest ? `${text.slice(0, longest)}…` : text };
}

const longest = 40;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The value at a path of names and numbers; undefined where there is none. */
export const at = (value: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (inside, name) =>
      typeof inside === "object" && inside !== null ? (inside as Record<string | number, unknown>)[name] : undefined,
    value,
  );
