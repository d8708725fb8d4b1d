import type { Size } from "./svg/shapes.ts";
import { textElement, wrapped } from "./svg/text.ts";
import type { Colours } from "./theme.ts";
import type { Words } from "./views/view.ts";

const size = 12;
const lineHeight = 17;

/** A sentence in the middle, for a tile with nothing to draw. */
export function drawWords({ text, isFailure }: Words, { width, height }: Size, colours: Colours): string {
  const most = Math.max(1, Math.floor(height / lineHeight));
  const lines = wrapped(isFailure ? `Cannot be shown: ${text}` : text, width - 24, size, Math.min(6, most));
  const top = height / 2 - ((lines.length - 1) * lineHeight) / 2;
  const fill = isFailure ? colours.alarm : colours.muted;
  return lines
    .map((line, index) => textElement(line, width / 2, top + index * lineHeight, { size, fill, anchor: "middle" }))
    .join("");
}
