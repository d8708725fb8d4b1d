import type { Document, Item, Picture, Section } from "./document.ts";
import type { Part, Phrase } from "./phrase.ts";

/** GitHub's Markdown. Sections are apart by a blank line, items are a list. */
export function markdown({ headline, sections }: Document): string {
  return `${[`### ${inline(headline)}`, ...sections.map(sectionMarkdown)].join("\n\n")}\n`;
}

function sectionMarkdown({ title, items, tone }: Section): string {
  const body = [...(title ? [`**${inline(title)}**`] : []), itemsMarkdown(items)].join("\n\n");
  // GitHub draws these quotes in red and yellow, with an icon.
  const alert = { danger: "CAUTION", warning: "WARNING" } as const;
  return tone === undefined
    ? body
    : [`[!${alert[tone]}]`, ...body.split("\n")].map((line) => `> ${line}`.trimEnd()).join("\n");
}

/** List items that follow each other stand close, blocks and pictures apart. */
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
      return [item.columns.map(escaped), item.columns.map(() => "---"), ...item.rows.map((row) => row.map(inline))]
        .map((cells) => `| ${cells.join(" | ")} |`)
        .join("\n");
    case "block":
      return fenced(item.text);
    case "pictures":
      return [`${inline(item.title)}`, item.pictures.map(picture).join("\n")].join("\n\n");
  }
}

/** GitHub shows the one that fits the reader's theme. */
function picture({ caption, light, dark, folderUrl }: Picture): string {
  if (folderUrl === undefined) return `- ${escaped(caption)}: \`${light}\``;
  const at = (file: string): string => attribute(`${folderUrl.replace(/\/+$/, "")}/${file}`);
  const source = `<source media="(prefers-color-scheme: dark)" srcset="${at(dark)}">`;
  return `<picture>${source}<img alt="${attribute(caption)}" width="49%" src="${at(light)}"></picture>`;
}

/** A fence that is longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text.trimEnd()}\n${fence}`;
}

export const inline = (phrase: Phrase): string => phrase.parts.map(partMarkdown).join("");

function partMarkdown(part: Part): string {
  switch (part.as) {
    case "words":
      return escaped(part.text);
    case "name":
      return around("*", part.text);
    case "strong":
      return around("**", part.text);
    case "code":
      return typewriter(part.text);
    case "link":
      return `[${escaped(part.text)}](<${part.address.replaceAll(/[<>\s]/g, encodeURIComponent)}>)`;
  }
}

/** At the start of a line "1." and "-" would open a list, "#" a title. */
const lineStart = (text: string): string => text.replace(/^(\d*)([-+#=.)])(?=\s)/, "$1\\$2");

/** Emphasis does not open before a space or close after one. */
function around(mark: string, text: string): string {
  const inner = text.trim();
  return inner === "" ? escaped(text) : text.replace(inner, () => `${mark}${escaped(inner)}${mark}`);
}

function typewriter(text: string): string {
  const oneLine = text.replaceAll(/\s+/g, " ");
  if (!oneLine.includes("`")) return `\`${oneLine}\``;
  const longest = Math.max(...[...oneLine.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks} ${oneLine} ${ticks}`;
}

/**
 * Words as they are: no notation, no tag, and no `@name` that would call somebody (an invisible joiner stands after
 * the @). A number after a # would become a link to an issue.
 */
function escaped(text: string): string {
  return text
    .replaceAll(/\s*\n\s*/g, " ")
    .replaceAll(/[\\`*_{}[\]<>|~&]/g, (mark) => (mark === "<" ? "&lt;" : mark === "&" ? "&amp;" : `\\${mark}`))
    .replaceAll(/@(?=[\w-])/g, "@\u2060")
    .replaceAll(/#(?=\d)/g, "#\u2060");
}

const attribute = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
