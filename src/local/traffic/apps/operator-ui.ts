import { setTimeout as delay } from "node:timers/promises";
import { helperPackage } from "../../../operate/catalog/installed.ts";
import type { BrowserDeed } from "../story/deed.ts";
import { runAt } from "./clock.ts";
import { becomePage, type Page } from "./page.ts";

/** The part of the package's browser helper that the operator UI calls. */
interface BrowserHelper {
  initAnalytics(env: Readonly<Record<string, string | undefined>>, options: { automatedBrowsers: "count" }): void;
  track(event: string, properties: object): void;
  trackPageview(path: string): void;
  identify(userId: string, person: object): void;
  reset(): void;
}

/** The operator UI, used by one visitor after the other. */
export interface OperatorUi {
  /** Replays one visitor's actions, oldest first. Times may be in the past. */
  visit(visitor: string, deeds: readonly BrowserDeed[]): void;
  /** Sends queued events; resolves when they have arrived. */
  flush(): Promise<void>;
}

/** Maximum time for posthog-js to load and start. */
const startsWithinMs = 20_000;

/**
 * Opens the operator UI in this thread, with its deployment's variables.
 * Without a key it sends nothing, as in production.
 */
export async function openOperatorUi(env: Readonly<Record<string, string | undefined>>): Promise<OperatorUi> {
  const page = becomePage("https://app.brandvx.example/");
  const helper = (await import(`${helperPackage}/browser`)) as BrowserHelper;
  helper.initAnalytics(env, { automatedBrowsers: "count" });
  if (env.VITE_POSTHOG_KEY) await started();
  const accounts = new Map<string, Extract<BrowserDeed, { kind: "sign in" }>>();
  let present: string | undefined;

  return {
    flush: () => page.hide(),
    visit(visitor, deeds) {
      const [first] = deeds;
      if (first && present !== visitor) {
        // Each visitor has a new browser, so that no state of the previous one remains.
        runAt(first.at, () => helper.reset());
        const account = accounts.get(visitor);
        if (account) runAt(first.at, () => play(helper, page, account));
        present = visitor;
      }
      for (const deed of deeds) {
        if (deed.kind === "sign in") accounts.set(visitor, deed);
        runAt(deed.at, () => play(helper, page, deed));
      }
    },
  };
}

function play(helper: BrowserHelper, page: Page, deed: BrowserDeed): void {
  if (deed.kind === "track") helper.track(deed.event, deed.properties);
  else if (deed.kind === "sign in") helper.identify(deed.userId, deed.person);
  else {
    page.goTo(deed.path);
    helper.trackPageview(deed.path);
  }
}

/** The helper loads posthog-js when the page is idle and then passes on queued events; its queue is bounded. */
async function started(): Promise<void> {
  // Imported only after this thread simulates a page: posthog-js inspects its environment when it is loaded.
  const { posthog } = await import("posthog-js");
  const until = Date.now() + startsWithinMs;
  while (!(posthog as { __loaded?: boolean }).__loaded) {
    if (Date.now() > until) throw new Error("posthog-js did not start: check the browser helper");
    await delay(5);
  }
}
