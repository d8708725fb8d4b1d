import { html } from "hono/html";
import { type TextBlock, type TextPiece, textBlocks } from "../../../insights/draw/text-blocks.ts";
import type { Markup } from "./layout.ts";

/** A text tile as the pictures show it, and as elements of a page. */
export const markdown = (text: string): Markup => html`${textBlocks(text).map(element)}`;

function element({ kind, pieces }: TextBlock): Markup {
  const words = pieces.map(inline);
  // A page has one outline of its own, in which a tile's headings are no part.
  return kind === "heading" ? html`<p><strong>${words}</strong></p>` : html`<p>${words}</p>`;
}

function inline({ text, style }: TextPiece): Markup {
  switch (style) {
    case "bold":
      return html`<strong>${text}</strong>`;
    case "code":
      return html`<code>${text}</code>`;
    case "italic":
      return html`<em>${text}</em>`;
    case "plain":
      return html`${text}`;
  }
}
