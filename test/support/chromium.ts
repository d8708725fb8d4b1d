import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";

const install = "install it: apt-get install chromium (Debian, Ubuntu), or set CHROMIUM to the browser's file";

/** The path of a Chromium: CHROMIUM, else on PATH; undefined when there is none. */
export const chromiumPath = [
  process.env.CHROMIUM,
  ...(process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => ["chromium", "chromium-browser", "google-chrome"].map((name) => join(folder, name))),
].find((file): file is string => file !== undefined && file !== "" && existsSync(file));

if (!chromiumPath) {
  if (process.env.CI === "true") throw new Error(`Chromium is not on PATH; ${install}`);
  console.warn(`Tests in a real browser are skipped: Chromium is not on PATH; ${install}`);
}

/** A Chromium with a separate profile, closed at the end of the test or file that started it. */
export async function launchChromium(onEnd: (end: () => Promise<void>) => void): Promise<BrowserContext> {
  if (!chromiumPath) throw new Error(`Chromium is not on PATH; ${install}`);
  const profile = await mkdtemp(join(tmpdir(), "chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath,
    headless: true,
    args: [
      // Containers, and CI as root, have no user namespaces.
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      // Without these options it contacts Google's servers at every start.
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  onEnd(async () => {
    await context.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  return context;
}

/**
 * Closes a page that may be reloading: Chromium forgets to close a page whose navigation commits at that moment
 * (crbug.com/536385539), and `page.close()` then waits for ever. An empty page loads nothing.
 */
export async function closePage(page: Page): Promise<void> {
  // `goto` fails when this navigation overtakes another one; the page is empty anyway.
  await page.goto("about:blank").catch(() => undefined);
  await page.close();
}
