import { stripVTControlCharacters } from "node:util";
import { invisibleCharacters, printable, unicodeEscape } from "../../model/text.ts";

// Text that others wrote (titles, errors, variables' names), made harmless: once for each kind of output.

/** What ends a line somewhere: for Markdown a bare CR does, for JavaScript U+2028, for a terminal VT and FF. */
const lineEnd = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;

/** Stands where something was that cannot be shown. */
const replacement = "\ufffd";

/** Words that stand in lines of their own: terminal codes are left out, what cannot be shown is visible as `�`. */
export const readableLines = (text: string): string[] =>
  stripVTControlCharacters(text.toWellFormed())
    .split(lineEnd)
    .map((line) => line.replaceAll("\t", "  ").replaceAll(invisibleCharacters, replacement));

/** The same in one line. */
export const readable = (text: string): string => readableLines(text).join(" ");

/** Not seen, and none of the characters that a name or an address is made of: what stands before it is not joined to what follows. */
export const apart = "\u2060";

/**
 * Words in GitHub's Markdown, as they are: no notation, no tag, and nothing that GitHub makes a link or a picture of, such as
 * `@name`, `#1`, `GH-1`, an address or `:smile:`.
 */
export const markdownWords = (text: string): string =>
  readable(text)
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[\\`*_{}[\]<>|~&$]/g, (mark) => (mark === "<" ? "&lt;" : mark === "&" ? "&amp;" : `\\${mark}`))
    .replaceAll(/@(?=[\w-])/g, `@${apart}`)
    .replaceAll(/#(?=\d)/g, `#${apart}`)
    .replaceAll(/\bGH-(?=\d)/gi, (mark) => mark + apart)
    .replaceAll(/(https?|ftp):(?=\/\/)/gi, (scheme) => scheme + apart)
    .replaceAll(/www(?=\.)/gi, (mark) => mark + apart)
    .replaceAll(/:(?=[a-z+][\w+-]*:)/gi, `:${apart}`);

/** A text in TypeScript's source: its value is the text, and a reader of the source sees every character of it. */
export const sourceText = (text: string): string => printable(text);

/** The words of a comment in TypeScript's source, which end at the end of its line. */
export const sourceComment = (text: string): string => readable(text).replaceAll(/\s+/g, " ");

/** JSON as it is, for programs; to a terminal that shows it, it says the same and does nothing else. */
export const jsonText = (value: unknown, replacer?: (key: string, value: unknown) => unknown): string =>
  JSON.stringify(value, replacer, 2)
    .split("\n")
    .map((line) => line.replaceAll(invisibleCharacters, unicodeEscape))
    .join("\n");
