import { formatNumber, plainUnit } from "./format.ts";
import type { Size } from "./svg/shapes.ts";
import { textElement, textWidth, wrapped } from "./svg/text.ts";
import type { Colours } from "./theme.ts";
import type { BigNumber } from "./views/view.ts";

const largest = 64;

/** One number, as large as possible, and its change. */
export function drawNumber(
  { value, earlier, unit, name }: BigNumber,
  { width, height }: Size,
  colours: Colours,
): string {
  const text = formatNumber(value, unit);
  const size = Math.max(
    16,
    Math.min(largest, height * 0.4, (largest * (width - 24)) / textWidth(text, largest, "bold")),
  );
  const middle = height / 2 + size * 0.2;
  const note = earlier === null ? name : `${name}: ${change(value, earlier)} (before: ${formatNumber(earlier, unit)})`;
  return [
    textElement(text, width / 2, middle, {
      size: Math.round(size),
      fill: colours.text,
      weight: "bold",
      anchor: "middle",
    }),
    ...wrapped(note, width, 12, 3).map((line, index) =>
      textElement(line, width / 2, middle + 24 + index * 16, { size: 12, fill: colours.muted, anchor: "middle" }),
    ),
  ].join("");
}

function change(value: number, earlier: number): string {
  if (earlier === 0) return value === 0 ? "unchanged" : "up from nothing";
  const share = (value - earlier) / Math.abs(earlier);
  if (share === 0) return "unchanged";
  const text = formatNumber(Math.abs(share), { ...plainUnit, format: "percentage_scaled" });
  return share > 0 ? `up ${text}` : `down ${text}`;
}
