import { formatNumber } from "./format.ts";
import { rule, type Size } from "./svg/shapes.ts";
import { fitted, textElement, textWidth } from "./svg/text.ts";
import type { Colours } from "./theme.ts";
import { highestOf } from "./views/shown.ts";
import type { Table } from "./views/view.ts";

const size = 12;
const rowHeight = 22;
const gap = 18;

/** Rows of numbers below the names of their columns; rows that do not fit are given as a number. */
export function drawTable(view: Table, { width, height }: Size, colours: Colours): string {
  const room = Math.max(1, Math.floor((height - 4) / rowHeight) - 1);
  const isCut = view.rows.length > room;
  const rows = isCut ? view.rows.slice(0, Math.max(1, room - 1)) : view.rows;
  const text = (value: number | null | undefined) =>
    value === null || value === undefined ? "–" : formatNumber(value, view.unit);
  // The names of rows shrink to make room for those of columns, down to half of the picture's width.
  const widestName = highestOf(rows.map(({ name }) => textWidth(name, size)));
  const roomForColumns = width - Math.min(widestName, width / 2);
  const columns = view.columns.slice(1).map((name, index) => {
    const widest = Math.max(highestOf(rows.map(({ values }) => textWidth(text(values[index]), size))), 40);
    const columnWidth = Math.max(
      widest,
      Math.min(textWidth(name, size, "bold"), roomForColumns / (view.columns.length - 1) - gap),
    );
    return { name: fitted(name, columnWidth, size, "bold"), width: columnWidth };
  });
  const rights = columns.map(
    (_, index) => width - columns.slice(index + 1).reduce((sum, one) => sum + one.width + gap, 0),
  );
  const nameWidth = (rights[0] ?? width) - (columns[0]?.width ?? 0) - gap;
  const parts = columns.map(({ name }, index) =>
    textElement(name, rights[index] ?? width, 14, { size, fill: colours.muted, weight: "bold", anchor: "end" }),
  );
  rows.forEach(({ name, values }, row) => {
    const y = (row + 1) * rowHeight;
    parts.push(rule(0, y, width, y, colours.grid));
    parts.push(textElement(fitted(name, nameWidth, size), 0, y + 15, { size, fill: colours.text }));
    columns.forEach((_, index) => {
      parts.push(
        textElement(text(values[index]), rights[index] ?? width, y + 15, { size, fill: colours.text, anchor: "end" }),
      );
    });
  });
  if (isCut) {
    const y = (rows.length + 1) * rowHeight;
    parts.push(rule(0, y, width, y, colours.grid));
    parts.push(textElement(`and ${view.rows.length - rows.length} more`, 0, y + 15, { size, fill: colours.muted }));
  }
  return parts.join("");
}
