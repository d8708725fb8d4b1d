import { fontFamily } from "../theme.ts";

/** Removes characters that XML does not allow. */
export function withoutControls(text: string): string {
  return text.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "");
}

/** Escapes a text for SVG, also for attributes. */
export function escapeText(text: string): string {
  return withoutControls(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/**
 * Width of a character as a share of the font size in DejaVu Sans, rounded up: the widest of the fallback fonts. With a
 * narrower font, lines end a little early, and nothing is cut.
 */
function charWidth(character: string): number {
  if (/[ilj'|]/.test(character)) return 0.28;
  if (/[ frtIJ()[\]/.,:;-]/.test(character)) return 0.4;
  if (/[mwMW%@—…&]/.test(character)) return 0.98;
  if (/[A-Z+=<>~]/.test(character)) return 0.79;
  if (/[cksz]/.test(character)) return 0.57;
  return (character.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.637;
}

/** The same for a monospaced font. */
export const monospaceWidth = (text: string, size: number): number => [...text].length * 0.61 * size;

/** Estimated width of a text in pixels, for wrapping: nothing measures fonts without a browser. */
export function textWidth(text: string, size: number, weight: "normal" | "bold" = "normal"): number {
  const width = [...text].reduce((sum, character) => sum + charWidth(character), 0);
  return width * size * (weight === "bold" ? 1.12 : 1);
}

/** Cuts a text that is too wide, with an ellipsis. */
export function fitted(text: string, width: number, size: number, weight: "normal" | "bold" = "normal"): string {
  if (textWidth(text, size, weight) <= width) return text;
  const characters = [...text];
  while (characters.length > 0 && textWidth(`${characters.join("")}…`, size, weight) > width) characters.pop();
  return `${characters.join("").trimEnd()}…`;
}

/** Wraps a text to this width; text beyond the maximum number of lines is cut. */
export function wrapped(text: string, width: number, size: number, mostLines = Number.POSITIVE_INFINITY): string[] {
  return filled(text.match(/\S+\s*/g) ?? [], width, size, mostLines);
}

/** Wraps a name such as onboarding.step_viewed, which may also break after a dot or an underscore. */
export function wrappedName(name: string, width: number, size: number, mostLines: number): string[] {
  return filled(name.match(/[^\s._]+[\s._]*|[\s._]+/g) ?? [], width, size, mostLines);
}

function filled(pieces: readonly string[], width: number, size: number, mostLines: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const [index, piece] of pieces.entries()) {
    const longer = line + piece;
    if (line === "" || textWidth(longer.trimEnd(), size) <= width) {
      line = longer;
    } else if (lines.length + 1 === mostLines) {
      return [...lines, fitted(`${line}${pieces.slice(index).join("")}`, width, size)];
    } else {
      lines.push(line.trimEnd());
      line = piece;
    }
  }
  return line === "" ? lines : [...lines, fitted(line.trimEnd(), width, size)];
}

export interface TextStyle {
  readonly size: number;
  readonly fill: string;
  readonly weight?: "normal" | "bold";
  readonly anchor?: "start" | "middle" | "end";
  readonly family?: string;
}

/** One line; `y` is the baseline of its letters. */
export function textElement(text: string, x: number, y: number, style: TextStyle): string {
  const { size, fill, weight = "normal", anchor = "start", family = fontFamily } = style;
  const bold = weight === "bold" ? ' font-weight="600"' : "";
  const middle = anchor === "start" ? "" : ` text-anchor="${anchor}"`;
  return `<text x="${round(x)}" y="${round(y)}" font-family="${escapeText(family)}" font-size="${size}"${bold}${middle} fill="${fill}">${escapeText(text)}</text>`;
}

export const round = (value: number) => Math.round(value * 100) / 100;
