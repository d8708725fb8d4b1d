import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { describe, expect, test } from "vitest";
import { type Document, type Item, line, sentence } from "../../../src/operate/text/document.ts";
import { jsonText, readable, sourceComment, sourceText } from "../../../src/operate/text/escape.ts";
import { markdown } from "../../../src/operate/text/markdown.ts";
import { code, link, name, Phrase, plain, strong } from "../../../src/operate/text/phrase.ts";
import { terminal } from "../../../src/operate/text/terminal.ts";

/** The HTML that GitHub renders for a comment, before it removes dangerous parts. */
const rendered = (text: string): string =>
  micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });

/** What a reader sees of an HTML page. */
const seen = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");

/** Removes spaces and invisible joiners, which a reader does not see. */
const asRead = (text: string): string => text.replaceAll("\u2060", "").replaceAll(/\s+/g, "");

const page = (...items: Item[]): Document => ({
  headline: plain("x"),
  sections: [{ title: plain("T"), importance: 0, items, more: () => plain("") }],
});

/** Texts that mean something to Markdown, to GitHub, to HTML or to a terminal; and any others. */
const nasty = fc.constantFrom(
  ...[
    "\r",
    "\n",
    "\r\n",
    "\u2028",
    "\u0085",
    "\t",
    "# ",
    "## x",
    "- ",
    "+ ",
    "1. ",
    "1) ",
    "> ",
    "===",
    "---",
    "```",
    "~~~",
  ],
  ...[
    "*",
    "**",
    "_",
    "__",
    "`",
    "``",
    "~",
    "~~",
    "|",
    "\\",
    "\\|",
    "&amp;",
    "&#35;",
    "&",
    "$x$",
    "$$",
    "!",
    "[",
    "]",
    "(",
    ")",
    "[^1]",
  ],
  ...[
    "[a](javascript:x)",
    "![a](https://x.example/a.png)",
    "<b>",
    "</details>",
    "<!--",
    "-->",
    "<img src=x onerror=y>",
    "<",
  ],
  ...[
    "@team",
    "@brandvx/team",
    "#1",
    "GH-1",
    "gh-12",
    "a/b#1",
    "https://x.example",
    "HTTP://x.example",
    "www.x.example",
  ],
  ...[
    "WWW.x.example",
    "ftp://x.example",
    "a@x.example",
    "mailto:a@x.example",
    "xmpp:a@x.example/b",
    ":smile:",
    "[ ] ",
    "[x] ",
  ],
  ...[
    "\u001b[31m",
    "\u001b]8;;https://x.example\u0007",
    "\u009b31m",
    "\u0007",
    "\u202e",
    "\u2066",
    "\u200f",
    "\ufeff",
    "\u{e0041}",
  ],
  ...["a", " b ", "Ü", "日本", "👩‍👧", "    code", ".", '"', "'", "\ud800", "0"],
);
const text = fc.oneof(
  { weight: 3, arbitrary: fc.array(nasty, { minLength: 1, maxLength: 8 }).map((parts) => parts.join("")) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 30 }) },
);
const phrase = fc
  .array(
    fc.tuple(text, fc.constantFrom(plain, name, code, strong)).map(([words, as]) => as(words)),
    { minLength: 1, maxLength: 4 },
  )
  .map((phrases) => new Phrase(phrases.flatMap(({ parts }) => parts)));

