import { withoutCredentials } from "./credentials.ts";
import { withoutEmails } from "./emails.ts";
import { withoutLongNumbers } from "./numbers.ts";
import { withoutRandomRuns } from "./runs.ts";

/** Longest text that is kept, in UTF-16 code units. What is cut off is not read either, which bounds the cost. */
export const longestText = 8_192;

/** Keys of our own database and points in time: long, but private to nobody. */
const harmless =
  /((?<![\da-z])[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}(?![\da-z])|(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d))/i;

/** Without it there is neither a random run nor a long number. */
const longRun = /\p{Nd}|[A-Za-z0-9_\-+/=]{20}/u;

/** No detector can find anything in a text without an at sign, a digit, a joint of words or a long run. */
const suspicious = /[@＠&%\\=:_\-\p{Nd}]|[A-Za-z0-9+/]{20}|bearer|eyJ/iu;

/**
 * A text without e-mail addresses, phone, card and other long numbers, IP addresses and credentials; at most `length`
 * characters, never ending in half a surrogate pair. Redacting the result again changes nothing.
 */
export function redactText(text: string, length: number = longestText): string {
  let current = readable(text);
  for (let round = 0; round < 5; round += 1) {
    const next = cutBeforeLabel(suspicious.test(current) ? redactOnce(current) : current, length);
    if (next === current) return current;
    current = next;
  }
  // Not seen; a text that would not come to rest is not sent.
  return "[redacted]";
}

/** What is read of a text: `longestText` without the word that it ends in, so that no half address is left over. */
function readable(text: string): string {
  if (text.length <= longestText) return text;
  const kept = text.slice(0, longestText);
  return cutText(kept, longestText - (/[^\s,;"'{}()<>[\]]{1,320}$/.exec(kept)?.[0].length ?? 0));
}

function redactOnce(text: string): string {
  const rest = withoutEmails(withoutCredentials(text));
  if (!longRun.test(rest)) return rest;
  return rest
    .split(harmless)
    .map((part, index) => (index % 2 === 1 ? part : withoutLongNumbers(withoutRandomRuns(part))))
    .join("");
}

/** Cut as by `cutText`, and before a label that would be cut in two. */
function cutBeforeLabel(text: string, length: number): string {
  return text.length <= length ? text : cutText(text, length).replace(/\[[a-z]{0,8}$/, "");
}

/** The first `length` code units, one less where that would split a surrogate pair. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const splitsPair = /[\uD800-\uDBFF]/.test(text[length - 1] ?? "") && /[\uDC00-\uDFFF]/.test(text[length] ?? "");
  return text.slice(0, splitsPair ? length - 1 : length);
}
