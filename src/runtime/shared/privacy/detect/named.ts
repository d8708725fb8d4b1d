import { isLabel, labels } from "../labels.ts";
import { isReason, isSentenceAbout, kindOfName, kindOfWords, type NameKind, takesNumbers, wordsOf } from "../names.ts";
import { type Add, matches } from "./found.ts";
import { isWordlike } from "./letters.ts";

/** What separates a name from its value. */
const separators = /[:=→\t]|->/g;
const longestName = 80;
const longestValue = 2_048;
/** What a cookie is for is not known: all of the line goes. */
const wholeLine = /cookies?$/i;
const scheme = /^(?:basic|bearer|digest|token|apikey|negotiate|ntlm|hmac|aws4-hmac-sha256)[ ]{1,3}/i;
/** What stands for a value in documentation, templates and code. */
const placeholder =
  /^(?:\*+|x{3,}|X{3,}|\.{3}|…|<[^<>]{0,40}>|\$\{|\$\(|\$[A-Z_]{2,}|\{\{|process\.env|import\.meta|os\.environ|%[sdj]|\[(?:redacted|filtered|hidden|object|array)|\[[a-z]{2,8}\])/i;
/** The beginning of an expression of code: `await f()`, `req.headers.x`, `new Map()`, `string;`. */
const expression =
  /^(?:await|new|async|typeof|function|return|void|this|self|const|let|string|number|boolean|any|unknown)\b|^[A-Za-z_$][\w$]*(?:\?\.|\(|\[|\.[A-Za-z_$][\w$]*[.(;,)\s]|\.[A-Za-z_$][\w$]*$)/;
const names =
  /^\p{Lu}[\p{L}'’.-]{0,40}(?: (?:(?:van|von|de|der|den|del|da|di|la|le|al|bin|ben|el) ){0,2}\p{Lu}[\p{L}'’.-]{0,40}){0,3}/u;

interface Name {
  readonly kind: NameKind;
  readonly text: string;
  readonly quoted: boolean;
}

/** Finds the values of private names: `password=…`, `"apiKey": "…"`, `Cookie: …`, `(email)=(…)`, `<pin>…</pin>`. */
export function findNamed(text: string, add: Add): void {
  let done = 0;
  for (const { index } of matches(separators, text)) {
    if (index < done || !isSeparator(text, index)) continue;
    const name = nameBefore(text, index);
    if (!name || name.kind === "other") continue;
    const value = valueAfter(text, index, name);
    if (!value) continue;
    add(value.start, value.end, name.kind === "secret" ? labels.token : labels.private);
    done = value.end;
  }
}

/** Not of `https://`, `a::b`, `a == b`, `a <= b`; `=>` and `:=` are one. */
function isSeparator(text: string, at: number): boolean {
  const next = text[at + 1];
  if (!/[:=]/.test(text[at] ?? "")) return true;
  if (text[at] === ":")
    return next !== ":" && next !== "=" && text[at - 1] !== ":" && !(next === "/" && text[at + 2] === "/");
  return next !== "=" && !/[=!<>~]/.test(text[at - 1] ?? "");
}

/** The name before a separator: in quotes or brackets, with dots and dashes, or up to three words of a sentence. */
function nameBefore(text: string, separator: number): Name | undefined {
  let end = separator;
  while (end > separator - 3 && /[ \t]/.test(text[end - 1] ?? "")) end -= 1;
  const quoted = /["'`\])]/.test(text[end - 1] ?? "");
  while (end > separator - 6 && /["'`\])\\*]/.test(text[end - 1] ?? "")) end -= 1;
  let start = end;
  const least = Math.max(0, end - longestName);
  while (start > least && /[\p{L}\p{N}_$.-]/u.test(text[start - 1] ?? "")) start -= 1;
  const token = text.slice(start, end);
  // What was redacted before is no name.
  if (!/\p{L}/u.test(token) || isLabel(text.slice(start - 1, end + 1))) return undefined;
  const kind = kindOfName(token);
  if (kind !== "other") return { kind, text: token, quoted };
  // `First name: Ada`, `"API key": …`: the private word is the last one, with what belongs to it.
  if (text[separator] === "\t") return undefined;
  const before = /(?:[A-Za-z]{1,16}[ -]){1,2}$/.exec(text.slice(Math.max(0, start - 34), start))?.[0];
  if (before === undefined) return undefined;
  const words = wordsOf(before + token);
  return { kind: kindOfWords(words.slice(-3)), text: before + token, quoted };
}

function valueAfter(text: string, separator: number, name: Name): { start: number; end: number } | undefined {
  const arrow = text[separator + 1] === ">" ? 2 : 1;
  let start = separator + arrow;
  while (start < separator + arrow + 4 && /[ \t]/.test(text[start] ?? "")) start += 1;
  if (text[separator] === ":" && /[\r\n]/.test(text[start] ?? "")) return valueBelow(text, start, name);
  const spaced = start > separator + arrow;
  const sign = text[start] ?? "";
  const rest = text.slice(start, start + longestValue);
  if (/["'`]/.test(sign)) return quotedValue(rest, start, name);
  if (/[([{]/.test(sign)) return bracketedValue(rest, start, name);
  if (wholeLine.test(name.text)) {
    const line = /^[^\r\n]*/.exec(rest)?.[0].replace(/["'}\])]+$/, "") ?? "";
    return line.trim() === "" || saysNothing(line, name, true) ? undefined : { start, end: start + line.length };
  }
  const value = bareValue(rest, name, text[separator] === "=", spaced);
  return value === "" || saysNothing(value, name, spaced, text[separator] === ":")
    ? undefined
    : { start, end: start + value.length };
}

/** In the next lines, indented: YAML's lists and folded headers. */
function valueBelow(text: string, start: number, name: Name): { start: number; end: number } | undefined {
  const lines = /^(?:\r?\n[ \t]{1,8}(?:- )?[^\s:#][^\r\n:]{0,256}(?=\r?\n|$)){1,20}/.exec(
    text.slice(start, start + longestValue),
  )?.[0];
  if (lines === undefined || name.quoted || saysNothing(lines.replace(/^[\s-]+/, ""), name, false)) return undefined;
  const lead = /^\s+(?:- )?/.exec(lines)?.[0].length ?? 0;
  return { start: start + lead, end: start + lines.length };
}

/** Within quotes, whose end is followed by what ends a value: texts that were escaped once have quotes within. */
function quotedValue(rest: string, start: number, name: Name): { start: number; end: number } | undefined {
  const quote = rest[0] ?? "";
  let end = rest.indexOf(quote, 1);
  while (end > 0 && !/^(?:$|[\s,;:)}\]&>|.\\"'`?!])/.test(rest.slice(end + 1, end + 2)))
    end = rest.indexOf(quote, end + 1);
  const value = rest.slice(1, end < 0 ? (/^[^\r\n]*/.exec(rest)?.[0].length ?? rest.length) : end);
  if (
    value.trim() === "" ||
    placeholder.test(value) ||
    isReason(value) ||
    isSentenceAbout(value) ||
    isCount(value, name)
  )
    return undefined;
  return { start: start + 1, end: start + 1 + value.length };
}

/** Within brackets: a list, an object, a tuple of Postgres. */
function bracketedValue(rest: string, start: number, name: Name): { start: number; end: number } | undefined {
  let depth = 0;
  let end = 0;
  for (; end < rest.length; end += 1) {
    if (/[([{]/.test(rest[end] ?? "")) depth += 1;
    else if (/[)\]}]/.test(rest[end] ?? "")) depth -= 1;
    if (depth === 0) break;
  }
  const value = rest.slice(1, end);
  if (!/[\w]/.test(value) || placeholder.test(rest) || saysNothing(value, name, false)) return undefined;
  return { start: start + 1, end: start + 1 + value.length };
}

function bareValue(rest: string, name: Name, assigned: boolean, spaced: boolean): string {
  if (name.kind === "secret") {
    const prefix = scheme.exec(rest)?.[0] ?? "";
    if (/^(?:digest|hmac|aws4)/i.test(prefix)) return /^[^\r\n]*/.exec(rest)?.[0].replace(/["'}\])]+$/, "") ?? "";
    // Codes and keys by the number: `backup codes: a1b2-c3d4 e5f6-g7h8`
    const list = /s$/i.test(name.text) ? /^(?:[\w-]*\d[\w-]*(?:, ?| |$)){2,20}/.exec(rest)?.[0].trimEnd() : undefined;
    if (list !== undefined) return list.replace(/,$/, "");
    const token = /^[^\s"'`,;&<>]{1,2048}/.exec(rest.slice(prefix.length))?.[0] ?? "";
    return prefix + token.replace(/[)\]}.:]+$/, "");
  }
  const words = wordsOf(name.text);
  if (/birth|dob/.test(words.join(" ")) && !assigned) return /^[^\n;|"(){}]{1,24}/.exec(rest)?.[0].trimEnd() ?? "";
  if (
    words.some((word) => word === "street" || word === "address") &&
    !words.includes("email") &&
    !words.includes("ip")
  ) {
    return (
      /^[^\n;|"<>&(){}[\]]{1,100}?(?=[\n;|"<>&(){}[\]]|, ?\w+[:=]|$)/
        .exec(assigned ? (rest.split(/\s\w+=/)[0] ?? rest) : rest)?.[0]
        .trimEnd() ?? ""
    );
  }
  const someone = words.some((word) => people.test(word)) ? names.exec(rest)?.[0] : undefined;
  if (someone !== undefined && (spaced || !assigned || / /.test(someone))) return someone.replace(/[.-]+$/, "");
  // Numbers are written in groups.
  const number = /^[A-Z]{0,3}\d[\w./-]*(?: [A-Z\d][\dA-Z./-]{0,8}(?![\w]))*/.exec(rest)?.[0];
  return (number ?? /^[^\s"'`,;&<>()[\]{}|]{1,512}/.exec(rest)?.[0])?.replace(/[.:]+$/, "") ?? "";
}

/** Words of names that are followed by a person's. */
const people =
  /^(?:name|surname|forename|.*name|nachname|holder|contact|payee|beneficiary|recipient|patient|invitee|kin|taxpayer|passenger|guest|kana)$/;

/** `tokens: 512/4096`, `emails=3` */
function isCount(value: string, name: Name): boolean {
  return (
    /^[\d., /]{1,11}%?$/.test(value) &&
    !takesNumbers(name.text) &&
    /s$/i.test(name.text) &&
    !/pass|address$/i.test(name.text)
  );
}

/** Whether what follows a private name is not the private thing: a reason, a count, a placeholder, code. */
function saysNothing(value: string, name: Name, spaced: boolean, isSentence = false): boolean {
  const text = value.trim();
  if (placeholder.test(text)) return true;
  if (isCount(text, name)) return true;
  const first = /^[A-Za-z/']+/.exec(text.replace(scheme, ""))?.[0] ?? "";
  if (
    isReason(text.replace(scheme, "")) ||
    (first !== "" && isReason(first) && /^(?:$|[\s,.;:!?)])/.test(text.replace(scheme, "").slice(first.length)))
  )
    return true;
  if (spaced && expression.test(text)) return true;
  // What a machine made is no word; what a person chose may be one.
  const chosen = name.kind === "personal" || /pass|pwd|pw$|pin|answer|phrase|secret/i.test(name.text);
  return (
    isSentence &&
    spaced &&
    !chosen &&
    /^[a-z]{3,16}(?![\w=+/-])/.test(text) &&
    isWordlike(/^[a-z]+/.exec(text)?.[0] ?? "")
  );
}
