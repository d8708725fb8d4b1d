import { isPerson, isPrivateName } from "../names.ts";
import { matches } from "./found.ts";

/*
 * Names that say nothing by themselves (`name`, `first`, `code`, `text`): what stands around them tells whether they are
 * a person's.
 */

/** How far to both sides of a name is looked. */
const nearby = 200;

/** Names of what somebody wrote, which name nothing else where a sentence stands behind them. */
const writtenAlone =
  /^(?:notes?|remarks?|comments?|reply|replies|completion|transcript(?:ion)?|caption|draft|prompt|utterance|voicemail|feedback|review|greeting|sms|whatsapp|testimonial|complaint|body)$/i;
const severalWords = /^\s?[:=]\s{0,2}b?["'`“][\p{L}\d'’,.!?-]{1,20} [\p{L}\d'’,.!?-]{1,20}[ "'`”.!?,]/u;

/** `user said: "…"`, `she wrote: "…"` */
const saidBy =
  /\b(?:[Uu]ser|[Cc]lient|[Cc]ustomer|[Pp]atient|[Cc]aller|[Gg]uest|[Cc]ontact|[Ll]ead|[Mm]ember|[Vv]isitor|[Ss]ender|[Ss]tylist|[Ss]?[Hh]e|[Tt]hey) $/;
const said = /^(?:said|wrote|writes|says|asked|replied|typed|texted|messaged|answered)$/;
/** `Prompt: Write a text …` on a line of its own, without quotes */
const heading = /^(?:prompt|completion|transcript(?:ion)?|utterance|voicemail|testimonial|complaint)$/i;
const severalWordsBare = /^: ?\p{Lu}[\p{L}'’]{0,20}(?: [\p{L}\d'’,.-]{1,20}){3}/u;

function isHeading(token: string, text: string, start: number): boolean {
  return heading.test(token) && startsLine(text, start);
}

function startsLine(text: string, start: number): boolean {
  return start === 0 || /[\n\r]\s{0,4}$/.test(text.slice(Math.max(0, start - 5), start));
}

/** `First name⇥Ada` on a line of its own; not the heading of a table. */
export function isCell(text: string, start: number, link: number): boolean {
  const value = /^\t([^\t\n]{2,80})(?:\r?\n|$)/.exec(text.slice(link, link + 84))?.[1];
  return value !== undefined && startsLine(text, start) && !isPrivateName(value);
}

