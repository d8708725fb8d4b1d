/*
 * The Markdown of text tiles, as pictures and the local console show it: headings, paragraphs, lists, bold, italic and
 * code; links show only their text.
 */

export interface TextPiece {
  readonly text: string;
  readonly style: "plain" | "bold" | "italic" | "code";
}

export interface TextBlock {
  readonly kind: "paragraph" | "item" | "heading";
  /** Level of a heading, 1 to 6: its number of "#". */
  readonly level: number;
  readonly pieces: readonly TextPiece[];
}

/** What a text tile shows, from top to bottom. An item's mark, "•" or its number, is part of its text. */
export function textBlocks(markdown: string): TextBlock[] {
  return markdown
    .split(/\n\s*\n|\n(?=\s*(?:[-*]|\d+\.|#{1,6})\s)/)
    .map((text) => text.trim())
    .filter((text) => text !== "")
    .map((text): TextBlock => {
      const heading = /^(#{1,6})\s+(.*)$/s.exec(text);
      if (heading !== null)
        return { kind: "heading", level: heading[1]?.length ?? 1, pieces: piecesOf(heading[2] ?? "") };
      const item = /^(?:[-*]|(\d+\.))\s+(.*)$/s.exec(text);
      if (item === null) return { kind: "paragraph", level: 0, pieces: piecesOf(text) };
      return { kind: "item", level: 0, pieces: piecesOf(`${item[1] ?? "•"} ${item[2] ?? ""}`) };
    });
}

function piecesOf(text: string): TextPiece[] {
  const plain = text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll(/\s+/g, " ");
  const found = plain.match(/\*\*.+?\*\*|`[^`]+`|\*[^*\s][^*]*\*|_[^_\s][^_]*_|[^*`_]+|[*`_]/g) ?? [];
  return found.map((part): TextPiece => {
    if (/^\*\*.+\*\*$/.test(part)) return { text: part.slice(2, -2), style: "bold" };
    if (/^`.+`$/.test(part)) return { text: part.slice(1, -1), style: "code" };
    if (/^([*_]).+\1$/.test(part)) return { text: part.slice(1, -1), style: "italic" };
    return { text: part, style: "plain" };
  });
}
