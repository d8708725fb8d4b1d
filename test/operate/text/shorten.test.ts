import fc from "fast-check";
import { expect, test } from "vitest";
import { type Document, line, type Section } from "../../../src/operate/text/document.ts";
import { markdown } from "../../../src/operate/text/markdown.ts";
import { code, name, plain, say, strong } from "../../../src/operate/text/phrase.ts";
import { longestComment, shorten } from "../../../src/operate/text/shorten.ts";

const text = fc.string({ unit: "grapheme", maxLength: 2000 });
const phrase = fc.tuple(text, fc.constantFrom(plain, name, code, strong)).map(([words, as]) => as(words));
const item = fc.oneof(
  fc.tuple(phrase, fc.array(phrase, { maxLength: 6 })).map(([words, notes]) => line(words, notes)),
  fc.string({ maxLength: 20_000 }).map((block) => ({ kind: "block" as const, text: block })),
);
const section = fc.record({ importance: fc.nat(9), items: fc.array(item, { minLength: 1, maxLength: 60 }) }).map(
  ({ importance, items }): Section => ({
    title: plain(`Section of importance ${importance}`),
    importance,
    items,
    more: (left) => plain(`… and ${left} more`),
  }),
);
const documents = fc
  .array(section, { maxLength: 9 })
  .map((sections): Document => ({ headline: say`${strong("production")}: many things change`, sections }));

test("whatever a report says, it fits into a comment and keeps its headline and titles", () => {
  fc.assert(
    fc.property(documents, fc.integer({ min: 4_000, max: longestComment }), (document, limit) => {
      const short = shorten(document, limit);
      const shown = markdown(short);
      expect(shown.length).toBeLessThanOrEqual(limit);
      expect(shown).toContain("**production**: many things change");
      for (const { title } of document.sections) expect(shown).toContain(String(title));
    }),
    { numRuns: 100 },
  );
});

test("what fits is left as it is", () => {
  const document: Document = {
    headline: plain("One thing"),
    sections: [{ importance: 1, items: [line(plain("a"), [plain("b")])], more: () => plain("") }],
  };
  expect(markdown(shorten(document, longestComment))).toBe(markdown(document));
});

const rows = (count: number, words: string) =>
  Array.from({ length: count }, (_, i) => line(plain(`${words} ${i}`), [plain("x".repeat(400))]));

test("the least important is cut first: its notes, then its items, which are counted", () => {
  const document: Document = {
    headline: plain("Many things"),
    sections: [
      { importance: 1, title: plain("Losses"), items: rows(10, "loss"), more: (left) => plain(`and ${left} losses`) },
      { importance: 5, title: plain("Rest"), items: rows(200, "thing"), more: (left) => plain(`and ${left} things`) },
    ],
  };
  const roomy = markdown(shorten(document, 20_000));
  expect(roomy.match(/Loss \d+\n {2}- x/g), "losses keep their notes").toHaveLength(10);
  expect(roomy.match(/^- Thing \d+/gm), "every other thing keeps its line").toHaveLength(200);

  const narrow = markdown(shorten(document, 6_000));
  expect(narrow.match(/Loss \d+\n {2}- x/g)).toHaveLength(10);
  const left = Number(/And (\d+) things/.exec(narrow)?.[1]);
  expect(narrow.match(/^- Thing \d+/gm)).toHaveLength(200 - left);
});
