import { launchChromium } from "../../support/chromium.ts";
import { serveFolder } from "../../support/serve-folder.ts";
import { scratchApp } from "../apps/packed.ts";

interface Times {
  /** Microseconds a call. */
  readonly ours: number;
  readonly theirs: number;
}

/** What `track` costs, and posthog-js alone: medians over fresh pages of a real browser. */
export async function timesInBrowser(onEnd: (end: () => Promise<void>) => void): Promise<Times[]> {
  const files = new URL("scratch/bench", import.meta.url);
  const app = await scratchApp(files, ["vite", "posthog-js", "@sentry/browser"], onEnd);
  await app.run("vite", ["build"]);
  const url = await serveFolder(`${app.folder}/dist`, onEnd);
  const browser = await launchChromium(onEnd);
  const times: Times[] = [];
  for (let round = 0; round < 15; round += 1) {
    const page = await browser.newPage();
    await page.goto(url);
    await page.waitForFunction("isLoaded()");
    // The first calls warm up.
    await page.evaluate("measure(30)");
    times.push(await page.evaluate<Times>("measure(60)"));
    await page.close();
  }
  return times;
}

/**
 * How long a page must stay open for its visit to be counted: from the loading of the app's first chunk to that of
 * PostHog's, in milliseconds, over fresh pages of a real browser with the app on the same machine. Medians.
 */
export async function shortestVisit(onEnd: (end: () => Promise<void>) => void): Promise<number> {
  const files = new URL("scratch/helper-only", import.meta.url);
  const app = await scratchApp(files, ["vite", "posthog-js", "@sentry/browser"], onEnd);
  await app.run("vite", ["build"], { VITE_POSTHOG_KEY: "phc_bench", VITE_POSTHOG_HOST: "http://127.0.0.1:9" });
  const url = await serveFolder(`${app.folder}/dist`, onEnd);
  const browser = await launchChromium(onEnd);
  const times: number[] = [];
  for (let round = 0; round < 9; round += 1) {
    const page = await browser.newPage();
    await page.goto(url);
    const loaded = await page.waitForFunction(() => {
      const entries = performance.getEntriesByType("resource") as unknown as { name: string; responseEnd: number }[];
      const endOf = (part: RegExp) => entries.find(({ name }) => part.test(name))?.responseEnd;
      // Our part, which loads the library (posthog-js/dist/module.js).
      const [first, library] = [endOf(/\/index-/), endOf(/\/posthog-/) && endOf(/\/module-/)];
      return first && library ? library - first : false;
    });
    times.push(Number(await loaded.jsonValue()));
    await page.close();
  }
  return times.toSorted((a, b) => a - b)[4] ?? 0;
}
