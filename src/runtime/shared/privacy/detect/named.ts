import { isLabel, labels } from "../labels.ts";
import {
  isPartOfPerson,
  isPrivateAlone,
  isReason,
  isSentenceAbout,
  kindOfName,
  kindOfWords,
  type NameKind,
  wordsOf,
} from "../names.ts";
import {
  isBySomebody,
  isCell,
  isHeldByPerson,
  isInForm,
  isPersonsName,
  isSentCode,
  isSignIn,
  isWrittenHere,
} from "./around.ts";
import { hasSpeaker, isSaidUnder } from "./conversation.ts";
import { type Add, matches, placeOf, type SpellingOf } from "./found.ts";
import { valueAfter } from "./values.ts";

/** What stands between a name and its value. Of a sentence, the verb. */
const links =
  /[:=→⇒➜⟶\t]|->| - | \.{3,60} | (?:is|was|are|were|became|equals|reads|is now|will be|(?:has|with|of|having) value|(?:is |was )?(?:set|changed|updated|renamed) to|(?:is |was )?(?:changed|updated|renamed|switched|moved|set) from) /g;
/** Between a value and the one that took its place: `"a" -> "b"`, `from a to b`. */
const becomes = /^["'`]?\s{0,2}(?:->|=>|→)\s{0,2}/;
const becomesSaid = /^["'`]?,? (?:->|→|to) /;
const longestName = 80;
/** How far to both sides of a name is looked for what makes it a person's, or a code a secret. */
const nearby = 200;

/** A name of something private, before a value. */
export interface Name {
  readonly kind: NameKind;
  readonly text: string;
  readonly words: readonly string[];
  /** In quotes, or of more than one word: of a program, not of a sentence. */
  readonly isTechnical: () => boolean;
  /** On a line of a file of settings. */
  readonly isListed: () => boolean;
}

/** Finds the values of private names: `password=…`, `"apiKey": "…"`, `Cookie: …`, `(email)=(…)`, `the password is …`. */
export function findNamed(text: string, add: Add, spellingOf: SpellingOf): void {
  let done = 0;
  const isConversation = hasSpeaker(text);
  for (const { 0: link, index } of matches(links, text)) {
    if (index < done || (link.length === 1 && !isLink(text, index))) continue;
    const name = nameBefore(text, index, link, isConversation);
    if (!name || name.kind === "other") continue;
    const value =
      valueAfter(text, index, link, name, spellingOf) ?? valueOfComplaint(text, index + link.length, name.kind);
    if (!value) continue;
    add(value.start, value.end, name.kind === "secret" ? labels.token : labels.private);
    done = value.end;
    const next = (link.endsWith(" from ") ? becomesSaid : becomes).exec(text.slice(done, done + 8))?.[0];
    const later = next === undefined ? undefined : valueAfter(text, done, next, name, spellingOf);
    if (!later) continue;
    add(later.start, later.end, name.kind === "secret" ? labels.token : labels.private);
    done = later.end;
  }
}

/** `Did you mean: 'emailAddress'?` */
function isIdentifier(said: string): boolean {
  return /^[A-Za-z_$.]+$/.test(said) && kindOfName(said) !== "other";
}

/** `date_of_birth -> Invalid date: "Feb 29, 1991"`, `email: not an address, got "…"`: what was complained about */
const complaint = /^ ?[A-Z]?[a-z][^"'`\n{}[\]]{1,120}?[:=]? ?["'`]([^"'`\n]{2,256})["'`]/d;

function valueOfComplaint(
  text: string,
  from: number,
  kind: NameKind,
): { readonly start: number; readonly end: number } | undefined {
  const found = complaint.exec(text.slice(from, from + 420));
  const said = found?.[1] ?? "";
  const isValue = kind === "secret" ? /^(?=.*\d)\S{6,}$/.test(said) : /[\d@]|\p{Lu}\p{Ll}| at /u.test(said);
  if (!found || !isValue || isReason(said) || isSentenceAbout(said) || isIdentifier(said)) return undefined;
  const [start, end] = placeOf(found, 1);
  return { start: from + start, end: from + end };
}

/** Not of `https://`, `a::b`, `a == b`, `a <= b`; `=>` and `:=` are one. */
function isLink(text: string, at: number): boolean {
  const next = text[at + 1];
  if (text[at] === ":")
    return next !== ":" && next !== "=" && text[at - 1] !== ":" && !(next === "/" && text[at + 2] === "/");
  if (text[at] !== "=" || next === "=") return text[at] !== "=";
  // `password=="…"`, but no version: `token==1.2`
  if (text[at - 1] === "=" && !/[=!<>~]/.test(text[at - 2] ?? ""))
    return /^=\s?["'`]|^=(?=\S{0,64}\d)[^\s\d.]/.test(text.slice(at, at + 70));
  return !/[=!<>~]/.test(text[at - 1] ?? "");
}

/** The name before a link: in quotes or brackets, with dots and dashes, or up to three words of a sentence. */
function nameBefore(text: string, link: number, sign: string, isConversation: boolean): Name | undefined {
  let end = link;
  while (end > link - 3 && /[ \t]/.test(text[end - 1] ?? "")) end -= 1;
  // `name := value`, `name ?= value`, `name?: value`
  if (/[:?=]/.test(text[end - 1] ?? "") && (sign === "=" || sign === ":")) end -= 1;
  while (end > link - 5 && /[ \t]/.test(text[end - 1] ?? "")) end -= 1;
  // `the SMS body was: "…"`
  if (sign === ":" && /[es]/.test(text[end - 1] ?? ""))
    end -= /(?<=\p{L}) (?:is|was|are|were)$/u.exec(text.slice(Math.max(0, end - 6), end))?.[0].length ?? 0;
  const isQuoted = /["'`\])]/.test(text[end - 1] ?? "");
  while (end > link - 6 && /["'`\])\\*]/.test(text[end - 1] ?? "")) end -= 1;
  // `{{first_name}}: Ada`
  if (text[end - 1] === "}")
    end -= /\{ ?[\w.]{2,40}( ?\}{1,2})$/.exec(text.slice(Math.max(0, end - 48), end))?.[1]?.length ?? 0;
  end = endBeforeCast(text, end);
  let start = end;
  const least = Math.max(0, end - longestName);
  while (start > least && /[\p{L}\p{N}_$.[-]/u.test(text[start - 1] ?? "")) start -= 1;
  while (start < end && /[[.-]/.test(text[start] ?? "")) start += 1;
  // `Address line 1: …`
  if (/^\d{1,2}$/.test(text.slice(start, end)) && text[start - 1] === " ") {
    start -= 1;
    while (start > least && /\p{L}/u.test(text[start - 1] ?? "")) start -= 1;
  }
  const token = text.slice(start, end);
  if (!/\p{L}/u.test(token) || isPlaceInCode(token, text, link)) return undefined;
  // What was redacted before is no name.
  if (isLabelApart(text, end) && !text.startsWith("=>", link)) return undefined;
  const isListed = () => isOfList(text, start, link);
  const isTechnical = () => isQuoted || /[_$.[]|\p{Ll}\p{Lu}/u.test(token) || isListed();
  const as = (kind: NameKind, said: string): Name => ({
    kind,
    text: said,
    words: wordsOf(said),
    isTechnical,
    isListed,
  });
  const kind = kindOfName(token);
  if (kind !== "other") return as(kind, token);
  if (isPrivateAlone(token) && !notInTexts.test(token) && isField(text, start, link, sign))
    return as("personal", token);
  if (
    /^(?:(?:p|in|arg|new|old)_)?(?:name|nom|nome|navn|namn)(?:_?\d{1,2})?$/i.test(token) &&
    isPersonsName(text, start, link, sign)
  )
    return as("personal", "full name");
  if (/^code$/i.test(token) && sign === "=" && isSignIn(text, start, link)) return as("secret", "auth code");
  if (isPartOfPerson(token) && (isHeldByPerson(text, start) || (sign === "=" && isInForm(token, text, start, link))))
    return as("personal", "full name");
  if (/^code$/i.test(token) && isSentCode(text, start, link)) return as("secret", "sms code");
  if (sign === ":" && isBySomebody(token, text, link)) return as("personal", "full name");
  if (isConversation && isSaidUnder(token) && !/^\s?[:=]\s?\d/.test(text.slice(link, link + 4)))
    return as("personal", "message body");
  // Twilio's `Body`; a body in an address's form, in quotes.
  if (token === "Body" || (/^body$/i.test(token) && (isQuoted || sign === "="))) return as("personal", "message body");
  if (isWrittenHere(token, text, start, link)) return as("personal", "message body");
  // `First name: Ada`, `"API key": …`: the private word is the last one, with what belongs to it.
  const said = text.slice(startOfWords(text, start), end);
  if (sign === "\t" && !isCell(text, end - said.length, link)) return undefined;
  return said.length === token.length ? undefined : as(kindOfWords(said), said);
}

/** Where the name before a cast of Postgres ends: `lower((email)::text)`. */
function endBeforeCast(text: string, end: number): number {
  const cast = /["'`\])]{0,3}::[a-z]{2,20}$/.exec(text.slice(Math.max(0, end - 26), end))?.[0];
  return cast === undefined ? end : end - cast.length;
}

/** `usePasswordReset.ts:41`: a file and a line. */
function isPlaceInCode(token: string, text: string, link: number): boolean {
  return /\.[a-z]{1,5}$/.test(token) && /^:\d{1,6}(?![\w.-])/.test(text.slice(link, link + 8));
}

/** Where up to three words before a word begin. */
function startOfWords(text: string, from: number): number {
  let start = from;
  for (let count = 0; count < 3 && /[ -]/.test(text[start - 1] ?? ""); count += 1) {
    let at = start - 1;
    while (at > start - 18 && /[\p{L}'’]/u.test(text[at - 1] ?? "")) at -= 1;
    if (at === start - 1 || at === start - 18) break;
    start = at;
  }
  return start;
}

/** Names that in texts stand before other things, too: `"stack":"Error …"`, `html="…"`. */
const notInTexts = /^(?:stack|html|login|contact|from_?name|answer|q)$/i;

/** Whether a name is the whole name of a field: in quotes, or before an equals sign without blanks. */
function isField(text: string, start: number, link: number, sign: string): boolean {
  const before = text[start - 1] ?? "";
  if (sign === ":") {
    if (/["']/.test(before) && /["']/.test(text[link - 1] ?? "")) return true;
    // `{ subject: '…', body: '…' }`
    return (
      /[{,\n]\s{0,8}$/.test(text.slice(Math.max(0, start - 10), start)) && /^: ?["'`]/.test(text.slice(link, link + 3))
    );
  }
  return sign === "=" && !/[\p{L}\p{N}_.$[-]/u.test(before) && /[\w"'(*]/.test(text[link + 1] ?? "");
}

/** Whether a bracket that ends here is the one of a label; not of a form's name (`user[email]`). */
function isLabelApart(text: string, end: number): boolean {
  if (text[end] !== "]") return false;
  const before = text.slice(Math.max(0, end - 12), end + 1);
  const bracket = before.lastIndexOf("[");
  return bracket >= 0 && isLabel(before.slice(bracket)) && !/[\w\]]/.test(before[bracket - 1] ?? "");
}

/** Whether the name begins a line of a file of settings or of headers: lines around it are such pairs, too. */
function isOfList(text: string, start: number, link: number): boolean {
  if (!/(?:^|\n)[ \t-]{0,8}$/.test(text.slice(Math.max(0, start - 9), start))) return false;
  const before = text.slice(Math.max(0, start - nearby), start).trimEnd();
  return (
    /(?:^|\n)[ \t-]{0,8}[\w-]{1,40}: [^\n]{0,120}$/.test(before) ||
    /^[^\n]{1,120}\n[ \t-]{0,8}[\w-]{1,40}: /.test(text.slice(link, link + nearby))
  );
}
