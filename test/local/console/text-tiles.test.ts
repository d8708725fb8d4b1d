import * as fc from "fast-check";
import { expect, test } from "vitest";
import { drawMarkdown } from "../../../src/insights/draw/markdown.ts";
import { coloursOf } from "../../../src/insights/draw/theme.ts";
import { markdown } from "../../../src/local/console/pages/dashboard.ts";

/** Consecutive letters that look alike, without spaces. */
type Run = [style: "plain" | "bold" | "italic" | "code", letters: string];

/** Pieces of text, joined where they look alike. */
function runsOf(pieces: readonly Run[]): Run[] {
  const runs: Run[] = [];
  for (const [style, text] of pieces) {
    const letters = text
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&amp;", "&")
      .replaceAll(/\s/g, "");
    const last = runs.at(-1);
    if (letters === "") continue;
    if (last?.[0] === style) last[1] += letters;
    else runs.push([style, letters]);
  }
  return runs;
}

/** The text on the console's page. */
function onThePage(text: string): Run[] {
  const styles = { strong: "bold", em: "italic", code: "code" } as const;
  let style: Run[0] = "plain";
  const pieces = String(markdown(text))
    .split(/(<\/?(?:p|strong|em|code)>)/)
    .flatMap((part): Run[] => {
      const tag = /^<(\/?)(p|strong|em|code)>$/.exec(part);
      if (!tag) return [[style, part]];
      style = tag[1] || tag[2] === "p" ? "plain" : styles[tag[2] as keyof typeof styles];
      return [];
    });
  return runsOf(pieces);
}

/** The text in the picture, which is large enough for all of it. */
function inThePicture(text: string): Run[] {
  const svg = drawMarkdown(text, { width: 100_000, height: 100_000 }, coloursOf("light"));
  return runsOf(
    [...svg.matchAll(/<tspan([^>]*)>([^<]*)<\/tspan>/g)].map(([, attributes = "", words = ""]): Run => {
      const isCode = attributes.includes("monospace");
      return [isCode ? "code" : attributes.includes("italic") ? "italic" : attributes ? "bold" : "plain", words];
    }),
  );
}

const mark = fc.constantFrom(
  "**",
  "*",
  "_",
  "`",
  "",
  "",
  "",
  "- ",
  "1. ",
  "\n",
  "\n\n",
  " ",
  "[a link](https://x.y/_z_)",
);
const word = fc.constantFrom("errors", "p95", "a<b", "it's", "snake_case", "2 * 3", "&amp;", '"so"', "Über");

test("a text tile shows the same words with the same emphasis in the console and in pictures", () => {
  const text = fc.array(fc.oneof(mark, word), { maxLength: 14 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (tile) => {
      expect(onThePage(tile)).toEqual(inThePicture(tile));
    }),
    { numRuns: 400 },
  );
});

test("has what PostHog's text cards are written with", () => {
  const tile =
    "Read **this** first:\n\n- the *first* thing\n- `code`\n\nand _that_, with [a page](https://example.com/a_b_c).";
  expect(onThePage(tile)).toContainEqual(["bold", "this"]);
  expect(onThePage(tile)).toContainEqual(["italic", "first"]);
  expect(onThePage(tile)).toContainEqual(["code", "code"]);
  const letters = onThePage(tile)
    .map(([, text]) => text)
    .join("");
  expect(letters).toBe("Readthisfirst:•thefirstthing•codeandthat,withapage.");
});
