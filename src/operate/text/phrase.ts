/** A piece of a sentence: plain or emphasized text. */
export type Part =
  | { readonly as: "words" | "name" | "strong" | "code"; readonly text: string }
  | { readonly as: "link"; readonly text: string; readonly address: string };

/**
 * A sentence without notation. Markdown and terminal each escape it in their own way, so that a title with a star, an
 * `@name` or a tag in it is shown unchanged.
 */
export class Phrase {
  readonly parts: readonly Part[];

  constructor(parts: readonly Part[]) {
    this.parts = parts;
  }

  /** The same parts with other texts. */
  withTexts(change: (text: string) => string): Phrase {
    return new Phrase(
      this.parts.map((part) =>
        part.as === "link"
          ? { ...part, text: change(part.text), address: change(part.address) }
          : { ...part, text: change(part.text) },
      ),
    );
  }

  /** Without any emphasis. */
  toString(): string {
    return this.parts.map(({ text }) => text).join("");
  }

  /** Converts phrases to plain text for a report's JSON. */
  toJSON(): string {
    return this.toString();
  }
}

/** Values that a `say` template accepts. */
export type Sayable = string | number | Phrase;

/** `say`${name(title)}: window ${before} → ${after}``: inserted strings become plain text; phrases keep their emphasis. */
export function say(texts: TemplateStringsArray, ...values: readonly Sayable[]): Phrase {
  return new Phrase(
    texts.flatMap((text, index) => {
      const value = values[index];
      return [...words(text), ...(value === undefined ? [] : partsOf(value))];
    }),
  );
}

/** A title that somebody gave: *emphasized*. */
export const name = (text: string): Phrase => new Phrase([{ as: "name", text }]);

/** The subject of a section or line: **bold**. */
export const strong = (text: string): Phrase => new Phrase([{ as: "strong", text }]);

/** A name out of code, or a command: `typewriter`. */
export const code = (text: string): Phrase => new Phrase([{ as: "code", text }]);

export const link = (text: string, address: string): Phrase => new Phrase([{ as: "link", text, address }]);

export const plain = (text: string): Phrase => new Phrase(words(text));

/** Parses text with names or commands between backticks. */
export const marked = (text: string): Phrase =>
  new Phrase(
    text.split(/`([^`]+)`/).flatMap((part, index) => (index % 2 === 1 ? [{ as: "code", text: part }] : words(part))),
  );

/** Phrases in a row: "a, b and c". */
export function list(items: readonly Sayable[], last = " and "): Phrase {
  return joined(items, (index) => (index === items.length - 1 ? last : ", "));
}

/** Phrases with the same words between them. */
export const join = (items: readonly Sayable[], between: string): Phrase => joined(items, () => between);

function joined(items: readonly Sayable[], between: (index: number) => string): Phrase {
  return new Phrase(items.flatMap((item, index) => [...(index === 0 ? [] : words(between(index))), ...partsOf(item)]));
}

/** Capitalizes the first letter if the phrase begins with plain text; names and code stay unchanged. */
export function capitalized({ parts: [first, ...rest] }: Phrase): Phrase {
  if (first?.as !== "words") return new Phrase(first ? [first, ...rest] : []);
  return new Phrase([{ ...first, text: first.text.replace(/^[a-z]/, (letter) => letter.toUpperCase()) }, ...rest]);
}

const words = (text: string): Part[] => (text === "" ? [] : [{ as: "words", text }]);

const partsOf = (value: Sayable): readonly Part[] => (value instanceof Phrase ? value.parts : words(String(value)));

/** "1 tile", "3 tiles"; an irregular plural is passed as an argument. */
export const quantity = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
