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
];

/** Each fragment, and each two of them, one after the other. */
export function pairs(): string[] {
  return fragments.flatMap((one, index) => fragments.slice(index).map((other) => (other === one ? one : one + other)));
}

/** Milliseconds of the call for a text of `length` made of the fragment: the least of three. */
export function costOf(call: (text: string) => unknown, fragment: string, length: number): number {
  const text = fragment.repeat(Math.ceil(length / fragment.length)).slice(0, length);
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3; run += 1) {
    const begun = performance.now();
    call(text);
    least = Math.min(least, performance.now() - begun);
  }
  return least;
}
