import { createColors } from "picocolors";
import type { Document, Item, Section } from "./document.ts";
import { readable, readableLines } from "./escape.ts";
import type { Part, Phrase } from "./phrase.ts";

export interface TerminalOptions {
  /** Whether letters may be coloured. */
  colors: boolean;
}

/** For people at a terminal, with the same words as in Markdown. */
export function terminal({ headline, sections }: Document, { colors }: TerminalOptions): string {
  const color = createColors(colors);
  const partText = (part: Part): string => {
    const text = readable(part.text);
    switch (part.as) {
      case "words":
        return text;
      case "name":
        return color.italic(text);
      case "strong":
        return color.bold(text);
      case "code":
        return color.cyan(text);
      case "link":
        return `${text} (${color.underline(readable(part.address))})`;
    }
  };
  const inline = (phrase: Phrase): string => phrase.parts.map(partText).join("");

  const item = (one: Item): string[] => {
    switch (one.kind) {
      case "line":
        return [`  ${inline(one.text)}`, ...(one.notes ?? []).map((note) => `    ${inline(note)}`)];
      case "text":
        return [inline(one.text)];
      case "table":
        return aligned([
          one.columns.map(readable),
          ...one.rows.map((row) => row.map((cell) => readable(String(cell)))),
        ]);
      case "block":
        return readableLines(one.text.trimEnd()).map((row) => `  ${row}`);
      case "pictures":
        return [
          `  ${inline(one.title)}`,
          ...one.pictures.map(({ caption, light }) => `    ${readable(caption)}: ${readable(light)}`),
        ];
    }
  };

  const section = ({ title, items, tone }: Section): string => {
    const paint = tone === "danger" ? color.red : tone === "warning" ? color.yellow : color.bold;
    return [...(title ? [paint(readable(title.toString()))] : []), ...items.flatMap(item)].join("\n");
  };

  return `${[color.bold(inline(headline)), ...sections.map(section)].join("\n\n")}\n`;
}

/** Columns below each other; a table in a terminal needs no lines. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("   ")}`.trimEnd());
}
