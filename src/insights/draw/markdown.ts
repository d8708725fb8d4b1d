import { rule, type Size } from "./svg/shapes.ts";
import { escapeText, monospaceWidth, round, textWidth } from "./svg/text.ts";
import { type TextPiece, textBlocks } from "./text-blocks.ts";
import { type Colours, fontFamily } from "./theme.ts";

/* The Markdown of text tiles in pictures. */

interface Block {
  readonly pieces: readonly TextPiece[];
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

/** The words alone, for screen readers. */
export function plainWords(markdown: string): string {
  return textBlocks(markdown)
    .map(({ pieces }) => pieces.map(({ text }) => text).join(""))
    .join(" ");
}

/** Font size of a heading in pixels, by its level. */
const headingSizes = [17, 15];

const blocksOf = (markdown: string): Block[] =>
  textBlocks(markdown).map(({ kind, level, pieces }) => ({
    pieces,
    size: kind === "heading" ? (headingSizes[level - 1] ?? 13) : bodySize,
    indent: kind === "item" ? 10 : 0,
    isHeading: kind === "heading",
  }));

/** Wraps the words of the pieces into lines that fit. */
function linesOf({ pieces, size, indent }: Block, width: number): TextPiece[][] {
  const lines: TextPiece[][] = [[]];
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

function lineElement(
  line: readonly TextPiece[],
  { size, indent, isHeading }: Block,
  y: number,
  colours: Colours,
): string {
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
