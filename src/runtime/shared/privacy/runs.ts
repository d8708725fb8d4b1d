import { labels } from "./labels.ts";

const run = /[A-Za-z0-9_\-+/=]{20,}/g;

/** Replaces long runs of letters and digits that look drawn by lot: keys, session ids, hashes. */
export function withoutRandomRuns(text: string): string {
  return text.replace(run, (found) => (looksRandom(found) ? labels.token : found));
}

/**
 * Words joined by `_`, `-` or `/` change their kind of character seldom; random text does so all the time. A single
 * part that is too long for a word counts as random in any case.
 */
function looksRandom(found: string): boolean {
  const parts = found.split(/[_\-+/=]+/);
  if (parts.some((part) => part.length >= 32 || (part.length >= 20 && /\d/.test(part)))) return true;
  return changes(found) >= found.length / 4;
}

/** How often the kind of character changes; a capital that begins a word is no change. */
function changes(text: string): number {
  let count = 0;
  let before = "";
  for (const character of text) {
    const kind = kindOf(character);
    if (!kind) continue;
    if (before && kind !== before && !(before === "upper" && kind === "lower")) count += 1;
    before = kind;
  }
  return count;
}

function kindOf(character: string): "digit" | "lower" | "upper" | "" {
  if (character >= "0" && character <= "9") return "digit";
  if (character >= "a" && character <= "z") return "lower";
  return character >= "A" && character <= "Z" ? "upper" : "";
}
