import { type Fetched, fetched } from "../access/fetch.ts";
import type { VerifyContext } from "./context.ts";

/** Scripts that are looked at: an app's entry and what it loads first, not every route of it. */
const mostScripts = 60;

/** A script as the app serves it. */
export interface DeployedScript {
  readonly url: string;
  readonly text: string;
}

/** The browser app as it is deployed. */
export interface DeployedApp {
  readonly page: Promise<Fetched>;
  /** The scripts that the page names, and those that they name in turn, as Vite builds them; the entry first. */
  scripts(html: string): Promise<readonly DeployedScript[]>;
}

const apps = new WeakMap<VerifyContext, DeployedApp>();

/** The app at an address. All checks of a run see the same one: its page and its scripts are loaded once. */
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
    if (!script.ok) continue;
    found.push({ url, text: script.text });
    for (const [, path = ""] of script.text.matchAll(/["'`]((?:\.{0,2}\/)?(?:assets\/)?[\w./-]+\.m?js)["'`]/g)) {
      const next = new URL(path.startsWith("assets/") ? `/${path}` : path, url).href;
      if (seen.has(next) || new URL(next).origin !== new URL(appUrl).origin) continue;
      seen.add(next);
      waiting.push(next);
    }
  }
  return found;
}
