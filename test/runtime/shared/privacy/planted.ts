import fc from "fast-check";
import words from "../../../../src/runtime/shared/privacy/tables/words.json" with { type: "json" };

/*
 * Private data as people, forms and vendors write it, and values to hide it in. The tests of the redactor plant the
 * first in the second and look for it in what comes out.
 */

const reasons = new Set(words.reasons);
const digit = fc.integer({ min: 0, max: 9 });
const digits = (count: number) => fc.array(digit, { minLength: count, maxLength: count }).map((all) => all.join(""));
const characters = (alphabet: string, minLength: number, maxLength = minLength) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });

const lower = "abcdefghijklmnopqrstuvwxyz";
const letters = lower + lower.toUpperCase();
const alphanumeric = `${letters}0123456789`;
const hexadecimal = "0123456789abcdef";

export const emails = fc.oneof(
  fc.emailAddress(),
  fc.constantFrom(
    "ada@example.com",
    "ada.lovelace+tag@mail.example.co.uk",
    "o'brien@example.ie",
    '"ada lovelace"@example.com',
    "ada@[192.168.7.1]",
    "ada%40example.com",
    "ädä@exämple.de",
    "ada@localhost",
  ),
);

/** An area and an exchange of North America's plan. */
const area = fc.tuple(fc.integer({ min: 2, max: 9 }), digits(2)).map((parts) => parts.join(""));
const american = fc.tuple(area, area, digits(4));

export const phones = fc.oneof(
  digits(10).map((n) => `+1${n}`),
  digits(11).map((n) => `+49 ${n.slice(0, 3)} ${n.slice(3)}`),
  digits(10).map((n) => `(${n.slice(0, 3)}) ${n.slice(3, 6)}-${n.slice(6)}`),
  digits(10).map((n) => `${n.slice(0, 3)}-${n.slice(3, 6)}-${n.slice(6)}`),
  digits(10).map((n) => `${n.slice(0, 3)}.${n.slice(3, 6)}.${n.slice(6)}`),
  digits(10).map((n) => `+1%20${n.slice(0, 3)}%20${n.slice(3)}`),
  american.map(([one, two, rest]) => `+1+${one}+${two}+${rest}`),
  american.map(([one, two, rest]) => `+1_${one}_${two}_${rest}`),
  american.map(([one, two, rest]) => `+1${one}\u2060${two}\u2060${rest}`),
  fc.tuple(area, digits(4)).map(([one, rest]) => `${one}-${rest}`),
  fc.tuple(fc.integer({ min: 1, max: 9 }), digits(2), digits(6)).map(([one, two, rest]) => `0${one}${two}/${rest}`),
);

/** Numbers of the networks' ranges with a right check digit. */
export const cards = fc
  .tuple(fc.constantFrom("4", "51", "55", "2221", "6011", "65"), digits(15))
  .map(([range, rest]) => `${range}${rest}`.slice(0, 15))
  .map((n) => {
    const sum = [...n].reverse().reduce((total, figure, index) => {
      const doubled = Number(figure) * (index % 2 === 0 ? 2 : 1);
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
    return `${n}${(10 - (sum % 10)) % 10}`.replace(/(\d{4})(?=\d)/g, "$1 ");
  });

export const tokens = fc.oneof(
  characters(alphanumeric, 24).map((rest) => `sk_live_${rest}`),
  characters(alphanumeric, 43).map((rest) => `phc_${rest}`),
  characters(alphanumeric, 43).map((rest) => `phx_${rest}`),
  characters(alphanumeric, 36).map((rest) => `ghp_${rest}`),
  characters(alphanumeric.toUpperCase(), 16).map((rest) => `AKIA${rest}`),
  characters(alphanumeric, 24, 60).map((rest) => `xoxb-${rest}`),
  characters(hexadecimal, 64).map((rest) => `sntryu_${rest}`),
  fc
    .tuple(characters(alphanumeric, 20, 80), characters(`${alphanumeric}_-`, 20, 80), characters(alphanumeric, 43))
    .map(([head, body, signature]) => `eyJ${head}.eyJ${body}.${signature}`),
  characters(`${alphanumeric}`, 20, 40).map((rest) => `Bearer ${rest}`),
  characters(alphanumeric, 12, 40).map((rest) => `redis://default:${rest}@eu1.upstash.io:6379`),
  // `password=length` says what is wrong with it: fast-check's texts have such words.
  characters(alphanumeric, 6, 30)
    .filter((rest) => !reasons.has(rest.toLowerCase()))
    .map((rest) => `password=${rest}`),
  fc.noBias(characters(hexadecimal, 41, 64)),
  // Random with all characters equally likely, because the redactor recognises such tokens by that.
  fc.noBias(characters(alphanumeric, 32, 64)),
);

export const secrets = fc.oneof(emails, phones, cards, tokens);

/** The part that identifies a planted secret: of `Bearer x`, `password=x` and an address with a password, the secret. */
export function tellingPart(secret: string): string {
  return /^(?:Bearer |password=|redis:\/\/default:)([A-Za-z0-9]+)/.exec(secret)?.[1] ?? secret;
}

/** `ref 423-1341`, `id 0548/382428`, `12 items`: such a word says what a number is, so it is not a phone number. */
const saysWhichNumber = new RegExp(`\\b(?:${[...words.numberWords, ...words.units].join("|")})s?\\b`, "i");

/** Text around a secret: words, punctuation, any Unicode. */
const surroundings = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "call ",
    "mail=",
    ", then ",
    "\n",
    '{"to":"',
    '"}',
    "<",
    ">",
    "(",
    ")",
    "👩‍👧",
    "\ud83d",
    "/",
  ),
  // Another digit next to a number, of whatever script, makes it a different number.
  fc.string({ unit: "binary", maxLength: 20 }).filter((text) => !/\p{Nd}/u.test(text)),
  fc.lorem({ maxCount: 5 }),
);

/**
 * A text that contains the secret, separated from letters and digits, which would become a part of it. `a4155550123` is
 * an id and not a phone number, so ids stay readable; the same holds for a key within a longer word.
 */
export const textWith = (secret: string) =>
  fc
    .tuple(surroundings, surroundings)
    .filter((around) => !around.some((text) => saysWhichNumber.test(text)))
    .map(
      ([before, after]) =>
        `${before.replace(/[\p{L}\p{M}\p{N}_]$/u, "$& ")}${secret}${after.replace(/^[\p{L}\p{M}\p{N}_]/u, " $&")}`,
    );

/** A value that contains the text somewhere: nested, as a key, in a map, a set, an error or its cause. */
export const valueWith = (text: string) =>
  fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.constant<unknown>(text),
      fc.tuple(fc.anything(), tie("value")).map((items) => items),
      fc.tuple(fc.string(), tie("value")).map(([key, value]) => ({ [key]: value, other: 1 })),
      tie("value").map((value) => new Map([[text, value]])),
      tie("value").map((value) => new Set([value])),
      tie("value").map((value) => new Error(text, { cause: value })),
      tie("value").map((value) => new AggregateError([value], text)),
      tie("value").map((value) => Object.assign(new TypeError(text), { detail: value })),
      tie("value").map((value) => ({ toJSON: () => value })),
      tie("value").map((value) => ({ [text]: value })),
    ),
  })).value;

/** Every text in a value, keys included. */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...textsIn(item)]);
}
