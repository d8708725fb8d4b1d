import { median } from "../../../support/median.ts";

/*
 * Signs, escapes, prefixes and brackets of which a careless pattern's cost grows with the square of a text's length. The
 * cost of redacting is measured on repetitions of each, and of each two of them.
 */
export const fragments: readonly string[] = [
  "%40",
  "@",
  "%2",
  '\\"',
  "\\u0040",
  "\\x40",
  "&quot;",
  "&#64;",
  "=3D",
  "=",
  ":",
  '"',
  "'",
  "`",
  "(",
  ")",
  "[",
  "]",
  "{",
  "}",
  "<",
  ">",
  "/",
  "\\",
  "?",
  "#",
  "&",
  ";",
  ",",
  ".",
  "-",
  "_",
  "+",
  "~",
  "|",
  "$",
  " ",
  "\n",
  "\t",
  "a",
  "Ab ",
  "1",
  "1 ",
  "+1",
  "555-",
  "10.",
  "::",
  "2001:",
  "DE89",
  "é",
  "\u200b",
  "\ud83d\udc69",
  "password",
  "password=",
  "Cookie: ",
  "Bearer ",
  "token ",
  "://",
  "https://a",
  "eyJ",
  "sk_live_",
  "-----BEGIN PRIVATE KEY-----",
  "SET a:",
  "args: [",
  "values (",
  'name="a" ',
  'name":"',
  '"loc"',
  "eq.",
  "--key ",
  "<a>",
  "first_name",
  "your code ",
  "born ",
  "AUTH ",
  " is ",
  "[token]",
  "key: a\n",
  "a,b\n",
  '"role":"user"',
  ".eq('a','",
  "(a@b.co, ",
  'said: "',
  "code 123456 ",
  "=22",
];

/** Each fragment, and each two of them, one after the other. */
export function pairs(): string[] {
  return fragments.flatMap((one, index) => fragments.slice(index).map((other) => (other === one ? one : one + other)));
}

/** Milliseconds of the call for the text: the least of three. */
export function costOf(call: (text: string) => unknown, text: string): number {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3; run += 1) {
    const begun = performance.now();
    call(text);
    least = Math.min(least, performance.now() - begun);
  }
  return least;
}

/**
 * By how much the cost grows when a text of the fragment doubles. The fragment is repeated as a whole, so that both
 * texts end alike. It is the median of ratios of neighbouring measurements: a processor that runs at half its speed for
 * a while changes both of a pair alike.
 */
export function growthOf(call: (text: string) => unknown, fragment: string): number {
  const count = Math.max(1, Math.floor(3_900 / fragment.length));
  const [text, doubled] = [fragment.repeat(count), fragment.repeat(2 * count)];
  const ratios: number[] = [];
  for (let attempt = 1; attempt <= 41; attempt += 1) {
    const once = costOf(call, text);
    ratios.push(once === 0 ? 1 : costOf(call, doubled) / once);
    if (attempt % 2 === 1 && median(ratios) < 2.2) break;
  }
  return median(ratios);
}
