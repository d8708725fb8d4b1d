/** What stands in a text where something private stood. Letters and brackets alone, so that no detector matches them. */
export const labels = {
  email: "[email]",
  phone: "[phone]",
  card: "[card]",
  /** IBAN. */
  account: "[account]",
  /** A number that the state gave a person: social security, insurance, taxes. */
  number: "[number]",
  /** IP and MAC addresses. */
  address: "[ip]",
  token: "[token]",
  /** What stood under a name that says what it is: a person's name, street, date of birth. */
  private: "[private]",
} as const;

export type Label = (typeof labels)[keyof typeof labels];

const all: ReadonlySet<string> = new Set(Object.values(labels));

/** Whether a text is a label and nothing else. */
export function isLabel(text: string): boolean {
  return all.has(text);
}

const anyLabel = `\\[(?:${Object.values(labels)
  .map((label) => label.slice(1, -1))
  .join("|")})\\]`;

/** Every label within a text. */
export const labelsWithin = new RegExp(anyLabel, "g");

/** The same but for those that are parts of a form's names: `user[email]`. */
export const labelsApart = new RegExp(`(?<!\\w)${anyLabel}`, "g");

/** A text that has labels and signs alone. */
export const onlyLabels = new RegExp(`^(?:${anyLabel}|[^\\p{L}\\p{N}[\\]])*$`, "u");

/** A label, or the beginning of one at the end of a text that was cut. */
export const cutLabel = /\[[a-z]{0,8}$/;
