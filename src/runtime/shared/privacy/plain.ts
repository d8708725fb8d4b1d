import characters from "./tables/characters.json" with { type: "json" };

const zerosOfScripts = characters.zerosOfScripts;
const entities: Readonly<Record<string, string>> = characters.entities;

/**
 * A text as a person would read it, and where each part of it stands in the text as it came. Detectors see the plain
 * form alone; what they find is replaced in the original, so that the rest of it stays as it was spelled.
 */
export interface PlainText {
  readonly text: string;
  /** Index in the original of the character at `index` of `text`; for its length, the original's length. */
  originOf(index: number): number;
  /** How the character at `index` was spelled in the original. */
  spellingOf(index: number): string;
}

/** A text may be JSON in a query in HTML; deeper than this it is not read. */
const mostRounds = 4;

/** One escape of JSON or JavaScript, percent, HTML, or a character that has a plainer twin. */
const escapes =
  /\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|([^\sux\da-z]|[bfnrtv]))|%u([\da-f]{4})|%([\da-f]{2})|&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));?|([^\0-\x7f])/gi;
/** Without any of these a text is plain already. */
const mayBeEscaped = /[\\%&]|[^\0-\x7f]/;

const quotedPrintable = /=(?:\r?\n|([\dA-F]{2}))/g;
/** An equals sign that is followed by two capital figures is mostly no escape: `limit=40`. These are; so is one without a name before it. */
const isQuotedPrintable =
  /=(?:3[AD]|2[CEF](?![\dA-Za-z])|C[2-9A-F]=[89AB][\dA-F]|E2=80|40[\w.-]{1,64}\.[a-z]{2}|\r?\n)|(?<![\w)\]}"'`=!<>+*/%&|^~:-][ \t]?)=(?:2[0-9A-F]|3[ACE]|5[BD]|7[BD])/;

const invisible =
  /\u034f|\u17b4|\u17b5|[\u00ad\u061c\u115f\u1160\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|[\u180b-\u180e]|[\ufe00-\ufe0f]/;
const space = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/;
const dash = /[\u2010-\u2015\u2212\u2043\ufe58\ufe63]/;

const controls: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: " ", f: " ", v: " " };

/** The plain forms of a text: one, and a second where it may be quoted-printable. */
export function plainForms(original: string): PlainText[] {
  let form: PlainText = { text: original, originOf: (index) => index, spellingOf: (index) => original[index] ?? "" };
  for (let round = 0; round < mostRounds && mayBeEscaped.test(form.text); round += 1) {
    const next = replaced(original, form, escapes, plainOf);
    if (next.text === form.text) break;
    form = next;
  }
  if (!isQuotedPrintable.test(form.text)) return [form];
  return [form, replaced(original, form, quotedPrintable, (found) => characterOf(found[1]) ?? "")];
}

/** A form in which what the pattern finds is replaced, undefined for what stays. */
function replaced(
  original: string,
  form: PlainText,
  pattern: RegExp,
  replacement: (found: RegExpExecArray) => string | undefined,
): PlainText {
  const { text } = form;
  const pieces: string[] = [];
  // Where pieces begin in the new text and in the old one, and whether they are the same there.
  const starts: number[] = [];
  const origins: number[] = [];
  const copied: boolean[] = [];
  let length = 0;
  let done = 0;
  const add = (piece: string, origin: number, isCopy: boolean) => {
    if (piece === "") return;
    pieces.push(piece);
    starts.push(length);
    origins.push(origin);
    copied.push(isCopy);
    length += piece.length;
  };
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    const plain = replacement(found);
    if (plain === undefined) continue;
    add(text.slice(done, found.index), done, true);
    add(plain, found.index, false);
    done = found.index + found[0].length;
  }
  if (done === 0) return form;
  add(text.slice(done), done, true);
  const originOf = (index: number): number => {
    if (index >= length) return form.originOf(text.length);
    const piece = lastAtOrBefore(starts, index);
    const origin = origins[piece] ?? 0;
    return form.originOf(copied[piece] ? origin + index - (starts[piece] ?? 0) : origin);
  };
  return {
    text: pieces.join(""),
    originOf,
    spellingOf: (index) => original.slice(originOf(index), originOf(index + 1)),
  };
}

/** Index of the last of the rising numbers that is not above `value`. */
function lastAtOrBefore(numbers: readonly number[], value: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((numbers[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

function plainOf(found: RegExpExecArray): string | undefined {
  const [, braced, unicode, byte, escaped, percentUnicode, percent, decimal, hexadecimal, name, foreign] = found;
  if (foreign !== undefined) return plainerOf(foreign);
  // A capital after a backslash is a part of a path (`C:\Temp`), not an escape.
  if (escaped !== undefined) return controls[escaped] ?? (/[A-Z]/.test(escaped) ? undefined : escaped);
  if (name !== undefined) return Object.hasOwn(entities, name.toLowerCase()) ? entities[name.toLowerCase()] : undefined;
  if (decimal !== undefined) return characterOf(Number(decimal).toString(16));
  return characterOf(braced ?? unicode ?? byte ?? percentUnicode ?? percent ?? hexadecimal);
}

/** The character of a hexadecimal number; of a byte above ASCII, which is part of a longer one, a letter in its place. */
function characterOf(figures: string | undefined): string | undefined {
  if (figures === undefined) return undefined;
  const code = Number.parseInt(figures, 16);
  if (code > 0x10ffff) return undefined;
  if (figures.length === 2 && code > 0x7f) return "\u00e9";
  const character = String.fromCodePoint(code);
  return code > 0x7f ? (plainerOf(character) ?? character) : character;
}

/** What a character that is not ASCII reads as: another script's digit, a wide letter, a dash, a space, nothing. */
function plainerOf(character: string): string | undefined {
  if (invisible.test(character)) return "";
  if (space.test(character)) return " ";
  if (dash.test(character)) return "-";
  const code = character.codePointAt(0) ?? 0;
  if (code === 0xfe6b) return "@";
  if (code === 0x3002 || code === 0xff61) return ".";
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  const zero = zerosOfScripts.find((start) => code >= start && code <= start + 9);
  return zero === undefined ? undefined : String(code - zero);
}