/** Characters that a terminal or a page obeys instead of showing them; a line break is not among them. */
const acting = /(?!\n)[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

/** Tags that this project's Markdown consists of, whatever its text. */
const meant = /^<\/?(h3|p|ul|li|strong|em|code|pre|table|thead|tbody|tr|th|td)( class="language-text")?>$/;

function expectAsSaid(document: Document, said: string): void {
  const html = rendered(markdown(document));
  for (const [tag] of html.matchAll(/<[^>]*>/g)) expect(tag, html).toMatch(meant);
  expect(asRead(seen(html))).toBe(asRead(readable(said)));
}

describe("Markdown as GitHub renders it", () => {
  test("says what was said in a headline, a title, lines, notes and sentences, and nothing of it is notation, a tag or a link", () => {
    fc.assert(
      fc.property(phrase, phrase, phrase, phrase, (headline, first, note, last) => {
        const items = [line(first, [note]), sentence(last)];
        const document = { ...page(...items), headline };
        // A line begins with a capital letter.
        const said = [
          headline,
          plain("T"),
          line(first).kind === "line" ? (items[0] as { text: Phrase }).text : first,
          note,
          last,
        ];
        expectAsSaid(document, said.map(String).join(" "));
      }),
      { numRuns: 1500 },
    );
  });

  test("says it in the cells of a table", () => {
    fc.assert(
      fc.property(phrase, phrase, text, (one, other, column) => {
        const table = { kind: "table" as const, columns: [`c${column}`, "d"], rows: [[one, other]] };
        expectAsSaid(page(table), ["x", "T", `c${column}`, "d", one, other].map(String).join(" "));
      }),
      { numRuns: 700 },
    );
  });

  test("shows a block as it is, without the codes that colour a terminal", () => {
    fc.assert(
      fc.property(text, (block) => {
        const html = rendered(markdown(page({ kind: "block", text: block })));
        for (const [tag] of html.matchAll(/<[^>]*>/g)) expect(tag, html).toMatch(meant);
        expect(asRead(seen(html))).toBe(asRead(`xT${readable(block)}`));
        expect(html).not.toMatch(acting);
      }),
      { numRuns: 500 },
    );
  });

  test.for(["@team", "#12", "GH-1", "gh-1", "https://x.example", "www.x.example", "a@x.example", ":smile:", "b/c#3"])(
    "%s is words: GitHub looks for it letter by letter",
    (mark) => {
      expect(seen(rendered(markdown(page(sentence(plain(`so ${mark} there`))))))).not.toContain(mark);
    },
  );

  test("an address that was put together is one", () => {
    const said = new Phrase([...plain("https:").parts, ...plain("//x.example").parts]);
    expect(rendered(markdown(page(sentence(said))))).not.toContain("<a");
  });

  test("a link goes to its page, and to nothing that is none", () => {
    fc.assert(
      fc.property(text, text, (words, rest) => {
        const html = rendered(markdown(page(sentence(link(`a${words}`, `https://x.example/${rest}`)))));
        expect(html.match(/<a /g)).toHaveLength(1);
        expect(html).toMatch(/<a href="https:\/\/x\.example\/[^"]*">/);
      }),
      { numRuns: 300 },
    );
    expect(rendered(markdown(page(sentence(link("a", "javascript:alert(1)")))))).not.toContain("<a");
  });
});

test("a terminal is sent nothing but what it shows", () => {
  fc.assert(
    fc.property(phrase, text, text, (said, block, column) => {
      const table = { kind: "table" as const, columns: [column], rows: [[said]] };
      const shown = terminal(
        { ...page(line(said, [said]), { kind: "block", text: block }, table), headline: said },
        { colors: false },
      );
      expect(shown).not.toMatch(acting);
    }),
    { numRuns: 500 },
  );
});

describe("TypeScript's source", () => {
  const unseen = /[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u;

  test("holds the very text, and a reader sees each character of it", () => {
    fc.assert(
      fc.property(text, (words) => {
        const source = sourceText(words);
        expect(source).not.toMatch(unseen);
        expect(runInNewContext(source)).toBe(words);
      }),
      { numRuns: 500 },
    );
  });

  test("holds comments that end where their line ends", () => {
    fc.assert(
      fc.property(text, (words) => {
        expect(sourceComment(words)).not.toMatch(unseen);
        expect(runInNewContext(`// ${sourceComment(words)}\n7`)).toBe(7);
      }),
      { numRuns: 500 },
    );
  });
});

test("JSON means the same, and does nothing to a terminal that shows it", () => {
  fc.assert(
    fc.property(text, (words) => {
      const json = jsonText({ [words]: words });
      expect(JSON.parse(json)).toEqual({ [words]: words });
      expect(json).not.toMatch(acting);
    }),
  );
});
