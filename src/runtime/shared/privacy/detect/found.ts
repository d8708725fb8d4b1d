import type { Label } from "../labels.ts";

/** Told of each private part of a text: from `start` up to `end`, and what stands there instead. "" cuts it out. */
export type Add = (start: number, end: number, label: Label | "") => void;

/** How the character at an index of the plain text was spelled in the text as it came: `%22`, `\\"`, or as itself. */
export type SpellingOf = (index: number) => string;

/** Finds one kind of private data in a plain text. The cost is linear in the text's length. */
export type Detector = (text: string, add: Add) => void;

/** Each match of a pattern, which is global. */
export function* matches(pattern: RegExp, text: string): Generator<RegExpExecArray> {
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    const next = pattern.lastIndex;
    yield found;
    pattern.lastIndex = next;
  }
}

/** Where a group of a match stands; for patterns with the flag `d`. */
export function placeOf(found: RegExpExecArray, group: number): [start: number, end: number] {
  const places = found.indices as readonly ([start: number, end: number] | undefined)[] | undefined;
  return places?.[group] ?? [found.index, found.index + found[0].length];
}

/** What hides a part of a text from the detectors that come after: neither a figure nor a letter nor anything between. */
export const mask = "\ufdd0";

/** The text with each part that the pattern finds masked; indices stay. */
export function masked(text: string, pattern: RegExp): string {
  return text.replace(pattern, (found) => mask.repeat(found.length));
}
