import { findAccounts, findNationalNumbers } from "./detect/accounts.ts";
import { findQueries, findUserInfo } from "./detect/addresses.ts";
import { findInDatabases } from "./detect/databases.ts";
import { findEmails, findSpelledEmails } from "./detect/emails.ts";
import { type Add, type Detector, mask, masked, matches } from "./detect/found.ts";
import { findIpAddresses } from "./detect/ip.ts";
import { findKeys } from "./detect/keys.ts";
import { findNamed } from "./detect/named.ts";
import { findNotations } from "./detect/notations.ts";
import { findInternationalPhones, findPhones } from "./detect/phones.ts";
import { findPlaces } from "./detect/places.ts";
import { findRandomRuns } from "./detect/random.ts";
import { findSentences } from "./detect/sentences.ts";
import { cutLabel, type Label, labelsWithin, onlyLabels } from "./labels.ts";
import { type PlainText, plainForms } from "./plain.ts";
import words from "./tables/words.json" with { type: "json" };

/** Longest text that is kept, in UTF-16 code units. What is cut off is not read either, which bounds the cost. */
export const longestText = 8_192;

/** No detector can find anything in a text without a sign, a figure, a long run or a word with a capital. */
const suspicious =
  /[^A-Za-z ,.!?;'"()]|[A-Za-z]{16}|\b(?:is|was|are)\b|pass|secret|token|key|bearer|basic|auth|code|pin|name|birth|born|street|sign|cred|cookie|session|phone|contact|\(at\)| dot |\w\(["'`]|near "'/i;

/** Detectors that look at the whole text, in the order in which their labels win; queries are looked for between them. */
const ofTexts: readonly Detector[] = [findKeys, findUserInfo];
const ofTextsAfterQueries: readonly Detector[] = [findIpAddresses, findNationalNumbers];
/** Those to whom an at sign behind a password is none. */
const ofMail: readonly Detector[] = [findEmails, findSpelledEmails, findInternationalPhones];
/** Those that times, versions and ids are hidden from. */
const ofNumbers: readonly Detector[] = [findAccounts];
/** Those that see what stands under a name. */
const ofNames: readonly Detector[] = [findNotations, findSentences, findInDatabases, findPlaces];
/** Those from which, besides, all is hidden that was found before. */
const ofRuns: readonly Detector[] = [findPhones, findRandomRuns];

/** Keys of our own database and points in time: long, but private to nobody. Lines of code, versions, measures. */
const harmless: readonly RegExp[] = [
  /(?<![\dA-Za-z])[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}(?![\dA-Za-z])/gi,
  /(?<!\d)(?:19|20)\d\d([-/.]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?:[T _-]?\d\d:?\d\d(?::?\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d)/g,
  /(?<![\d.])\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d(?![\d-])/g,
  /(?<![\d:])\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,9})?(?![\d:])/g,
  // Versions of more groups than an address has, or with a group of one figure
  /(?<![\w.])\d{1,6}(?:\.\d{1,6}){4,8}(?![\w.])(?<!(?:\.\d\d){4})/g,
  // The limits of machine numbers
  /(?<!\d)(?:214748364[78]|429496729[56]|9007199254740991)(?!\d)/g,
  // file.js:12:3456, file.ts(12,3456), line 12, column 3456
  /(?<=[A-Za-z)\]>]):\d{1,9}(?::\d{1,9})?(?![\d.])/g,
];
const measured = new RegExp(
  `(?<![\\w.+-])(?<!\\d[ -])(?!\\d{3}\\.\\d{3}\\.\\d{4}(?!\\d))\\d[\\d.,_]{0,24} ?(?:${words.units.map((unit) => `${unit}s?`).join("|")})(?![A-Za-z\\d])`,
  "gi",
);

/**
 * A text without e-mail addresses, phone, card and account numbers, IP addresses, credentials, queries of addresses and
 * what stands under a private name; at most `length` code units, never ending in half a surrogate pair. Redacting the
 * result again changes nothing.
 *
 * @example redactText("write to jane@example.com"); // "write to [email]"
 */
export function redactText(text: string, length: number = longestText): string {
  if (text.length > longestRemembered) return redactedText(text, length);
  let known = remembered.get(text);
  if (known === undefined) {
    known = redactedText(text, longestText);
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(text, known);
  }
  return known.length <= length ? known : redactedText(text, length);
}

/** Short texts and what became of them: names, ids and states of events, which come again and again. */
const remembered = new Map<string, string>();
const mostRemembered = 1_000;
const longestRemembered = 128;

function redactedText(text: string, length: number): string {
  let current = readable(text);
  for (let round = 0; round < 5; round += 1) {
    const next = cutBeforeLabel(suspicious.test(current) ? redactOnce(current) : current, length);
    if (next === current) return current;
    current = next;
  }
  // Not seen; a text that would not come to rest is not sent.
  return "[redacted]";
}

/** What is read of a text: `longestText` without the word or number that it ends in, so that no half of one is left. */
function readable(text: string): string {
  if (text.length <= longestText) return text;
  const kept = text.slice(0, longestText);
  const word = /[^\s,;"'{}()<>[\]]{1,320}$/.exec(kept.slice(-320))?.[0].length ?? 0;
  return cutText(kept, longestText - word).replace(/[\d ()+./-]{2,40}$/, " ");
}

const oneWord = /^[\w-]{1,64}$/;

interface Found {
  readonly start: number;
  readonly end: number;
  readonly label: Label | "";
  readonly rank: number;
}

function redactOnce(text: string): string {
  const found = plainForms(text).flatMap((form) => foundIn(form));
  if (found.length === 0) return text;
  found.sort((one, other) => one.start - other.start || one.rank - other.rank);
  const before: (readonly [start: number, end: number])[] = [];
  for (const { 0: label, index } of matches(labelsWithin, text)) before.push([index, index + label.length]);
  let result = "";
  let done = 0;
  let passed = 0;
  for (let index = 0; index < found.length; ) {
    let { start, end, label, rank } = found[index] as Found;
    for (index += 1; index < found.length; index += 1) {
      const next = found[index] as Found;
      if (next.start >= end) break;
      end = Math.max(end, next.end);
      if (next.rank < rank) ({ label, rank } = next);
    }
    // A label stays whole: what was redacted once is not redacted again.
    for (; passed < before.length && (before[passed]?.[0] ?? 0) < end; passed += 1) {
      const [from, to] = before[passed] as readonly [number, number];
      if (to <= start) continue;
      start = Math.min(start, from);
      end = Math.max(end, to);
    }
    if (onlyLabels.test(text.slice(start, end))) continue;
    result += text.slice(done, Math.max(done, start)) + label;
    done = Math.max(done, end);
  }
  return result + text.slice(done);
}

function foundIn(form: PlainText): Found[] {
  const { text } = form;
  const inPlain: Found[] = [];
  // An id, mostly, of which an event has several: no sign in it could set a name apart from a value.
  const isOneWord = oneWord.test(text);
  const adder = (): Add => {
    const rank = inPlain.length;
    return (start, end, label) => {
      if (end > start && text.slice(start, end) !== label) inPlain.push({ start, end, label, rank });
    };
  };
  const look = (detectors: readonly Detector[], within: string) => {
    for (const detect of detectors) detect(within, adder());
  };
  look(ofTexts, text);
  if (isOneWord) look(ofTextsAfterQueries, text);
  else {
    findQueries(text, adder(), form.spellingOf);
    look(ofTextsAfterQueries, text);
    look(ofMail, hidden(text, inPlain));
  }
  const read = withoutHarmless(text);
  look(ofNumbers, read);
  if (isOneWord) findSentences(text, adder());
  else {
    findNamed(text, adder(), form.spellingOf);
    look(ofNames, text);
  }
  addRepeated(text, inPlain);
  look(ofRuns, hidden(read, inPlain));
  return inPlain.map(({ start, end, ...rest }) => ({ start: form.originOf(start), end: form.originOf(end), ...rest }));
}

/** Most values that are looked for elsewhere in the text; shortest such value. */
const mostRepeated = 16;
const shortestRepeated = 6;

/** What was found in one place is as private in another: `invalid date "14/02/1988" in column date_of_birth: "14/02/1988"`. */
function addRepeated(text: string, found: Found[]): void {
  const values = new Map<string, Found>();
  for (const one of found) {
    if (values.size >= mostRepeated) break;
    const value = text.slice(one.start, one.end);
    // A plain word stands in many a text.
    if (value.length >= shortestRepeated && value.length <= 256 && /[\d@]|\p{Lu}/u.test(value) && one.label !== "")
      values.set(value, one);
  }
  for (const [value, { label, rank }] of values) {
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
      const end = at + value.length;
      if (!/\w/.test(text[at - 1] ?? "") && !/\w/.test(text[end] ?? "")) found.push({ start: at, end, label, rank });
    }
  }
}

/** The text with what was found already masked. */
function hidden(text: string, found: readonly Found[]): string {
  if (found.length === 0) return text;
  let result = "";
  let done = 0;
  for (const { start, end } of [...found].sort((one, other) => one.start - other.start)) {
    if (end <= done) continue;
    const from = Math.max(start, done);
    result += text.slice(done, from) + mask.repeat(end - from);
    done = end;
  }
  return result + text.slice(done);
}

function withoutHarmless(text: string): string {
  if (!/\d/.test(text)) return text;
  return masked(harmless.reduce(masked, text), measured);
}

/** Cut as by `cutText`, and before a label that would be cut in two. */
function cutBeforeLabel(text: string, length: number): string {
  return text.length <= length ? text : cutText(text, length).replace(cutLabel, "");
}

/**
 * The first `length` code units, one less where that would split a surrogate pair.
 *
 * @example cutText("long text", 4); // "long"
 */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const splitsPair = /[\uD800-\uDBFF]/.test(text[length - 1] ?? "") && /[\uDC00-\uDFFF]/.test(text[length] ?? "");
  return text.slice(0, splitsPair ? length - 1 : length);
}
