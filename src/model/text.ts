import { z } from "zod";

/** Characters as vendors count them, whose code is Python and whose database is PostgreSQL: an emoji is one, not two. */
export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** The text without its end, so that it has at most so many characters; an ellipsis stands for what is gone. */
export function shortenedTo(most: number, text: string): string {
  if (characters(text) <= most) return text;
  return most < 1 ? "" : `${[...text].slice(0, most - 1).join("")}…`;
}

/** What Python's `str.strip` cuts off and `trim` does not. The other way round, they differ in U+FEFF alone. */
const pythonsOwn = "\x1c\x1d\x1e\x1f\x85";
const isBlank = (unit: string): boolean => pythonsOwn.includes(unit) || (/\s/.test(unit) && unit !== "\ufeff");

/** The text as the vendors' Python strips it before it counts or stores (Django REST framework: CharField, `trim_whitespace`). */
export function stripped(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isBlank(text.charAt(start))) start += 1;
  while (end > start && isBlank(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/**
 * Invisible characters: control characters, those that change the direction of text, and others without a glyph.
 * Joiners are not among them, since scripts and emoji need them.
 */
export const invisibleCharacters =
  /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** A character as JSON and JavaScript spell it out. */
export const unicodeEscape = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`,
  ).join("");

/** A value in a message: its JSON, in which a reader sees every character and a terminal obeys none. */
export const printable = (value: unknown): string =>
  String(JSON.stringify(value)).replaceAll(invisibleCharacters, unicodeEscape);

/** A key of ours, such as a dashboard's or an alert's: lower-case words joined by `-`. It is in file names, addresses and states. */
export const keyPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** What is wrong with a key; undefined for a good one. */
export const keyProblem = (key: string): TextProblem | undefined =>
  keyPattern.test(key)
    ? undefined
    : { problem: `has the key "${key}"`, fix: "make it of lower-case letters, digits and hyphens" };

export interface TextProblem {
  /** What is wrong, to be read behind the text's name: "has 401 characters". */
  readonly problem: string;
  /** What to do about it, with the bound that the vendor has. */
  readonly fix: string;
}

/**
 * Why a vendor refuses a text: it is longer than its field, or holds what no PostgreSQL keeps (Django REST framework:
 * ProhibitNullCharactersValidator, ProhibitSurrogateCharactersValidator). Undefined for a good one.
 * Vendors cut blanks off at both ends before they count.
 */
export function textProblem(text: string, vendor: string, most = Number.POSITIVE_INFINITY): TextProblem | undefined {
  const count = characters(stripped(text));
  if (count > most) return { problem: `has ${count} characters`, fix: `${vendor} takes at most ${most}: shorten it` };
  if (text.includes("\0"))
    return { problem: "holds a NUL character", fix: `remove it (\\u0000): ${vendor} refuses the text` };
  if (!text.isWellFormed())
    return { problem: "holds half a character", fix: `write the emoji or letter anew: ${vendor} refuses the text` };
  return undefined;
}

/** A text of a resource's inputs that must not be empty, and that its vendor must take. */
export const vendorText = (whenEmpty: string, check: (text: string) => TextProblem | undefined): z.ZodString =>
  z.string().check(({ value, issues }) => {
    const found = check(value);
    if (stripped(value) === "") issues.push({ code: "custom", input: value, message: whenEmpty });
    else if (found) issues.push({ code: "custom", input: value, message: `${found.problem}. ${found.fix}` });
  });
