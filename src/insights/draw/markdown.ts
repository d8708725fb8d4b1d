import { rule, type Size } from "./svg/shapes.ts";
import { escapeText, monospaceWidth, round, textWidth } from "./svg/text.ts";
import { type Colours, fontFamily } from "./theme.ts";

/*
 * The little Markdown that text tiles use: headings, paragraphs, lists, bold, italic, code and links, whose address is
 * left out because a picture cannot be clicked.
 */

interface Piece {
  readonly text: string;
  readonly style: "plain" | "bold" | "italic" | "code";
}

interface Block {
  readonly pieces: readonly Piece[];
  readonly size: number;
  readonly indent: number;
  readonly isHeading: boolean;
}

const bodySize = 12;
const monospace = "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace";

export function drawMarkdown(markdown: string, { width, height }: Size, colours: Colours): string {
  const parts: string[] = [];
  let y = 0;
  for (const block of blocksOf(markdown)) {
    const lineHeight = Math.round(block.size * 1.5);
    for (const line of linesOf(block, width)) {
      y += lineHeight;
      if (y > height) return [...parts, rule(0, height, 24, height, colours.border)].join("");
      parts.push(lineElement(line, block, y - lineHeight * 0.3, colours));
    }
    y += 6;
  }
  return parts.join("");
}

/** The words alone, as they are read out. */
export function plainWords(markdown: string): string {
  return blocksOf(markdown)
    .map(({ pieces }) => pieces.map(({ text }) => text).join(""))
    .join(" ");
}

function blocksOf(markdown: string): Block[] {
  const paragraphs = markdown.split(/\n\s*\n|\n(?=\s*(?:[-*]|\d+\.|#{1,6})\s)/);
  return paragraphs
    .map((text) => text.trim())
    .filter((text) => text !== "")
    .map((text): Block => {
      const heading = /^(#{1,6})\s+(.*)$/s.exec(text);
      if (heading !== null) {
        const size = heading[1] === "#" ? 17 : heading[1] === "##" ? 15 : 13;
        return { pieces: piecesOf(heading[2] ?? ""), size, indent: 0, isHeading: true };
      }
      const item = /^(?:[-*]|(\d+\.))\s+(.*)$/s.exec(text);
      if (item === null) return { pieces: piecesOf(text), size: bodySize, indent: 0, isHeading: false };
      return { pieces: piecesOf(`${item[1] ?? "•"} ${item[2] ?? ""}`), size: bodySize, indent: 10, isHeading: false };
    });
}

/** A link counts as its text. */
function piecesOf(text: string): Piece[] {
  const plain = text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll(/\s+/g, " ");
  const found = plain.match(/\*\*.+?\*\*|`[^`]+`|\*[^*\s][^*]*\*|_[^_\s][^_]*_|[^*`_]+|[*`_]/g) ?? [];
  return found.map((part): Piece => {
    if (/^\*\*.+\*\*$/.test(part)) return { text: part.slice(2, -2), style: "bold" };
    if (/^`.+`$/.test(part)) return { text: part.slice(1, -1), style: "code" };
    if (/^([*_]).+\1$/.test(part)) return { text: part.slice(1, -1), style: "italic" };
    return { text: part, style: "plain" };
  });
}

/** Words of the pieces, in lines that fit. */
function linesOf({ pieces, size, indent }: Block, width: number): Piece[][] {
  const lines: Piece[][] = [[]];
  let used = 0;
  for (const { text, style } of pieces) {
    for (const word of text.split(/(?<=\s)/)) {
      const wide =
        style === "code"
          ? monospaceWidth(word.trimEnd(), size - 0.5)
          : textWidth(word.trimEnd(), size, style === "bold" ? "bold" : "normal");
      if (used > 0 && used + wide > width - indent) {
        lines.push([]);
        used = 0;
      }
      lines.at(-1)?.push({ text: word, style });
      used += wide + (word === word.trimEnd() ? 0 : size * (style === "code" ? 0.61 : 0.32));
    }
  }
  return lines;
}

function lineElement(line: readonly Piece[], { size, indent, isHeading }: Block, y: number, colours: Colours): string {
  const spans = line.map(({ text, style }, index) => {
    const shown = index === line.length - 1 ? text.trimEnd() : text;
    const attributes = {
      plain: "",
      bold: ' font-weight="600"',
      italic: ' font-style="italic"',
      code: ` font-family="${escapeText(monospace)}" font-size="${size - 0.5}"`,
    }[style];
    return `<tspan${attributes}>${escapeText(shown)}</tspan>`;
  });
  const weight = isHeading ? ' font-weight="600"' : "";
  return `<text x="${indent}" y="${round(y)}" xml:space="preserve" font-family="${escapeText(fontFamily)}" font-size="${size}"${weight} fill="${colours.text}">${spans.join("")}</text>`;
}
