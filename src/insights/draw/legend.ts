import { rectangle } from "./svg/shapes.ts";
import { fitted, round, textElement, textWidth } from "./svg/text.ts";
import type { Colours } from "./theme.ts";

export interface LegendEntry {
  readonly name: string;
  readonly colour: string;
  /** A dashed line instead of a square, for lines that are drawn dashed. */
  readonly isDashed: boolean;
}

const size = 11;
const rowHeight = 17;
const mostRows = 2;
const widestEntry = 190;
const gap = 14;

interface Placed extends LegendEntry {
  readonly x: number;
  readonly row: number;
  readonly width: number;
}

/**
 * Names and colours, in rows; what does not fit into two rows is given as a number. ECharts' own legend would cover the
 * chart.
 */
export function drawLegend(
  entries: readonly LegendEntry[],
  width: number,
  colours: Colours,
): { svg: string; height: number } {
  if (entries.length === 0) return { svg: "", height: 0 };
  const placed = placedEntries(entries, width);
  const parts = placed.map(
    (entry) =>
      sign(entry, entry.x, entry.row * rowHeight + 3) +
      textElement(entry.name, entry.x + 14, entry.row * rowHeight + 12, { size, fill: colours.text }),
  );
  const last = placed.at(-1);
  const row = last?.row ?? 0;
  if (placed.length < entries.length) {
    const x = last === undefined ? 0 : last.x + last.width + gap;
    parts.push(
      textElement(moreNote(entries.length - placed.length), x, row * rowHeight + 12, { size, fill: colours.muted }),
    );
  }
  return { svg: parts.join(""), height: (row + 1) * rowHeight + 3 };
}

/** The entries that fit, with room for a note about the others when they do not all fit. */
function placedEntries(entries: readonly LegendEntry[], width: number): Placed[] {
  const placed: Placed[] = [];
  let x = 0;
  let row = 0;
  for (const entry of entries) {
    const name = fitted(entry.name, Math.min(widestEntry, (width - gap) / 2 - 16), size);
    const entryWidth = 16 + textWidth(name, size);
    if (x > 0 && x + entryWidth > width) {
      x = 0;
      row += 1;
    }
    if (row === mostRows) return withRoomForNote(placed, entries.length, width);
    placed.push({ ...entry, name, x, row, width: entryWidth });
    x += entryWidth + gap;
  }
  return placed;
}

function withRoomForNote(placed: readonly Placed[], count: number, width: number): Placed[] {
  const shown = [...placed];
  for (let last = shown.at(-1); last !== undefined && last.x > 0; last = shown.at(-1)) {
    if (last.x + last.width + gap + textWidth(moreNote(count - shown.length), size) <= width) break;
    shown.pop();
  }
  return shown;
}

const moreNote = (count: number) => `and ${count} more`;

function sign({ colour, isDashed }: LegendEntry, x: number, y: number): string {
  if (!isDashed) return rectangle({ x, y, width: 10, height: 10 }, colour, { radius: 2 });
  return `<line x1="${round(x)}" y1="${y + 5}" x2="${round(x + 11)}" y2="${y + 5}" stroke="${colour}" stroke-width="2" stroke-dasharray="4 3"/>`;
}
