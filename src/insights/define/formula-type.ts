/*
 * What the compiler can see of a formula: that it names only series which are there, and has no strange characters.
 * A wrong formula is compared with a sentence, so that the editor underlines it and shows the sentence.
 */

type Alphabet = [
  "A",
  "B",
  "C",
  "D",
  "E",
  "F",
  "G",
  "H",
  "I",
  "J",
  "K",
  "L",
  "M",
  "N",
  "O",
  "P",
  "Q",
  "R",
  "S",
  "T",
  "U",
  "V",
  "W",
  "X",
  "Y",
  "Z",
];

/** "A" | "B" for two series. */
type Letters<Series extends readonly unknown[]> = Alphabet[Exclude<keyof Series, keyof []> & keyof Alphabet] & string;

/** "A, B" for two series. */
type Listed<Series extends readonly unknown[], Counted extends unknown[] = []> = Series extends readonly [
  unknown,
  ...infer Rest,
]
  ? `${Counted extends [] ? "" : ", "}${Alphabet[Counted["length"] & keyof Alphabet] & string}${Listed<Rest, [...Counted, unknown]>}`
  : "";

type Symbols = " " | "+" | "-" | "*" | "/" | "%" | "(" | ")" | "." | `${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`;

type Read<
  Formula extends string,
  Rest extends string,
  Series extends readonly unknown[],
> = Rest extends `${infer Character}${infer Tail}`
  ? Uppercase<Character> extends Letters<Series>
    ? Read<Formula, Tail, Series>
    : Character extends Symbols
      ? Read<Formula, Tail, Series>
      : Uppercase<Character> extends Lowercase<Character>
        ? `the formula has ${Character}, which it cannot read`
        : `the formula names series ${Uppercase<Character>}, there is only ${Listed<Series>}`
  : Formula;

/** The formula itself when the compiler finds nothing wrong with it, a sentence about what is wrong otherwise. */
export type CheckedFormula<Formula extends string, Series extends readonly unknown[]> = string extends Formula
  ? Formula
  : Read<Formula, Formula, Series>;
