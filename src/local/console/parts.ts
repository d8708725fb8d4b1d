import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import type { GivenColours } from "./dashboards/charts.ts";
import type { EventStream } from "./events/stream.ts";
import type { Audience } from "./live.ts";
import { type Markup, page } from "./pages/layout.ts";
import type { DriftRunner } from "./resources/drift.ts";
import type { ConsoleOptions } from "./world.ts";

/** What the routes share. */
export interface Parts extends Omit<ConsoleOptions, "drift"> {
  readonly stream: EventStream;
  readonly audience: Audience;
  readonly drift: DriftRunner;
  /** How often each event has arrived. */
  readonly counts: ReadonlyMap<string, number>;
  readonly colours: GivenColours;
  /** What was changed by hand here, the newest first. */
  readonly made: string[];
  /** Tells the person who does something what came of it, on the page that they see next. */
  readonly say: (notice: string) => void;
  /** What is to be told, once. */
  readonly takeNotice: () => string | undefined;
}

/** A whole page as an answer. */
export async function show(c: Context, parts: Parts, title: string, content: Markup, scripts: readonly string[]) {
  const places = [
    ...parts.dashboards.map((one) => ({ address: `/dashboards/${one.key}`, label: one.title })),
    { address: "/events", label: "Events" },
    { address: "/resources", label: "Resources" },
  ];
  const chosen = getCookie(c, "theme");
  const theme = chosen === "light" || chosen === "dark" ? chosen : undefined;
  return c.html(await page({ title, places, here: c.req.path, notice: parts.takeNotice(), theme, scripts }, content));
}

/** Back to where the button was. Only to a page of the console. */
export function backTo(c: Context, address: unknown): Response {
  return c.redirect(typeof address === "string" && /^\/(?!\/)/.test(address) ? address : "/", 303);
}
