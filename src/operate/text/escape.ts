import { stripVTControlCharacters } from "node:util";
import { invisibleCharacters, printable, unicodeEscape } from "../../model/text.ts";

// Escapes text that others wrote (titles, errors, variable names), for each kind of output.

/** Characters that end a line in some output: a bare CR in Markdown, U+2028 in JavaScript, VT and FF at a terminal. */
const lineEnd = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;

/** Replaces what cannot be shown. */
const replacement = "\ufffd";

/** Text that may have several lines: terminal codes are removed, other unprintable characters become `�`. */
export const readableLines = (text: string): string[] =>
  stripVTControlCharacters(text.toWellFormed())
    .split(lineEnd)
    .map((line) => line.replaceAll("\t", "  ").replaceAll(invisibleCharacters, replacement));

/** The same in one line. */
export const readable = (text: string): string => readableLines(text).join(" ");

/** An invisible character that separates the text before it from the text after it, so that no name or address is formed. */
export const apart = "\u2060";

/**
 * Plain text for GitHub's Markdown: no notation, no tag, and nothing that GitHub turns into a link or picture, such as
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

/** A TypeScript string literal of the text, in which every character is visible. */
export const sourceText = (text: string): string => printable(text);

/** The text of a one-line TypeScript comment. */
export const sourceComment = (text: string): string => readable(text).replaceAll(/\s+/g, " ");

/** JSON with unprintable characters escaped: the same for programs, and harmless at a terminal. */
export const jsonText = (value: unknown, replacer?: (key: string, value: unknown) => unknown): string =>
  JSON.stringify(value, replacer, 2)
    .split("\n")
    .map((line) => line.replaceAll(invisibleCharacters, unicodeEscape))
    .join("\n");
