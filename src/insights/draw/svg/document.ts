import type { Size } from "./shapes.ts";
import { escapeText } from "./text.ts";

/**
 * A self-contained SVG file, so that it can be shown as an image, which loads nothing; screen readers read its title
 * and description.
 */
export function svgDocument({ width, height }: Size, title: string, description: string, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img"><title>${escapeText(title)}</title><desc>${escapeText(description)}</desc>${content}</svg>`;
}