/** What a message says, and that it goes from somebody to somebody: in the same braces. */
const sentAs = /^(?:text|html|subject|content|caption)$/i;
const sendField =
  /["'](?:to|from|sender|recipient|(?:from|to)_?number|direction|message_?s?id|channel)\\?["']\s?:\s?\\?["'][^"'/]/i;
const sentTo =
  /["'](?:to|from|recipient|sender)\\?["']\s?:\s?\\?["'](?:\+?\d{7}|[^"'@\s]{1,64}@|\[(?:phone|email)\]|whatsapp:)/i;
const sixFigures = /^[:=] ?\\?["']\d{6}\b/;

/** Whether a code of six figures stands beside the phone or the address that it was sent to. */
export function isSentCode(text: string, start: number, link: number): boolean {
  return sixFigures.test(text.slice(link, link + 14)) && isBeside(contactField, text, start, link);
}

/** `Stylist: Ada Lovelace`, `created_by: Ada Lovelace` */
export function isBySomebody(token: string, text: string, link: number): boolean {
  return (isPerson(token) || byWhom.test(token)) && twoNamesAlone.test(text.slice(link, link + nearby));
}

/** Whether what follows is what somebody wrote, by the name, the words before it or the fields beside it. */
export function isWrittenHere(token: string, text: string, start: number, link: number): boolean {
  const isFollowedBy = (pattern: RegExp) => pattern.test(text.slice(link, link + 80));
  if (writtenAlone.test(token))
    return isFollowedBy(severalWords) || (isHeading(token, text, start) && isFollowedBy(severalWordsBare));
  if (text[link] !== ":") return false;
  if (sentAs.test(token)) return isBeside(sendField, text, start, link);
  if (/^message$/i.test(token)) return isBeside(sentTo, text, start, link);
  return said.test(token) && saidBy.test(text.slice(Math.max(0, start - 24), start)) && isFollowedBy(severalWords);
}

/** Whether such a field stands in the same braces. */
function isBeside(field: RegExp, text: string, start: number, link: number): boolean {
  const before = text.slice(Math.max(0, start - nearby), start);
  const after = upToBrace(text.slice(link, link + nearby));
  return field.test(before.slice(before.lastIndexOf("{") + 1)) || field.test(after);
}

function upToBrace(text: string): string {
  return /^[^{}]{0,200}/.exec(text)?.[0] ?? "";
}

/** `first=Ada&last=King`: beside another part of a name, or how to reach them. */
export function isInForm(token: string, text: string, start: number, link: number): boolean {
  const around = `${text.slice(Math.max(0, start - 100), start)}${text.slice(link, link + 100)}`;
  const own = token.toLowerCase();
  for (const [, part] of matches(formPart, around)) if (part?.toLowerCase() !== own) return true;
  return false;
}
const formPart = /(?:^|[&?;,\s])(first|last|given|family|middle|e-?mail|phone|mobile)=/gi;

/** A contact's field or name beside it, in the same braces; or what holds it is a person. */
const contactField =
  /["'](?:e-?mail|phone|first_?name|last_?name|last_?4|exp_?month|pr[eé]nom|apellidos?|cognome|sobrenome|fornavn|f[oö]rnamn|mobile|contact_?\w{0,20}|email_\w{1,20})(?:_?\d{1,2})?\\?["']\s?:/i;
/** Where somebody lives or was born: with two names beside it, those are theirs, not a company's or a server's. */
const homeField =
  /["'](?:(?:home|street|billing|shipping|postal|mailing)?_?address|street|dob|date_?of_?birth|birth_?da(?:te|y)|ssn|gender|zip|zip_?code|postal_?code|passport\w{0,8}|notes?|age|last_?visit\w{0,8}|appointment\w{0,12}|(?:contact|client|customer|patient|guest|lead|member)_?id)\\?["']\s?:/i;
const twoNamesQuoted = /^[:=] {0,2}["'`]\p{Lu}\p{L}{1,40}(?: \p{Lu}[\p{L}'’.-]{0,40}){1,3}["'`]/u;
const twoNames = /^=\s?["']?\p{Lu}\p{L}{1,40}(?:(?: |\+|_|%20)\p{Lu}[\p{L}'.-]{1,40}){1,3}/u;

/** `Stylist: Ada Lovelace` up to what ends a field */
const twoNamesAlone =
  /^: {0,2}\p{Lu}\p{Ll}{1,30}(?: (?:\p{Lu}\.|(?:van|von|de|der|da|del|al|bin) \p{Lu}\p{Ll}{1,30}|\p{Lu}[\p{L}'’-]{1,30})){1,3}(?=$|[,;|)\]}\n]| [([-]|[>"'])/u;
/** `created_by: Ada Lovelace`, `signed by: …` */
const byWhom = /(?:^|[_-])(?:by|attn|attention)$/i;

/** `Name: Ada Lovelace` and on the next line, or behind a comma, how to reach them. */
const reached =
  /^: {0,2}\p{Lu}\p{L}{1,30}(?: \p{Lu}[\p{L}.'’-]{0,30}){1,3}["']?\s{0,2}[,;|\n]\s{0,3}["']?(?:e-?mail|(?:mobile|cell|home|work)? ?phone|tel|mobile|cell|dob)\w{0,10}(?: \w{1,10})?["']?\s?[:=]/iu;

/** Whether a "name" is a person's, by what stands around it. */
export function isPersonsName(text: string, start: number, link: number, sign: string): boolean {
  const follows = text.slice(link, link + nearby);
  if (sign === "=") return twoNames.test(follows);
  if (reached.test(follows) || isHeldByPerson(text, start)) return true;
  const before = text.slice(Math.max(0, start - nearby), start);
  const beside = before.slice(Math.max(before.lastIndexOf("{"), before.lastIndexOf("\n"), 0));
  const after = upToBrace(follows);
  if (twoNamesQuoted.test(follows) && homeField.test(`${beside}${after}`)) return true;
  return contactField.test(beside) || contactField.test(after);
}

/** Whether what holds the field is a person: `"customer": {"name": …`, `Contact(id=7, first=…`. */
export function isHeldByPerson(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - nearby), start);
  const open = Math.max(before.lastIndexOf("{"), before.lastIndexOf("("));
  if (open < 0 || /[)}]/.test(before.slice(open))) return false;
  const holder = before[open] === "(" ? /([A-Z]\w{1,60})$/ : /([\w$.-]{1,60})["'\\]{0,3}\s?(?:[:=,]\s?["'\\[]{0,3})?$/;
  return isPerson(holder.exec(before.slice(Math.max(0, open - 70), open))?.[1] ?? "");
}

/** Whether a "code" is one of OAuth, by the other fields of its form. */
export function isSignIn(text: string, start: number, link: number): boolean {
  const around = text.slice(Math.max(0, start - nearby), link + nearby);
  return /\b(?:grant_type|client_id|client_secret|redirect_uri|code_verifier|state|token_type|scope|authuser|prompt|session_state|iss)=/.test(
    around,
  );
}
