import { createColors } from "picocolors";
import type { Document, Item, Section } from "./document.ts";
import { readable, readableLines } from "./escape.ts";
import { type Part, type Phrase, plain } from "./phrase.ts";

export interface TerminalOptions {
  /** Whether the text may be colored. */
  colors: boolean;
  /** Width in characters at which lines are broken. Default: no breaks, as for a file. */
  columns?: number | undefined;
}

/** Minimum width in characters: in a narrower terminal, lines are left to the terminal to break. */
const narrowest = 40;

/** Renders a document for a terminal, with the same words as in Markdown. */
export function terminal({ headline, sections }: Document, { colors, columns }: TerminalOptions): string {
  const color = createColors(colors);
  const width = columns === undefined ? Number.POSITIVE_INFINITY : Math.max(narrowest, columns);
  const paint: Record<Part["as"], (text: string) => string> = {
    ...{ words: (text) => text, name: color.italic, strong: color.bold, code: color.cyan, link: color.underline },
  };

  /** Breaks a phrase into lines, the first after `indent`, the others indented by two more characters. */
  const lines = (phrase: Phrase, indent = ""): string[] => {
    const all = pieces(phrase, paint);
    // A command for the shell stays one line; a terminal wraps it without adding characters.
    if (columns === undefined || holdsCommand(phrase))
      return [indent + all.map(({ gap, painted }) => gap + painted).join("")];
    const further = `${indent}  `;
    const done: string[] = [];
    let [line, length, isEmpty] = [indent, indent.length, true];
    for (const { gap, text, painted } of all) {
      if (!isEmpty && gap !== "" && length + gap.length + text.length > width) {
        done.push(line);
        [line, length] = [further + painted, further.length + text.length];
      } else {
        const before = isEmpty ? "" : gap;
        [line, length, isEmpty] = [line + before + painted, length + before.length + text.length, false];
      }
    }
    return [...done, line];
  };

  const item = (one: Item): string[] => {
    switch (one.kind) {
      case "line":
        return [...lines(one.text, "  "), ...(one.notes ?? []).flatMap((note) => lines(note, "    "))];
      case "text":
        return lines(one.text);
      case "table":
        return table([one.columns.map(readable), ...one.rows.map((row) => row.map((cell) => readable(String(cell))))]);
      case "block":
        return readableLines(one.text.trimEnd()).map((row) => `  ${row}`);
      case "pictures":
        return [
          ...lines(one.title, "  "),
          ...one.pictures.map(({ caption, light }) => `    ${readable(caption)}: ${readable(light)}`),
        ];
    }
  };

  /** A table with aligned columns if it fits, else each row as a list. */
  const table = (rows: readonly (readonly string[])[]): string[] => {
    const beside = aligned(rows);
    if (beside.every((row) => row.length <= width)) return beside;
    const [head = [], ...others] = rows;
    return others.flatMap(([first = "", ...cells]) => [
      `  ${first}`,
      ...cells.flatMap((cell, i) => (cell === "" ? [] : [`    ${head[i + 1] ?? ""}: ${cell}`])),
    ]);
  };

  const section = ({ title, items, tone }: Section): string => {
    const tint = tone === "danger" ? color.red : tone === "warning" ? color.yellow : color.bold;
    const head = title ? lines(plain(title.toString())).map((line) => tint(line)) : [];
    return [...head, ...items.flatMap(item)].join("\n");
  };

  const head = lines(headline).map((line) => color.bold(line));
  return `${[head.join("\n"), ...sections.map(section)].join("\n\n")}\n`;
}

interface Piece {
  /** Spaces before it, where a line may be broken. */
  readonly gap: string;
  readonly text: string;
  readonly painted: string;
}

/** Words between which a line may be broken. Code stays in one piece, so that it can be copied. */
function pieces({ parts }: Phrase, paint: Record<Part["as"], (text: string) => string>): Piece[] {
  const found: Piece[] = [];
  let left = "";
  // Text without a space before it, such as a comma after a name, stays attached.
  const put = (gap: string, text: string, painted: string): void => {
    const last = gap === "" ? found.pop() : undefined;
    found.push(
      last ? { gap: last.gap, text: last.text + text, painted: last.painted + painted } : { gap, text, painted },
    );
  };
  const add = (text: string, tint: (text: string) => string): void => {
    for (const [, gap = "", word = ""] of text.matchAll(/( *)([^ ]*)/g)) {
      if (word === "") left += gap;
      else {
        put(left + gap, word, tint(word));
        left = "";
      }
    }
  };
  for (const part of parts) {
    const text = readable(part.text);
    if (part.as === "code") {
      put(left, text, paint.code(text));
      left = "";
      continue;
    }
    add(text, part.as === "link" ? (word) => word : paint[part.as]);
    if (part.as === "link") add(` (${readable(part.address)})`, (word) => `(${paint.link(word.slice(1, -1))})`);
  }
  if (left !== "") found.push({ gap: left, text: "", painted: "" });
  return found;
}

const holdsCommand = ({ parts }: Phrase): boolean =>
  parts.some(({ as, text }) => as === "words" && /\b(pulumi|npx obs|npm run|gh|export) [a-zA-Z-]/.test(text));

/** A table with aligned columns, without lines. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("   ")}`.trimEnd());
}
