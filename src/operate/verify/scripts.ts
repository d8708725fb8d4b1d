import { type Fetched, fetched } from "../access/fetch.ts";
import type { VerifyContext } from "./context.ts";

/** Maximum scripts to check: the app's entry and what it loads first, not every route. */
const mostScripts = 60;

/** A served script. */
export interface DeployedScript {
  readonly url: string;
  readonly text: string;
}

/** The deployed browser app. */
export interface DeployedApp {
  readonly page: Promise<Fetched>;
  /** The scripts that the page names, and those that they import in Vite's form; the entry first. */
  scripts(html: string): Promise<readonly DeployedScript[]>;
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
  };
  apps.set(context, app);
  return app;
}

async function scriptsOf(appUrl: string, html: string, signal: AbortSignal): Promise<DeployedScript[]> {
  const inPage = [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="([^"]+\.m?js)"/g)].map(
    ([, path = ""]) => path,
  );
  const waiting = inPage.map((path) => new URL(path, appUrl).href);
  const seen = new Set<string>(waiting);
  const found: DeployedScript[] = [];
  for (let url = waiting.shift(); url !== undefined && found.length < mostScripts; url = waiting.shift()) {
    const script = await fetched(url, {}, signal);
    // A path without a file gets the app's page.
    if (!script.ok || /^\s*<(?:!doctype|html)\b/i.test(script.text)) continue;
    // Vite names scripts from the app's base path, which is above their folder.
    const base = url.replace(/assets\/[^/]*$/, "");
    found.push({ url, text: script.text });
    for (const [, path = ""] of script.text.matchAll(/["'`]((?:\.{0,2}\/)?(?:assets\/)?[\w./-]+\.m?js)["'`]/g)) {
      const next = new URL(path, path.startsWith("assets/") ? base : url).href;
      if (seen.has(next) || new URL(next).origin !== new URL(appUrl).origin) continue;
      seen.add(next);
      waiting.push(next);
    }
  }
  return found;
}
