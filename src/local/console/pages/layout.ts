import { html, raw } from "hono/html";
import { placeOf } from "../../edits/definitions.ts";
import type { EditState } from "../../edits/loop.ts";
import { chartVariables } from "../dashboards/chart.ts";

/** A piece of a page, already escaped. */
export type Markup = ReturnType<typeof html>;

export interface NavigationLink {
  /** Address within the console, e.g. "/events". */
  readonly address: string;
  readonly label: string;
}

export interface PageFrame {
  readonly title: string;
  readonly places: readonly NavigationLink[];
  /** Address of the current page. */
  readonly here: string;
  /** Message about the reader's last action. */
  readonly notice: string | undefined;
  /** State of the newest edit of the files. */
  readonly edit: EditState;
  /** The chosen theme; undefined: that of the operating system. */
  readonly theme: "light" | "dark" | undefined;
  /** Scripts of the page, besides the one of all pages. */
  readonly scripts: readonly string[];
}

/** The whole document around a page's content. */
export function page({ title, places, here, notice, edit, theme, scripts }: PageFrame, content: Markup): Markup {
  const link = ({ address, label }: NavigationLink) => html`
    <li><a href="${address}"${address === here ? raw(' aria-current="page"') : ""}>${label}</a></li>`;
  return html`<!doctype html>
<html lang="en"${theme === undefined ? "" : raw(` data-theme="${theme}"`)}>
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${title} · BrandVX local cloud</title>
  <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/assets/console.css">
  <style>${raw(themes)}</style>
  <script type="module" src="/assets/page.js"></script>
  ${scripts.map((script) => html`<script type="module" src="/assets/${script}.js"></script>`)}
</head>
<body>
  <a class="skip" href="#content">Skip to the content</a>
  <header class="bar">
    <p class="brand">BrandVX <span>local cloud</span></p>
    <nav aria-label="Pages"><ul>${places.map(link)}</ul></nav>
    <p class="pulse" id="pulse" role="status"><span class="dot" aria-hidden="true"></span><span id="pulse-text">connecting</span></p>
    <button type="button" class="quiet waiting" id="theme">Theme</button>
  </header>
  <main id="content" tabindex="-1">
    ${notice === undefined ? "" : html`<p class="notice" role="status">${notice}</p>`}
    ${editNote(edit)}
    ${content}
  </main>
</body>
</html>`;
}

/** The parts of an edit that concern all pages. A mistake in a tile is shown in that tile's place. */
function editNote(edit: EditState): Markup | "" {
  switch (edit.state) {
    case "applied":
      return "";
    case "applying":
      return html`<div class="edit" role="status"><p><strong>Being applied to the local stack</strong></p>${lines(edit.words)}</div>`;
    case "broken":
      return html`<div class="edit broken" role="alert">
        <p><strong>${edit.sinceStart ? "The files cannot be used" : "The last save cannot be used"}.</strong>
          ${edit.sinceStart ? "Nothing is brought up until they are mended: save them, and it goes on by itself." : "What is shown is what the files said before it."}</p>
        <ul>${edit.problems.map((one) => html`<li><code>${placeOf(one)}</code> ${one.message}</li>`)}</ul>
      </div>`;
    case "failed":
      return html`<div class="edit broken" role="alert">
        <p><strong>The last save could not be applied</strong>: what is shown is what the files say, and PostHog has it in part or not at all. Mend it and save again.</p>
        ${lines(edit.words)}
        <pre class="terminal" tabindex="0" role="region" aria-label="What pulumi up says">${edit.output}</pre>
      </div>`;
  }
}

const lines = (words: readonly string[]): Markup | "" =>
  words.length === 0 ? "" : html`<ul>${words.map((one) => html`<li>${one}</li>`)}</ul>`;

const themes = `
:root { ${chartVariables("light")} }
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${chartVariables("dark")} } }
:root[data-theme="dark"] { ${chartVariables("dark")} }
`;

/**
 * A button that makes something happen by a plain form, which works without scripts, too.
 * @param options.of its subject, for screen readers: which team "Rename it" is about
 */
export function act(
  address: string,
  fields: Readonly<Record<string, string>>,
  label: string,
  { look = "", of }: { readonly look?: "" | "primary" | "quiet"; readonly of?: string } = {},
): Markup {
  return html`<form method="post" action="${address}">
    ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
    <button type="submit"${look ? raw(` class="${look}"`) : ""}>${label}${of === undefined ? "" : html`<span class="unseen">: ${of}</span>`}</button>
  </form>`;
}
