import { fetched } from "../access/fetch.ts";

/** Scripts that are looked at: an app's entry and what it loads first, not every route of it. */
const mostScripts = 60;

/** A script as the app serves it. */
export interface DeployedScript {
  readonly url: string;
  readonly text: string;
}

/** The scripts that the page names, and those that they name in turn, as Vite builds them; the entry first. */
export async function scriptsOf(appUrl: string, html: string, signal: AbortSignal): Promise<DeployedScript[]> {
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
