import type { Document, Item, Picture, Section } from "./document.ts";
import { apart, markdownWords, readable, readableLines } from "./escape.ts";
import type { Part, Phrase } from "./phrase.ts";

/** Renders GitHub's Markdown: a blank line between sections, items as a list. */
export function markdown({ headline, sections }: Document): string {
  // Escape a "#" at the end of a title: Markdown would remove it.
  const title = inline(headline).replace(/#+(?=\s*$)/, (marks) => "\\#".repeat(marks.length));
  return `${[`### ${title}`, ...sections.map(sectionMarkdown)].join("\n\n")}\n`;
}

function sectionMarkdown({ title, items, tone }: Section): string {
  const body = [...(title ? [`**${inline(title)}**`] : []), itemsMarkdown(items)].join("\n\n");
  // GitHub draws these quotes in red and yellow, with an icon.
  const alert = { danger: "CAUTION", warning: "WARNING" } as const;
  return tone === undefined
    ? body
    : [`[!${alert[tone]}]`, ...body.split("\n")].map((line) => `> ${line}`.trimEnd()).join("\n");
}

/** No blank line between list items, one around blocks and pictures. */
function itemsMarkdown(items: readonly Item[]): string {
  return items
    .map((item, index) => {
      const close = item.kind === "line" && items[index - 1]?.kind === "line";
      return `${index === 0 ? "" : close ? "\n" : "\n\n"}${itemMarkdown(item)}`;
    })
    .join("");
}

function itemMarkdown(item: Item): string {
  switch (item.kind) {
    case "line":
      return [
        `- ${lineStart(inline(item.text))}`,
        ...(item.notes ?? []).map((note) => `  - ${lineStart(inline(note))}`),
      ].join("\n");
    case "text":
      return lineStart(inline(item.text));
    case "table":
      return [
        item.columns.map(markdownWords),
        item.columns.map(() => "---"),
        ...item.rows.map((row) => row.map(inCell)),
      ]
        .map((cells) => `| ${cells.join(" | ")} |`)
        .join("\n");
    case "block":
      return fenced(item.text);
    case "pictures":
      return [lineStart(inline(item.title)), item.pictures.map(picture).join("\n")].join("\n\n");
  }
}

/** GitHub shows the one that fits the reader's theme. */
function picture({ caption, light, dark, folderUrl }: Picture): string {
  if (folderUrl === undefined) return `- ${markdownWords(caption)}: ${typewriter(light)}`;
  const at = (file: string): string => attribute(`${folderUrl.replace(/\/+$/, "")}/${file}`);
  const source = `<source media="(prefers-color-scheme: dark)" srcset="${at(dark)}">`;
  return `<picture>${source}<img alt="${attribute(caption)}" src="${at(light)}"></picture>`;
}

/** A fence that is longer than any in the text. */
function fenced(given: string): string {
  const text = readableLines(given).join("\n");
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text.trimEnd()}\n${fence}`;
}

export const inline = (phrase: Phrase): string => written(phrase, partMarkdown);

/** In a table "|" would end the cell, even in code. */
const inCell = (phrase: Phrase): string =>
  written(phrase, (part, beside) =>
    part.as === "code" && part.text.includes("|") ? markdownWords(part.text) : partMarkdown(part, beside),
  );

/** The text right before and after a part: empty at the ends of the text, undefined next to another emphasis. */
interface Beside {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

function written(phrase: Phrase, write: (part: Part, beside: Beside) => string): string {
  const parts = joinedWords(phrase.parts);
  const words = (part: Part | undefined): string | undefined =>
    part === undefined ? "" : part.as === "words" ? readable(part.text) : undefined;
  return parts.map((part, i) => write(part, { before: words(parts[i - 1]), after: words(parts[i + 1]) })).join("");
}

/** Joins adjacent plain parts, so that an address made of several parts is still recognized. */
function joinedWords(parts: readonly Part[]): Part[] {
  const joined: Part[] = [];
  // Drop empty parts: the parts around them are adjacent.
  for (const part of parts.filter(({ as, text }) => as === "link" || readable(text) !== "")) {
    const last = joined.at(-1);
    if (part.as === "words" && last?.as === "words")
      joined[joined.length - 1] = { ...last, text: last.text + part.text };
    else joined.push(part);
  }
  return joined;
}

function partMarkdown(part: Part, beside: Beside): string {
  switch (part.as) {
    case "words":
      return markdownWords(part.text);
    case "name":
      return around("*", "em", part.text, beside);
    case "strong":
      return around("**", "strong", part.text, beside);
    case "code":
      return beside.before !== undefined ? typewriter(part.text) : `<code>${markdownWords(part.text)}</code>`;
    case "link":
      return linked(part.text, part.address);
  }
}

/** Links only http(s) addresses; any other is shown as text. */
function linked(text: string, address: string): string {
  if (!/^https?:\/\//i.test(address)) return `${markdownWords(text)} (${markdownWords(address)})`;
  const place = readable(address).replaceAll(/[<>\\&\s\ufffd]/g, encodeURIComponent);
  return `[${markdownWords(text)}](<${place}>)`;
}

/**
 * Escapes the start of a line: "1." and "-" would open a list, "#" and "===" make a title, and spaces a code block; a list
 * marker alone would make the line before a title.
 */
const lineStart = (text: string): string =>
  (text.trimStart() || apart).replace(/^[-+=#](?=[\s=+#-]|$)/, "\\$&").replace(/^(\d{1,9})([.)])(?=\s|$)/, "$1\\$2");

/**
 * Stars work as emphasis only in some surroundings (letters, digits, spaces, other stars); an HTML tag works everywhere.
 */
function around(mark: string, tag: string, text: string, { before, after }: Beside): string {
  const [, spaceBefore = "", inner = "", spaceAfter = ""] = /^(\s*)(.*?)(\s*)$/su.exec(readable(text)) ?? [];
  if (inner === "") return spaceBefore && " ";
  const opens = /^[\p{L}\p{N}]/u.test(inner) || spaceBefore !== "" || /^$|\s$/.test(before ?? "x");
  const closes = /[\p{L}\p{N}]$/u.test(inner) || spaceAfter !== "" || /^$|^\s/.test(after ?? "x");
  const isPlain = before !== undefined && after !== undefined && opens && closes;
  const [open, close] = isPlain ? [mark, mark] : [`<${tag}>`, `</${tag}>`];
  return `${spaceBefore && " "}${open}${markdownWords(inner)}${close}${spaceAfter && " "}`;
}

function typewriter(text: string): string {
  const oneLine = readable(text).replaceAll(/\s+/g, " ");
  if (oneLine.trim() === "") return oneLine;
  const longest = Math.max(0, ...[...oneLine.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = "`".repeat(longest + 1);
  // Markdown removes one space from each side when both have one.
  const space = /^[ `]|[ `]$/.test(oneLine) || longest > 0 ? " " : "";
  return ticks + space + oneLine + space + ticks;
}

const attribute = (text: string): string =>
  readable(text).replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
