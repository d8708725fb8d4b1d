import { launchChromium } from "../../support/chromium.ts";
import { serveFolder } from "../../support/serve-folder.ts";
import { scratchApp } from "../apps/packed.ts";

interface Times {
  /** Microseconds a call. */
  readonly ours: number;
  readonly theirs: number;
}

/** What `track` costs, and posthog-js alone: medians over fresh pages of a real browser. */
export async function timesInBrowser(onEnd: (end: () => Promise<void>) => void): Promise<Times> {
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
  const medianOf = (who: keyof Times) => times.map((time) => time[who]).toSorted((a, b) => a - b)[7] ?? 0;
  return { ours: medianOf("ours"), theirs: medianOf("theirs") };
}
