import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { html } from "hono/html";
import type { GivenColours } from "./dashboards/charts.ts";
import type { EventStream } from "./events/stream.ts";
import type { Audience } from "./live.ts";
import { type Markup, type PageFrame, page } from "./pages/layout.ts";
import type { MadeChange } from "./resources/by-hand/made.ts";
import type { DriftRunner } from "./resources/drift.ts";
import type { ConsoleOptions } from "./world.ts";

/** What the routes share. */
export interface Parts extends Omit<ConsoleOptions, "drift"> {
  readonly stream: EventStream;
  readonly audience: Audience;
  readonly drift: DriftRunner;
  /** Count of each event. */
  readonly counts: ReadonlyMap<string, number>;
  readonly colours: GivenColours;
  /** Changes made by hand in the console, newest first; some may have been reverted since. */
  readonly made: MadeChange[];
  /** Stores a message about an action's result for the next page. */
  readonly say: (notice: string) => void;
  /** Returns the notice for the next page, once. */
  readonly takeNotice: () => string | undefined;
}

/** A whole page as an answer. */
export async function show(c: Context, parts: Parts, title: string, content: Markup, scripts: readonly string[]) {
  const places = [
    ...parts.edits().definitions.dashboards.map((one) => ({ address: `/dashboards/${one.key}`, label: one.title })),
    { address: "/events", label: "Events" },
    { address: "/messages", label: "Messages" },
    { address: "/resources", label: "Resources" },
  ];
  const chosen = getCookie(c, "theme");
  const theme = chosen === "light" || chosen === "dark" ? chosen : undefined;
  const frame: Omit<PageFrame, "edit"> = {
    title,
    places,
    here: c.req.path,
    notice: parts.takeNotice(),
    theme,
    scripts,
  };
  return c.html(await page({ ...frame, edit: parts.edits().newest }, content));
}

/** The 404 page: a deleted dashboard, or one whose file does not exist yet. It also reloads after edits. */
export async function showMissing(c: Context, parts: Parts): Promise<Response> {
  c.status(404);
  const dashboards = parts.edits().definitions.dashboards;
  const content = html`
    <h1>There is no such page</h1>
    <p class="question">Nothing is at <code>${c.req.path}</code>. A dashboard's page is named after the key in its file.</p>
    <ul>${dashboards.map(({ key, title }) => html`<li><a href="/dashboards/${key}">${title}</a></li>`)}</ul>`;
  return show(c, parts, "There is no such page", content, []);
}

/** Redirects to the page of the button, only within the console. */
export function backTo(c: Context, address: unknown): Response {
  return c.redirect(typeof address === "string" && /^\/(?!\/)/.test(address) ? address : "/", 303);
}
