import { html } from "hono/html";
import type { Happening } from "../../traffic/index.ts";
import { act, type Markup } from "./layout.ts";

const labels: Readonly<Record<Happening, string>> = {
  "sign-up": "Somebody signs up",
  "burst of prompts": "A burst of prompts",
  "SMS outage": "An SMS outage",
};

export const happenings = Object.keys(labels) as Happening[];

/** Buttons that make something happen in BrandVX's apps; the effect is visible on the same page. */
export function happeningButtons(back: string): Markup {
  return html`<div class="actions" role="group" aria-label="Make something happen">
    <span class="muted">Make something happen:</span>
    ${happenings.map((what) => act("/happen", { what, back }, labels[what]))}
  </div>`;
}
