import { html } from "hono/html";
import type { Markup } from "./layout.ts";

/** The little Markdown of text tiles: paragraphs, bold, italic and code. What is not that is shown as it is written. */
export function markdown(text: string): Markup {
  return html`${text
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim() !== "")
    .map((paragraph) => html`<p>${inline(paragraph)}</p>`)}`;
}

function inline(text: string): Markup[] {
  const parts = text.match(/\*\*[^*]+\*\*|`[^`]+`|\*[^*\s][^*]*\*|[^*`]+|[*`]/g) ?? [];
  return parts.map((part) => {
    if (/^\*\*.+\*\*$/s.test(part)) return html`<strong>${part.slice(2, -2)}</strong>`;
    if (/^`.+`$/s.test(part)) return html`<code>${part.slice(1, -1)}</code>`;
    if (/^\*.+\*$/s.test(part)) return html`<em>${part.slice(1, -1)}</em>`;
    return html`${part}`;
  });
}
