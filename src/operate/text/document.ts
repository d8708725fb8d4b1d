import { capitalized, type Phrase } from "./phrase.ts";

/** A report before it is rendered. Made by pure functions, rendered by `markdown` and `terminal`. */
export interface Document {
  /** One line that says it all. Never left out. */
  readonly headline: Phrase;
  readonly sections: readonly Section[];
}

/** A part of a report. When the report is too long, less important sections are cut first. */
export interface Section {
  /** Undefined: the section has no title. */
  readonly title?: Phrase;
  /** 0 is cut last. */
  readonly importance: number;
  readonly items: readonly Item[];
  /** Words for items that were cut: "and 12 more dashboards". */
  readonly more: (left: number) => Phrase;
  /** How it is highlighted. */
  readonly tone?: "danger" | "warning";
}

export type Item =
  | { readonly kind: "line"; readonly text: Phrase; readonly notes?: readonly Phrase[] }
  | { readonly kind: "text"; readonly text: Phrase }
  | { readonly kind: "table"; readonly columns: readonly string[]; readonly rows: readonly (readonly Phrase[])[] }
  /** Preformatted text. */
  | { readonly kind: "block"; readonly text: string }
  | { readonly kind: "pictures"; readonly title: Phrase; readonly pictures: readonly Picture[] };

/** A picture in two themes. */
export interface Picture {
  /** What it shows: "what changes, before and after". */
  readonly caption: string;
  /** File names in the folder of pictures. */
  readonly light: string;
  readonly dark: string;
  /** Address of the folder; undefined when it is only on disk. */
  readonly folderUrl?: string | undefined;
}

/** The same document with each of its texts changed, before any notation is added. */
export function withTexts({ headline, sections }: Document, change: (text: string) => string): Document {
  const phrase = (one: Phrase): Phrase => one.withTexts(change);
  const item = (one: Item): Item => {
    switch (one.kind) {
      case "line":
        return { ...one, text: phrase(one.text), ...(one.notes && { notes: one.notes.map(phrase) }) };
      case "text":
        return { ...one, text: phrase(one.text) };
      case "table":
        return { ...one, rows: one.rows.map((row) => row.map(phrase)) };
      case "block":
        return { ...one, text: change(one.text) };
      case "pictures":
        return { ...one, title: phrase(one.title) };
    }
  };
  return {
    headline: phrase(headline),
    sections: sections.map((section) => ({
      ...section,
      ...(section.title && { title: phrase(section.title) }),
      items: section.items.map(item),
    })),
  };
}

/** A sentence that is no item of a list. */
export const sentence = (text: Phrase): Item => ({ kind: "text", text });

export const line = (text: Phrase, notes: readonly Phrase[] = []): Item => ({
  kind: "line",
  text: capitalized(text),
  ...(notes.length > 0 && { notes }),
});
