import { isReason, isSentenceAbout, takesNumbers } from "../names.ts";
import words from "../tables/words.json" with { type: "json" };
import { placeOf, type SpellingOf } from "./found.ts";
import { isWordlike } from "./letters.ts";
import type { Name } from "./named.ts";

/** Where a value stands. */
interface ValueSpan {
  readonly start: number;
  readonly end: number;
}

const longestValue = 2_048;
/** How much of a value is looked at to tell whether it is one. What is read beyond it is redacted, and so read once. */
const longestLook = 160;
/** Most blanks between a name and its value, where values stand under each other. */
const widestGap = 40;
/** What a cookie is for is not known: all of the line goes. */
const wholeLine = /cookies?$/i;
const ofCookies = /^(?:samesite|secure|httponly|path|domain|max-age|expires)\b/i;
const scheme = /^(?:basic|bearer|digest|token|apikey|negotiate|ntlm|hmac|aws4-hmac-sha256)[ ]{1,3}/i;
/** Each issuer has a scheme of its own: `Authorization: GenieKey …`; what follows is no word of a sentence. */
const ofAuthorization = /authori[sz]ation$/i;
const anyScheme = /^[A-Za-z][\w-]{1,30} {1,3}(?=[^\s"']*[\d=])[^\s"']{6,}/;
const written = new Set([
  ...words.writtenNames,
  "message",
  "log",
  "history",
  "conversation",
  "bio",
  "voicemail",
  "story",
]);
const phone = new Set(
  [...words.phoneWords, ...words.namesOfPhones].flatMap((name) => name.split(" ")).filter((word) => word !== "address"),
);
/** What stands for a value in documentation, templates and code. */
const placeholder =
  /^(?:\*+|x{3,}|X{3,}|\.{3}|…|<(?:[a-z][a-z .|_-]{0,39}|[A-Z][A-Z _-]{0,39}|(?:your|insert|enter|object|class|function|method|bound|built-in|coroutine|nil|not|redacted)\b[^<>]{0,60})?>|\$\d{1,3}\b|\?(?:[\s,);]|$)|:[a-z_]{1,30}\b|%\(\w{1,40}\)s|\$\{|\$\(|\$[A-Z_]{2,}|\{\{|process\.env|import\.meta|os\.environ|%[sdj]|\[(?:redacted|filtered|hidden|object|array)|\[[a-z]{2,8}\])/i;
/** The beginning of an expression of code: `await f()`, `req.headers.x`, `new Map()`, `string;`. */
const expression =
  /^(?:await|new|async|typeof|function|return|void|this|self|const|let|string|number|boolean|any|unknown)\b|^(?:str|int|float|bool|bytes|dict|list|datetime|Any|UUID|UUID4|EmailStr|SecretStr|Optional|Annotated|Union|HttpUrl|PhoneNumber|PaymentCardNumber)(?:$|[\s,;)\]=|[])|^[A-Za-z_$][\w$]{0,60}(?:\?\.|\(|\[|\.[A-Za-z_$][\w$]{0,60}(?:[(;,)\s]|\.(?!\d))|\.[A-Za-z_$][\w$]{0,60}$)/;
const names =
  /^\p{Lu}[\p{L}'’.-]{0,40}(?:(?: |\+|%20)(?:(?:van|von|de|der|den|del|da|di|la|le|al|bin|ben|el) ){0,2}\p{Lu}[\p{L}'’.-]{0,40}){0,3}/u;
/** What programs put before a value: `**Name:** …` in Markdown, `!!str "…"` and `&a "…"` in YAML. */
const decoration = /^(?:\*{1,2}[ \t]?(?:\r?\n)?(?=[^\s*])|!!?[a-z]{1,12} |&\w{1,20} )/;
/** What is taken where a setting is missing: `"${NAME:-…}"`, `os.getenv("NAME", "…")`, `process.env.NAME || "…"` */
const fallback =
  /^["'`]?(?:\$\{\w{1,60}:?[-=+]["']?([^}"'\s]{3,128})["']?\}|[A-Za-z_][\w.]{0,60}(?:\(["'][\w.]{1,60}["'], ?(?:default ?= ?)?| ?(?:\|\||\?\?|or) ?)["']([^"'\n]{3,128})["'])/d;
/** YAML's texts of several lines: `|-`, `>` */
const block = /^[|>][+-]?\d?[ \t]{0,4}(?=\r?\n)/;
/** What programs put around a value: `Some("…")`, `SecretStr('…')`, `Str(…)`, `lower('…')`, `datetime.date(1985, 3, 2)`. */
const wrapper =
  /^(?:(?:[A-Za-z]{1,20}\.)?[A-Z]\w{0,24}\((?=b?["'`])|(?:Some|Just|Ok|Str|Optional|Value|Int|Double|ByteString)\(|(?:lower|upper|b?trim|crypt|md5|sha\d{0,3}|digest|encode|unaccent|to_date|date|timestamp|coalesce|nullif|btoa|atob|encodeURIComponent|b64encode|base64\.\w{1,20})\((?=b?["'`])|(?:(?:[A-Za-z]{1,20}\.){0,2}(?:date|datetime|of|UTC)|new Date)\((?=["'`\d]))/;
/** Words of names that are followed by a person's. */
const people =
  /^(?:name|surname|forename|.*name|nachname|holder|contact|payee|beneficiary|recipient|patient|invitee|kin|taxpayer|passenger|guest|kana|apellidos?|prenom|prénom|cognome|nombre)$/;
const street =
  /^(?:street|addr|address|strasse|straße|adresse|anschrift|line[123]|indirizzo|direccion|dirección|calle|rue)$/;
/** Words that say in which state something is: `the password is stored`. */
const state = /^[a-z]+(?:ed|ing|able|ible|ly|ory|ent|ant|ful|less|own|ost|eady|ure|ale|ong|eak|hort)$/;

/** Where the value after a link stands; undefined where what follows is none. */
export function valueAfter(
  text: string,
  at: number,
  link: string,
  name: Name,
  spellingOf: SpellingOf,
): ValueSpan | undefined {
  const isSaid = /^ [a-z]/.test(link);
  const from = at + (link === "=" && text[at + 1] === ">" ? 2 : link.length);
  let start = from;
  while (start < from + widestGap && /[ \t]/.test(text[start] ?? "")) start += 1;
  const before = decoration.exec(text.slice(start, start + 24))?.[0].length ?? 0;
  start += before;
  if (link === ":" && /[\r\n]/.test(text[start] ?? "")) return valueBelow(text, start, name);
  const lines = link === ":" ? block.exec(text.slice(start, start + 8)) : null;
  if (lines) return blockBelow(text, start + lines[0].length);
  const around = wrapper.exec(text.slice(start, start + 48))?.[0].length ?? 0;
  start += around;
  if (/^[bruf]{1,2}["']/i.test(text.slice(start, start + 3)))
    start += text[start + 1] === '"' || text[start + 1] === "'" ? 1 : 2;
  const isSpaced = start > from || link.length > 1;
  const look = text.slice(start, start + longestLook);
  const sign = look[0] ?? "";
  const without = fallback.exec(look);
  if (without && !saysNothing(without[1] ?? without[2] ?? "", name, false, false)) {
    const [from, to] = placeOf(without, without[1] === undefined ? 2 : 1);
    return { start: start + from, end: start + to };
  }
  if (/["'`]/.test(sign)) return quotedValue(text, start, look, name, spellingOf);
  if (around > 0) return wrappedValue(look, start, name);
  if (isSaid) return saidValue(look, start, name);
  const bracketed =
    sign === "(" && name.words.some((word) => phone.has(word)) ? numberInBrackets.exec(look)?.[0] : undefined;
  if (bracketed !== undefined) return { start, end: start + bracketed.length };
  if (isWritten(name) && markup.test(look))
    return {
      start,
      end: start + untilEnd(/^[^\r\n]*/.exec(text.slice(start, start + longestValue))?.[0] ?? "").length,
    };
  if (/[([{<]/.test(sign)) return bracketedValue(text, start, look, name);
  // The shell's working directory
  if (/^(?:OLD)?PWD$/i.test(name.text) && /^[/~]/.test(look)) return undefined;
  if (saysNothing(look, name, isSpaced, link === ":" && !name.isTechnical())) return undefined;
  if (wholeLine.test(name.text) && ofCookies.test(look)) return undefined;
  const value = wholeLine.test(name.text)
    ? untilEnd(/^[^\r\n]*/.exec(text.slice(start))?.[0] ?? "")
    : bareValue(text.slice(start, start + longestValue), name, link === "=");
  if (value.trim() === "" || isCount(value.trim(), name)) return undefined;
  // `auth: password="…"`: the value stands under the name within
  if (/^[\w.$-]{2,40}[=:]$/.test(value) && /["'`]/.test(text[start + value.length] ?? "")) return undefined;
  // `cmdstat_auth:calls=12`: names and numbers of their own
  if (link === ":" && !isSpaced && /^[a-z_]{2,30}=\d/.test(value)) return undefined;
  return { start, end: endWithEscapes(text, start + value.length, start + longestValue, at, spellingOf) };
}

/** A sign that ends a value, but was escaped deeper than the link before it, is a part of it: `password=a%26b`. */
function endWithEscapes(text: string, from: number, last: number, link: number, spellingOf: SpellingOf): number {
  let end = from;
  const depth = spellingOf(link).length;
  for (;;) {
    const spelled = end < last ? spellingOf(end) : "";
    if (!spelled.startsWith("%") || spelled.length <= depth || !/[\s"'`,;&<>()[\]{}|]/.test(text[end] ?? ""))
      return end;
    end += 1 + (/^[^\s"'`,;&<>()[\]{}|]{0,512}/.exec(text.slice(end + 1, end + 513))?.[0].length ?? 0);
  }
}

/** Up to the bracket that closes what stands around the value. */
function wrappedValue(look: string, start: number, name: Name): ValueSpan | undefined {
  const value = /^[^()\n]{1,160}/.exec(look)?.[0] ?? "";
  return saysNothing(value, name, false, false) || isCount(value, name)
    ? undefined
    : { start, end: start + value.length };
}

/** All lines that are indented, of YAML's texts. */
function blockBelow(text: string, start: number): ValueSpan | undefined {
  const lines = /^(?:\r?\n[ \t]{1,20}[^\r\n]{1,512}){1,40}/.exec(text.slice(start, start + longestValue))?.[0];
  if (lines === undefined) return undefined;
  const lead = /^\s{1,24}/.exec(lines)?.[0].length ?? 0;
  return { start: start + lead, end: start + lines.length };
}

/** `password:` and below it `value: …` */
const heldBelow =
  /^\r?\n[ \t]{1,8}["']?(?:value|val|default|plain|plaintext|content|data|text|raw|current|stringValue)["']?: ?["']?([^\s"'][^"'\r\n]{0,255})/d;

/** In the next lines, indented: YAML's lists and folded headers. */
function valueBelow(text: string, start: number, name: Name): ValueSpan | undefined {
  const held = heldBelow.exec(text.slice(start, start + 320));
  if (held && !saysNothing(held[1] ?? "", name, false, false)) {
    const [from, to] = placeOf(held, 1);
    return { start: start + from, end: start + to };
  }
  const first = /^\r?\n[ \t]{1,8}(?:- )?[^\s:#][^\r\n:]{0,256}(?=\r?\n|$)/.exec(text.slice(start, start + 300))?.[0];
  if (first === undefined) return undefined;
  if (saysNothing(first.replace(/^[\s-]{1,12}/, ""), name, false, false)) return undefined;
  const lines = /^(?:\r?\n[ \t]{1,8}(?:- )?[^\s:#][^\r\n:]{0,256}(?=\r?\n|$)){1,20}/.exec(
    text.slice(start, start + longestValue),
  )?.[0];
  const lead = /^\s{1,10}(?:- )?/.exec(first)?.[0].length ?? 0;
  return { start: start + lead, end: start + (lines ?? first).length };
}

const parameters =
  /^["'`](?:digest|hmac|oauth|signature|aws4\S{0,20}) (?:[\w-]{1,40}=(?:"[^"\n]{0,512}"|[^",\s]{1,512})(?:,\s?)?){1,20}/i;
const closes = /^(?:$|[\s,;:)}\]&>|.\\"'`?!])/;

/** Within quotes, whose end is followed by what ends a value: texts that were escaped once have quotes within. */
function quotedValue(
  text: string,
  start: number,
  look: string,
  name: Name,
  spellingOf: SpellingOf,
): ValueSpan | undefined {
  const short = closingQuote(look, start, spellingOf);
  const value = look.slice(1, short < 0 ? look.length : short);
  if (value.trim() === "" || placeholder.test(value) || isCount(value, name)) return undefined;
  if (!isWritten(name) && (isReason(value) || isSentenceAbout(value))) return undefined;
  if (short >= 0) {
    // `Digest username="ada", response="…"` within quotes that are no longer escaped
    const more = parameters.exec(text.slice(start, start + longestValue));
    return { start: start + 1, end: start + (more ? more[0].length : short) };
  }
  const rest = text.slice(start, start + longestValue);
  const end = closingQuote(rest, start, spellingOf);
  return { start: start + 1, end: start + (end < 0 ? (/^[^\r\n]*/.exec(rest)?.[0].length ?? 0) : end) };
}

/** The quote that was spelled as the opening one is: within `"…"` those of the text stand as `\\"`. */
function closingQuote(rest: string, start: number, spellingOf: SpellingOf): number {
  const quote = rest[0] ?? "";
  const spelled = spellingOf(start);
  let end = rest.indexOf(quote, 1);
  for (;;) {
    // SQL doubles a quote within: `'O''Malley'`
    if (end > 0 && /^''[\p{L}\p{N}]/u.test(rest.slice(end, end + 3)) && /[\p{L}\p{N}]/u.test(rest[end - 1] ?? ""))
      end += 1;
    else if (end <= 0 || (closes.test(rest.slice(end + 1, end + 2)) && spellingOf(start + end) === spelled)) break;
    end = rest.indexOf(quote, end + 1);
  }
  return end;
}

/** `"password": ["This field is required."]` */
const answers = /^\s?["']([^"'\n]{3,150})["']\s?\]/;

/** `(030) 901820` */
const numberInBrackets = /^\(\+?\d{1,5}\)(?:[ ()/.-]{0,3}\d){4,14}/;
/** `<p>Dear Ada` */
const markup = /^<[a-z][a-z\d]{0,10}(?: [^<>]{0,80})?>[^<]/i;

/** Within brackets: a list, an object, a tuple of Postgres. */
function bracketedValue(text: string, start: number, look: string, name: Name): ValueSpan | undefined {
  const inside = look.slice(1);
  const first = /^[^()[\]{}<>]*/.exec(inside)?.[0] ?? "";
  if (placeholder.test(look) || !/\w/.test(inside)) return undefined;
  const answer = answers.exec(inside)?.[1];
  if (answer !== undefined && !isWritten(name) && (isReason(answer) || isSentenceAbout(answer))) return undefined;
  if (first.length < inside.length && saysNothing(first, name, false, false) && first.trim() !== "") return undefined;
  const rest = text.slice(start, start + longestValue);
  let depth = 0;
  let end = 0;
  for (; end < rest.length; end += 1) {
    if (/[([{<]/.test(rest[end] ?? "")) depth += 1;
    else if (/[)\]}>]/.test(rest[end] ?? "")) depth -= 1;
    if (depth === 0) break;
  }
  return /\w/.test(rest.slice(1, end)) ? { start: start + 1, end: start + end } : undefined;
}

/** After a verb: only what no sentence would go on with. */
function saidValue(look: string, start: number, name: Name): ValueSpan | undefined {
  if (saysNothing(look, name, true, false)) return undefined;
  const word = (/^[^\s"'`,;<>()]{3,120}/.exec(look)?.[0] ?? "").replace(/[.:!?]{1,4}$/, "");
  const place = (length: number) => ({ start, end: start + length });
  if (name.kind === "secret") {
    if (word === "" || /^https?:|^v?\d+\.\d/.test(word)) return undefined;
    if (/\d/.test(word) ? /[A-Za-z]|\d{4}/.test(word) : /[A-Za-z][_!$%^&*#@][A-Za-z]|[a-z][A-Z]/.test(word))
      return place(word.length);
    if (/^(?:[a-z\d]{1,16}[-_]){2,6}[a-z\d]{1,16}$/i.test(word) && !/^(?:up|out)-|^\w+-\w+-use$/.test(word))
      return place(word.length);
    // A plain word at the end of a sentence, where it is somebody's choice.
    const ends = /^(?:[.!?,;)]|$)/.test(look.slice(word.length));
    return isChosen(name) && ends && word.length >= 5 && /^[a-z]+$/.test(word) && !state.test(word)
      ? place(word.length)
      : undefined;
  }
  const value = bareValue(look, name, false);
  if (/^\p{Lu}/u.test(value) && name.words.some((one) => people.test(one))) return place(value.length);
  if (name.words.some((word) => street.test(word)) && /^\d.*\p{Lu}|^\p{Lu}.*\d/u.test(value))
    return place(value.length);
  return (value.match(/\d/g)?.length ?? 0) >= 4 && !/^\d{4}-\d\d-\d\dT/.test(value) ? place(value.length) : undefined;
}

function untilEnd(line: string): string {
  return line.replace(/["'}\])]{1,8}$/, "");
}

const signedList = /^(?:\w{1,12}=[^\s,;"']{1,1024}[,;] ?){1,12}\w{1,12}=[^\s,;"']{1,1024}/;
const wordsOfPhrase = /^[\p{L}\p{N}'’-]{1,24}(?: [\p{L}\p{N}'’-]{1,24}){1,24}(?=\r?\n|$)/u;

function bareValue(rest: string, name: Name, isAssigned: boolean): string {
  if (name.kind === "secret") {
    const prefix = scheme.exec(rest)?.[0] ?? "";
    if (/^(?:digest|hmac|aws4)/i.test(prefix)) return untilEnd(/^[^\r\n]*/.exec(rest)?.[0] ?? "");
    if (prefix === "" && ofAuthorization.test(name.text) && anyScheme.test(rest))
      return untilEnd(/^[^\r\n]*/.exec(rest)?.[0] ?? "").replace(/[,;.]$/, "");
    // Codes and keys by the number: `backup codes: a1b2-c3d4 e5f6-g7h8`, and a code in groups
    const list = /s$/i.test(name.text)
      ? /^(?:[\w-]{0,40}\d[\w-]{0,40}(?:, ?| |$)){2,20}/.exec(rest)?.[0].trimEnd()
      : /^\d{2,4}(?: \d{2,4}){1,3}(?![\w.])/.exec(rest)?.[0];
    if (list !== undefined) return list.replace(/,$/, "");
    // `Stripe-Signature: t=1492774577,v1=5257…`
    const signed = /signature$/i.test(name.text) ? signedList.exec(rest)?.[0] : undefined;
    if (signed !== undefined) return signed;
    // A phrase of several words, on a line of its own or under a name that says so
    if (/phrase|mnemonic|seed|words?$/i.test(name.text) || (isChosen(name) && name.isListed())) {
      const phrase = wordsOfPhrase.exec(rest)?.[0];
      if (phrase !== undefined) return phrase;
    }
    const token = /^[^\s"'`,;&<>]{1,2048}/.exec(rest.slice(prefix.length))?.[0] ?? "";
    return prefix + token.replace(/[)\]}.:]{1,8}$/, "");
  }
  const { words } = name;
  // What was written goes up to where a form's next field begins.
  if (isWritten(name)) {
    return untilEnd(
      (isAssigned ? /^[^\n&]{1,1024}/ : /^[^\n]{1,1024}?(?= [A-Z]\w{1,30}: |\n|$)/).exec(rest)?.[0] ?? "",
    );
  }
  if (/birth|dob|born|geburt|naissance|nacimiento/.test(words.join(" ")) && !isAssigned)
    return /^[^\n;|"(){},]{1,24}(?:, \d{4})?/.exec(rest)?.[0].trimEnd() ?? "";
  if (words.some((word) => phone.has(word))) {
    const number = /^[+(]?\d(?:[ ()/.-]{0,3}\d){4,20}/.exec(rest)?.[0];
    if (number !== undefined) return number;
  }
  if (
    (words.some((word) => street.test(word)) || /^(?:ship|bill|deliver|sold)[ _-]?to$/i.test(name.text)) &&
    !words.includes("email") &&
    !words.includes("ip") &&
    !/^\d{1,3}\.\d/.test(rest)
  ) {
    const line = isAssigned ? (rest.slice(0, 200).split(/\s\w{1,40}=/)[0] ?? rest) : rest;
    return /^[^\n;|"<>&(){}[\]]{1,100}?(?=[\n;|"<>&(){}[\]]|, ?\w{1,40}[:=]|$)/.exec(line)?.[0].trimEnd() ?? "";
  }
  const someone = words.some((word) => people.test(word)) ? names.exec(rest)?.[0] : undefined;
  if (someone !== undefined && (!isAssigned || /[ +%]/.test(someone))) return someone.replace(/[.-]{1,4}$/, "");
  // Numbers are written in groups.
  const number = /^[A-Z]{0,3}\d[\w./-]{0,40}(?: [A-Z\d][\dA-Z./-]{0,8}(?!\w)){0,8}(?![+%])/.exec(rest)?.[0];
  return (number ?? /^[^\s"'`,;&<>()[\]{}|]{1,512}/.exec(rest)?.[0])?.replace(/[.:]{1,4}$/, "") ?? "";
}

function isWritten(name: Name): boolean {
  return name.kind === "personal" && name.words.some((word) => written.has(word));
}

/** Whether a person chose it: it may be any word then. */
function isChosen(name: Name): boolean {
  return (
    name.kind === "personal" || /pass|pwd|pw$|pin|answer|phrase|secret|clave|contrase|heslo|senha/i.test(name.text)
  );
}

/** `tokens: 512/4096`, `emails=3` */
function isCount(value: string, name: Name): boolean {
  const takes = takesNumbers(name.text);
  if (/^\d{0,3}$/.test(value) && !takes && !/passw|pwd|code|pin/i.test(name.text)) return true;
  if (/^\d{1,4}$/.test(value) && /(?:phone|mobile|email|card|passport|street|landline|number)s$/i.test(name.text))
    return true;
  return /^[\d., /]{1,11}%?$/.test(value) && !takes && /s$/i.test(name.text) && !/pass|address$/i.test(name.text);
}

/** Whether what follows a private name is not the private thing: a reason, a placeholder, code. */
function saysNothing(look: string, name: Name, isSpaced: boolean, isSentence: boolean): boolean {
  const text = look.trim();
  if (placeholder.test(text)) return true;
  if (/^(?:None|null|nil|undefined)(?=[\s,;)\]}&]|$)/.test(text)) return true;
  // An id of Twilio's
  if (/^[A-Z]{2}[\da-f]{32}(?!\w)/.test(text)) return true;
  if (/^(?:this |the )?(?:field|value|string|input) (?:is|must|may|can|cannot|should)\b/i.test(text)) return true;
  const bare = text.replace(scheme, "");
  const first = /^[A-Za-z/']{1,40}/.exec(bare)?.[0] ?? "";
  if (
    !isWritten(name) &&
    (isReason(bare) || (first !== "" && isReason(first) && /^(?:$|[\s,.;:!?)])/.test(bare.slice(first.length))))
  )
    return true;
  if (isSpaced && expression.test(text)) return true;
  // What a machine made is no word; what a person chose may be one.
  const word = /^[a-z]{3,16}(?![\w=+/-])/.exec(text)?.[0];
  return isSentence && isSpaced && !isChosen(name) && word !== undefined && isWordlike(word);
}
