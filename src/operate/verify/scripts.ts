import { type Fetched, fetched } from "../access/fetch.ts";
import type { VerifyContext } from "./context.ts";

/** Maximum scripts to check: the app's entry and what it loads first, not every route. */
const mostScripts = 60;

/** A served script or style sheet. */
export interface DeployedScript {
  readonly url: string;
  readonly text: string;
}

/** The deployed browser app. */
export interface DeployedApp {
  readonly page: Promise<Fetched>;
  /** The scripts that the page names, and those that they import in Vite's form; the entry first. */
  scripts(html: string): Promise<readonly DeployedScript[]>;
  /** The style sheets that the page names. */
  styles(html: string): Promise<readonly DeployedScript[]>;
}

const apps = new WeakMap<VerifyContext, DeployedApp>();

/** The app at an address. All checks of a run share it, so its page and scripts are loaded once. */
export function deployedApp(context: VerifyContext, appUrl: string): DeployedApp {
  const { signal } = context;
  const known = apps.get(context);
  if (known) return known;
  let scripts: Promise<readonly DeployedScript[]> | undefined;
  const app: DeployedApp = {
    page: fetched(appUrl, { headers: { Accept: "text/html" } }, signal),
    scripts: (html) => {
      scripts ??= scriptsOf(appUrl, html, signal);
      return scripts;
    },
    styles: async (html) => {
      const urls = namedIn(html, "css", appUrl).slice(0, mostScripts);
      const all = await Promise.all(urls.map(async (url) => ({ url, ...(await served(url, signal)) })));
      return all.filter((one): one is DeployedScript => one.text !== undefined);
    },
  };
  apps.set(context, app);
  return app;
}

/** Addresses of the page's scripts or style sheets. */
function namedIn(html: string, kind: "m?js" | "css", appUrl: string): string[] {
  const pattern = new RegExp(
    `<(?:script|link)\\b[^>]*?\\b(?:src|href)=["']([^"'>]+\\.${kind}(?:\\?[^"'>]*)?)["']`,
    "gi",
  );
  return [...html.matchAll(pattern)].map(([, path = ""]) => new URL(path.replaceAll("&amp;", "&"), appUrl).href);
}

/** A file's text. A path without a file gets the app's page. */
async function served(url: string, signal: AbortSignal): Promise<{ readonly text?: string }> {
  const { ok, text } = await fetched(url, {}, signal);
  return ok && !/^\s*<(?:!doctype|html)\b/i.test(text) ? { text } : {};
}

async function scriptsOf(appUrl: string, html: string, signal: AbortSignal): Promise<DeployedScript[]> {
  const waiting = namedIn(html, "m?js", appUrl);
  const seen = new Set<string>(waiting);
  const found: DeployedScript[] = [];
  for (let url = waiting.shift(); url !== undefined && found.length < mostScripts; url = waiting.shift()) {
    const { text } = await served(url, signal);
    if (text === undefined) continue;
    // Vite names scripts from the app's base path, which is above their folder.
    const base = url.replace(/assets\/[^/]*$/, "");
    found.push({ url, text });
    for (const [, path = ""] of text.matchAll(/["'`]((?:\.{0,2}\/)?(?:assets\/)?[\w./-]+\.m?js)["'`]/g)) {
      const next = new URL(path, path.startsWith("assets/") ? base : url).href;
      if (seen.has(next) || new URL(next).origin !== new URL(appUrl).origin) continue;
      seen.add(next);
      waiting.push(next);
    }
  }
  return found;
}
