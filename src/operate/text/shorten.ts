import { type Document, type Item, line, type Section, sentence } from "./document.ts";
import { markdown } from "./markdown.ts";
import { Phrase } from "./phrase.ts";

/** Maximum characters of a comment or issue on GitHub ("Body is too long (maximum is 65536 characters)"). */
export const longestComment = 65_536;

/** Maximum characters of one item, so that a stack trace does not crowd out the rest. */
const longestBlock = 8_000;
const longestLine = 600;

/**
 * Cuts the document to `limit` characters of Markdown, least important sections first: first the notes below items, starting
 * with the last item, then the items themselves, which are counted in one line. The headline and the titles always stay.
 */
export function shorten(document: Document, limit: number): Document {
  const sections = document.sections.map((section) => ({ ...section, items: section.items.map(shortItem) }));
  const shortened = new Map<Section, Section>(sections.map((section) => [section, section]));
  const current = (): Document => ({
    headline: shortPhrase(document.headline, longestLine),
    sections: sections.map((section) => shortened.get(section) ?? section),
  });
  const isShort = (): boolean => markdown(current()).length <= limit;
  for (const section of sections.toSorted((a, b) => b.importance - a.importance)) {
    if (isShort()) break;
    const { length } = section.items;
    const kept = (cut: (section: Section, count: number) => Section, count: number): boolean => {
      shortened.set(section, cut(section, count));
      return isShort();
    };
    if (kept(withNotes, 0)) largest(length, (count) => kept(withNotes, count));
    else largest(length, (count) => kept(withItems, count));
  }
  return current();
}

/** Binary search: the largest count below `length` for which isShort is true, and 0 when none is. */
function largest(length: number, isShort: (count: number) => boolean): void {
  let [low, high] = [0, length];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isShort(middle)) low = middle;
    else high = middle;
  }
  isShort(low);
}

/** The first items keep their notes, the others are one line each. */
const withNotes = (section: Section, count: number): Section => ({
  ...section,
  items: section.items.map((item, index) => (item.kind === "line" && index >= count ? line(item.text) : item)),
});

/** The first items, one line each, and how many there are beyond them. */
const withItems = (section: Section, count: number): Section => ({
  ...section,
  items: [...withNotes(section, 0).items.slice(0, count), line(section.more(section.items.length - count))],
});

function shortItem(item: Item): Item {
  switch (item.kind) {
    case "line":
      return line(
        shortPhrase(item.text, longestLine),
        (item.notes ?? []).map((note) => shortPhrase(note, longestLine)),
      );
    case "text":
      return sentence(shortPhrase(item.text, longestLine));
    case "block": {
      const left = item.text.length - longestBlock;
      return left <= 0
        ? item
        : { kind: "block", text: `${item.text.slice(0, longestBlock)}\n… (${left} characters more)` };
    }
    case "pictures":
    case "table":
      return item;
  }
}

function shortPhrase(phrase: Phrase, limit: number): Phrase {
  let left = limit;
  const parts = phrase.parts.flatMap((part) => {
    if (left <= 0) return [];
    const text = part.text.length > left ? `${part.text.slice(0, left)}…` : part.text;
    left -= part.text.length;
    return [{ ...part, text }];
  });
  return new Phrase(parts);
}
