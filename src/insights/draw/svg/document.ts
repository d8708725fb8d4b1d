import type { Size } from "./shapes.ts";
import { escapeText } from "./text.ts";

/**
 * An SVG file. It needs nothing but itself, so that it can be shown as an image, which loads nothing; its title and
 * description are what a screen reader says of it.
 */
export function svgDocument({ width, height }: Size, title: string, description: string, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img"><title>${escapeText(title)}</title><desc>${escapeText(description)}</desc>${content}</svg>`;
}
