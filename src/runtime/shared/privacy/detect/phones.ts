import { labels } from "../labels.ts";
import { wordsOf } from "../names.ts";
import numberingPlan from "../tables/numbering-plan.json" with { type: "json" };
import words from "../tables/words.json" with { type: "json" };
import { type Add, matches } from "./found.ts";

/** A run of figures with what people put between them. Letters before or after it belong to a name or a version. */
const run = /(?:\+ ?|\(\+?)?\d(?:[ \t()/._+~-]{0,4}\d){6,80}/g;
const figures = /\d+/g;
/** Most groups of a number, and most figures after the country's code included (E.164). */
const mostGroups = 9;
const mostFigures = 15;
const phoneWord = new Set(words.phoneWords);
const numberWord = new Set(words.numberWords);
const plan = new Map(
  Object.entries(numberingPlan).map(([code, { lengths, pattern }]) => [
    code,
    { lengths: new Set(lengths), pattern: new RegExp(`^(?:${pattern})$`) },
  ]),
);

interface Group {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
  /** What stands between this group and the one before it. */
  readonly before: string;
}

/** What the words before a number say of it. */
type Context = "phone" | "number" | "unknown" | "glued";

/**
 * Finds national phone numbers, by how they are grouped and by the words before them, and those with a country's code
 * but without its plus. Times and versions are to be hidden from it.
 */
export function findPhones(text: string, add: Add): void {
  for (const { 0: found, index } of matches(run, text)) {
    const groups = groupsOf(found, index);
    // Part of a name, a version, a hash: `a1234567`, `1234567b`; an extension is none.
    const after = text.slice(index + found.length, index + found.length + 4);
    const isGlued = /[A-Za-z\d]/.test(text[index - 1] ?? "") || /^(?!x\d|ext)[A-Za-z]/i.test(after);
    for (let from = 0; from < groups.length; ) {
      const context = isGlued ? "glued" : from === 0 ? contextAround(text, index, index + found.length) : "unknown";
      from += Math.max(1, addNumber(text, groups, from, phoneAt(groups, from, context), add));
    }
  }
}

/** Finds phone numbers that begin with a plus, by the countries' numbering plans. */
export function findInternationalPhones(text: string, add: Add): void {
  if (!text.includes("+")) return;
  for (const { 0: found, index } of matches(run, text)) {
    if (!found.includes("+")) continue;
    const groups = groupsOf(found, index);
    for (let from = 0; from < groups.length; ) {
      const some = /\+ ?\(?$/.test(groups[from]?.before ?? "") ? groups.slice(from, from + mostGroups) : [];
      from += Math.max(1, addNumber(text, groups, from, internationalOf(some), add));
    }
  }
}

function groupsOf(found: string, offset: number): Group[] {
  let end = 0;
  return [...matches(figures, found)].map(({ 0: digits, index }): Group => {
    const before = found.slice(end, index);
    end = index + digits.length;
    return { digits, start: offset + index, end: offset + end, before };
  });
}

/** `ext. 22`, `x22`, `Durchwahl 7`: who is behind a number */
const extension = /^,? ?(?:(?:ext(?:ension|n)?|durchwahl|dw|poste|anexo|ramal|interno)[.:]? ?|[x#])\d{1,6}(?!\w)/i;

function addNumber(text: string, groups: readonly Group[], from: number, count: number, add: Add): number {
  const first = groups[from];
  const last = groups[from + count - 1];
  if (count === 0 || !first || !last) return 0;
  const lead = /[+(][+( ]*$/.exec(first.before)?.[0].length ?? 0;
  const more =
    groups.length > from + count ? 0 : (extension.exec(text.slice(last.end, last.end + 20))?.[0].length ?? 0);
  add(first.start - lead, last.end + more, labels.phone);
  return count;
}

/** How many groups from `from` on are one phone number; 0 for none. */
function phoneAt(groups: readonly Group[], from: number, context: Context): number {
  const some = groups.slice(from, from + mostGroups);
  const first = some[0];
  if (!first) return 0;
  const international = internationalOf(some);
  if (international > 0) return international;
  // A list of numbers, or the rest of something longer.
  const listed = from > 0 && /^[ ._/-]?$/.test(first.before) && !/^\(/.test(first.before.trim());
  if (listed) return 0;
  const follows = (count: number) =>
    groups[from + count] !== undefined && /^ ?[._/-]?$/.test(groups[from + count]?.before ?? "");
  const national = nationalOf(some, context);
  if (
    national > 0 &&
    (context === "phone" || !follows(national) || (groups[from + national]?.digits.length ?? 0) >= 10)
  )
    return national;
  return 0;
}

/** `+49 151 …`, `0049 151 …`, `011 49 …`: whatever the plan of the country allows, the longest. */
function internationalOf(groups: readonly Group[]): number {
  const first = groups[0];
  const exit = /\+\s?\(?$|^\(?\+/.test(first?.before ?? "") ? "" : /^(?:00|011)(?=\d|$)/.exec(first?.digits ?? "")?.[0];
  if (exit === undefined) return 0;
  let digits = "";
  let taken = 0;
  for (const [index, group] of groups.entries()) {
    if (index > 0 && ((/[+]\s?$/.test(group.before) && /\s/.test(group.before)) || /\t/.test(group.before))) break;
    digits += group.digits;
    const number = digits.slice(exit.length);
    if (number.length > mostFigures) break;
    if (isInPlan(number)) taken = index + 1;
    // Mexico's mobile numbers, until 2019 with a 1 after the country's code
    else if (/^521\d{10}$/.test(number)) taken = index + 1;
    // `+44 (0)20 7946 0958`: the national prefix in brackets is not dialled.
    if (group.digits === "0" && /\($/.test(group.before)) digits = digits.slice(0, -1);
  }
  return taken;
}

function isInPlan(number: string): boolean {
  if (number.length < 7) return false;
  return [1, 2, 3].some((length) => {
    const country = plan.get(number.slice(0, length));
    return country?.lengths.has(number.length - length) ?? false;
  });
}

/** Whether the figures alone are a number that some country's plan gives out. */
function isGivenOut(number: string): boolean {
  return [1, 2, 3].some((length) => plan.get(number.slice(0, length))?.pattern.test(number.slice(length)) ?? false);
}

/** Without a country's code: by the groups that people write numbers in, most surely where a word says so. */
function nationalOf(groups: readonly Group[], context: Context): number {
  const shape = groups.map(({ digits }) => digits.length).join(" ");
  const first = groups[0];
  const bracketed = /\($/.test(first?.before ?? "") && /^\)/.test(groups[1]?.before.trim() ?? "");
  const joined = (count: number) => groups.slice(1, count).map(({ before }) => before);
  const alike = (count: number) => new Set(joined(count).map((sign) => sign.trim())).size <= 1;
  // Of one number, not of two sentences.
  const near = (count: number) =>
    joined(count).every((sign) => sign.replaceAll(/[()]/g, "").length <= 3 && !/[+~]{2}/.test(sign));
  const digitsOf = (count: number) =>
    groups
      .slice(0, count)
      .map(({ digits }) => digits)
      .join("");

  // North America: 555-123-4567, (555) 123-4567, 1-555-123-4567
  for (const [pattern, count] of [
    [/^1 3 3 4(?: |$)/, 4],
    [/^3 3 4(?: |$)/, 3],
  ] as const) {
    const signs = joined(count);
    const blank = signs.every((sign) => sign === " ");
    const area = groups[count - 3]?.digits ?? "";
    if (
      pattern.test(shape) &&
      near(count) &&
      (!blank || /^[2-9]/.test(area)) &&
      (!signs.includes("/") || context === "phone")
    )
      return count;
  }
  if (/^3 7(?: |$)/.test(shape) && (bracketed || (/^[- ]$/.test(joined(2)[0] ?? "") && /^[2-9]/.test(digitsOf(1)))))
    return 2;
  if (
    /^3 4(?: |$)/.test(shape) &&
    joined(2)[0] === "-" &&
    /^[2-9]\d\d[02-9]?/.test(digitsOf(1)) &&
    context !== "number"
  )
    return 2;
  // A national prefix, then area and number in two groups and more: 030 1234567, 06 12 34 56 78, 0151/2345678
  if (context !== "number" && /^0[1-9]/.test(first?.digits ?? "")) {
    for (let count = Math.min(groups.length, 6); count >= 2; count -= 1) {
      const length = digitsOf(count).length;
      const usual = joined(count).every((sign) => /^[ /()+_-]{1,3}$/.test(sign)) || (count >= 4 && alike(count));
      if (length >= 9 && length <= 12 && near(count) && usual) return count;
    }
  }
  // An area in brackets: (11) 98765-4321
  if (bracketed && context !== "number") {
    for (let count = Math.min(groups.length, 4); count >= 2; count -= 1) {
      const length = digitsOf(count).length;
      if (length >= 8 && length <= 12 && near(count)) return count;
    }
  }
  // India's 98765 43210, France's and Spain's 612 34 56 78
  if (
    context !== "number" &&
    /^5 5(?: |$)/.test(shape) &&
    /^[6-9]/.test(digitsOf(1)) &&
    /^[ -]$/.test(joined(2)[0] ?? "")
  )
    return 2;
  // China's 138-0013-8000
  if (context !== "number" && /^3 4 4(?: |$)/.test(shape) && /^1[3-9]/.test(digitsOf(1)) && alike(3) && near(3))
    return 3;
  if (context !== "number" && /^3 2 2 2(?: |$)/.test(shape) && alike(4) && near(4)) return 4;
  if (context === "phone") {
    for (let count = Math.min(groups.length, 6); count >= 1; count -= 1) {
      const length = digitsOf(count).length;
      if (length >= 7 && length <= 13 && near(count)) return count;
    }
    return 0;
  }
  return context === "unknown" && isBareNumber(first?.digits ?? "") && alike(2) ? 1 : 0;
}

/** Ten figures of North America, or eleven to thirteen with a country's code; not a point in time (`20260227…`, `17…`). */
function isBareNumber(digits: string): boolean {
  if (/^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/.test(digits)) return false;
  if (digits.length === 10) return /^[2-9][0-8]\d{8}$/.test(digits) || /^0[1-9]\d{8}$/.test(digits);
  if (digits.length === 11 && /^0[1-9]\d{9}$/.test(digits)) return true;
  return digits.length >= 11 && digits.length <= 13 && !/^0/.test(digits) && isGivenOut(digits);
}

/** What only a person with a phone does: `612 345 678 replied STOP`. */
const actsAfter =
  /^["')\]]{0,2},? (?:has |was |just )?(?:replied|opted|unsubscribed|answered|called|calls|texted|rang|hung up|did not (?:answer|pick)|no answer|is (?:not )?(?:an? )?(?:(?:in)?valid |(?:un)?reachable )?(?:phone|mobile|landline|number|unreachable|busy|blocked)|a r[eé]pondu|wants? a call)/i;
/** Words that are followed by a phone number, of which one alone says less: `text me at`. */
const askedBefore =
  /\b(?:text|message|reach|ring|contact|buzz) (?:me|us|her|him|them) (?:at|on|back|via)[: ]{1,3}$|\bopted[ -]out:? $|\bvoicemail (?:from|for|to) $/i;

function contextAround(text: string, from: number, to: number): Context {
  const before = contextOf(text, from);
  if (before === "phone" || before === "glued") return before;
  const isAsked = askedBefore.test(text.slice(Math.max(0, from - 40), from));
  return isAsked || actsAfter.test(text.slice(to, to + 40)) ? "phone" : before;
}

/** Between the word that says what a number is and the number itself. */
const wordBefore = /([A-Za-z]+)(?:[ _-]?(?:no|number|num|of|is|was|at|to|after))?["'\])]{0,2}\s?[:=#.]?\s?["'([]{0,2}$/;

/** What the words before a number say of it: `call`, `phone=`, `line`, `order_id:`; `#` and a joint of names make it one. */
function contextOf(text: string, index: number): Context {
  const before = text.slice(Math.max(0, index - 40), index);
  if (/[A-Za-z][_-]$|#$|[\d)]:$/.test(before)) return "number";
  const word = wordBefore.exec(before)?.[1];
  if (word === undefined) return "unknown";
  if (phoneWord.has(word.toLowerCase())) return "phone";
  const last = wordsOf(word).at(-1) ?? "";
  if (numberWord.has(last)) return "number";
  // `call me back at`, `phone number is`; a sentence further back is about something else.
  const near = wordsOf(/[^.;,\n\d]*$/.exec(before)?.[0] ?? "").slice(-4);
  return near.some((word) => phoneWord.has(word)) ? "phone" : "unknown";
}
