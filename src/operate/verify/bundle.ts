import { valueAt } from "../access/apps.ts";
import { answerWords } from "../access/fetch.ts";
import { appsDoNotRun, fails, holds, skipped } from "../checks/check.ts";
import { quantity } from "../text/phrase.ts";
import type { VerifyCheck } from "./context.ts";
import { deployedApp } from "./scripts.ts";

/** Checks that the deployed scripts contain the stack's keys: variables on Pages take effect only with a deployment. */
export const bundleIsCurrent: VerifyCheck = {
  name: "bundle",
  title: "The deployed app carries the current keys",
  async run(context) {
    const what = "The deployed browser app";
    const { appUrl, appsRun, access, apps, dsns } = context;
    if (!appsRun) return [skipped(what, appsDoNotRun)];
    if (appUrl === undefined)
      return [skipped(what, "neither the stack nor Cloudflare has its address: give it with `--app <address>`")];
    const app = deployedApp(context, appUrl);
    const page = await app.page;
    if (!page.ok)
      return [fails(what, `${appUrl} ${answerWords(page)}`, "look at the deployments of the Pages project")];
    const scripts = await app.scripts(page.text);
    if (scripts.length === 0) return [fails(what, `${appUrl} loads no script`, "is this the app? --app <address>")];
    const text = scripts.map((script) => script.text).join("\n");
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
    return [holds(what, `${appUrl} carries ${carried} (${quantity(scripts.length, "script")} looked at)`)];
  },
};
