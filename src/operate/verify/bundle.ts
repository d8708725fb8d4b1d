import { valueAt } from "../access/apps.ts";
import { answerWords, fetched } from "../access/fetch.ts";
import { appsDoNotRun, fails, holds, skipped } from "../checks/check.ts";
import { counted } from "../text/phrase.ts";
import type { VerifyCheck, VerifyContext } from "./context.ts";

/** Scripts that are looked at: an app's entry and what it loads first, not every route of it. */
const mostScripts = 60;

/** What browsers load carries the keys that the stack gives out: variables on Pages take effect with a deployment. */
export const bundleIsCurrent: VerifyCheck = {
  name: "bundle",
  title: "The deployed app carries the current keys",
  async run(context) {
    const what = "The deployed browser app";
    const { appUrl, appsRun, access, apps, dsns, signal } = context;
    if (!appsRun) return [skipped(what, appsDoNotRun)];
    if (appUrl === undefined)
      return [skipped(what, "neither the stack nor Cloudflare knows where it is: name it with `--app <address>`")];
    const page = await fetched(appUrl, { headers: { Accept: "text/html" } }, signal);
    if (!page.ok)
      return [fails(what, `${appUrl} ${answerWords(page)}`, "look at the deployments of the Pages project")];
    const scripts = await scriptsOf(appUrl, page.text, context);
    if (scripts.length === 0) return [fails(what, `${appUrl} loads no script`, "is this the app? --app <address>")];
    const text = scripts.join("\n");
    const dsn = dsns.browser ?? valueAt(apps.browser, "VITE_SENTRY_DSN");
    const stale = [
      ...(text.includes(access.posthog.projectKey)
        ? []
        : [`PostHog's project key${text.includes("phc_") ? " (it carries another one)" : ""}`]),
      ...(dsn === undefined || text.includes(dsn) ? [] : ["Sentry's DSN"]),
    ];
    if (stale.length > 0) {
      return [
        fails(
          what,
          `${appUrl} does not carry ${stale.join(" and ")}: it was built before the variables were set`,
          "deploy it again: variables on Pages take effect at the next deployment",
        ),
      ];
    }
    const carried = dsn === undefined ? "PostHog's key; Sentry's DSN is not known here" : "the current keys";
    return [holds(what, `${appUrl} carries ${carried} (${counted(scripts.length, "script")} looked at)`)];
  },
};

/** The scripts that the page names, and those that they name in turn, as Vite builds them. */
async function scriptsOf(appUrl: string, html: string, { signal }: VerifyContext): Promise<string[]> {
  const inPage = [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="([^"]+\.m?js)"/g)].map(
    ([, path = ""]) => path,
  );
  const waiting = inPage.map((path) => new URL(path, appUrl).href);
  const seen = new Set<string>(waiting);
  const texts: string[] = [];
  for (let url = waiting.shift(); url !== undefined && texts.length < mostScripts; url = waiting.shift()) {
    const script = await fetched(url, {}, signal);
    if (!script.ok) continue;
    texts.push(script.text);
    for (const [, path = ""] of script.text.matchAll(/["'`]((?:\.{0,2}\/)?(?:assets\/)?[\w./-]+\.m?js)["'`]/g)) {
      const next = new URL(path.startsWith("assets/") ? `/${path}` : path, url).href;
      if (seen.has(next) || new URL(next).origin !== new URL(appUrl).origin) continue;
      seen.add(next);
      waiting.push(next);
    }
  }
  return texts;
}
