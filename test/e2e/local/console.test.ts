import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dashboards } from "../../../dashboards/index.ts";
import { localAccount, localKeys } from "../../../src/local/account.ts";
import { vendorObjects } from "../../../src/local/console/resources/objects.ts";
import { chromiumPath, launchChromium } from "../../support/chromium.ts";
import { type ServedStack, servedStack } from "../../support/served.ts";
import { lowContrast, type Observed, observe } from "./page.ts";

/** The console that `npm start` serves, in a real browser, around a stack on the real engine. */

let at: ServedStack;
let browser: BrowserContext;
let endBrowser: () => Promise<void> = async () => {};

beforeAll(async () => {
  const launching = chromiumPath
    ? launchChromium((end) => {
        endBrowser = end;
      })
    : undefined;
  at = await servedStack();
  if (launching) browser = await launching;
});
afterAll(async () => {
  await endBrowser();
  await at?.[Symbol.asyncDispose]();
});

const addressOf = (path: string): string => `${at.served.console.url}${path}`;
const read = async (path: string): Promise<string> => (await fetch(addressOf(path))).text();
const paths = [...dashboards.map(({ key }) => `/dashboards/${key}`), "/events", "/resources"];

test("when npm start says that the console is ready, every tile of every dashboard shows data", async () => {
  for (const { key, tiles } of dashboards) {
    const states = [...(await read(`/dashboards/${key}`)).matchAll(/data-state="(\w+)"/g)].map(([, state]) => state);
    const insights = Object.values(tiles).filter(({ kind }) => kind === "insight");
    expect(states, key).toEqual(insights.map(() => "drawn"));
  }
});

test("the apps lose nothing that they capture; what the catalog does not list of a person is left out, and told", () => {
  const told = at.said.filter((line) => line.includes("[observability]"));
  expect(told).toEqual(told.filter((line) => line.includes("identify.email is not in the catalog")));
});

test("no page shows a key, a password, or the address of the server's errors", async () => {
  const resources = vendorObjects(await at.resources());
  const variables = at.cloud.render.variables(localAccount.render.serviceId) ?? {};
  const { REDIS_URL = "", SENTRY_DSN = "" } = variables;
  const secrets = [
    ...Object.entries(localKeys).flatMap(([name, value]) => (name === "UPSTASH_EMAIL" ? [] : [value])),
    ...[new URL(REDIS_URL).password, REDIS_URL, new URL(SENTRY_DSN).username, SENTRY_DSN],
  ];
  for (const secret of secrets) expect(secret.length).toBeGreaterThan(8);
  const shown = resources.map(({ urn }) => `/resources/live?urn=${encodeURIComponent(urn)}`);
  for (const path of [...paths, "/drift", ...shown]) {
    const body = await read(path);
    for (const secret of secrets) expect(body.includes(secret), `${path} shows ${secret}`).toBe(false);
  }
});

describe.skipIf(!chromiumPath)("in Chromium", () => {
  async function open(path: string, width = 1440): Promise<{ page: Page; observed: Observed }> {
    const page = await browser.newPage();
    await page.setViewportSize({ width, height: 900 });
    const observed = await observe(page);
    await page.goto(addressOf(path));
    await page.locator('#pulse[data-state="live"]').waitFor();
    return { page, observed };
  }

  test.each([
    { theme: "light", widths: [1440, 390] },
    { theme: "dark", widths: [1180] },
  ] as const)(
    "each page is drawn whole in the $theme theme at $widths pixels: nothing jumps, nothing is cut off, all of it can be read",
    async ({ theme, widths }) => {
      for (const path of paths) {
        for (const width of widths) {
          const page = await browser.newPage();
          await page.emulateMedia({ colorScheme: theme });
          await page.setViewportSize({ width, height: 900 });
          const observed = await observe(page);
          await page.goto(addressOf(path));
          await page.locator('#pulse[data-state="live"]').waitFor();
          const where = `${path} at ${width} in ${theme}`;
          expect(await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth"), where).toBe(0);
          expect(await lowContrast(page), where).toEqual([]);
          const { hosts, problems, shift } = await observed();
          expect(hosts, where).toEqual([new URL(at.served.console.url).host]);
          expect(problems, where).toEqual([]);
          // 0.1 is what the Web Vitals call good.
          expect(shift, where).toBeLessThan(0.02);
          await page.close();
        }
      }
    },
  );

  // As the first test above: the counts stay at 0.
  test("charts change as events arrive, without a look at the page", async () => {
    const { page, observed } = await open("/dashboards/ai-engagement");
    const chart = page.locator('[data-tile="prompts-by-hour"], [data-events~="ask.prompt_submitted"]').first();
    const counted = page.locator('[data-count="ask.prompt_submitted"]').first();
    const [picture, count] = [await chart.innerHTML(), await counted.textContent()];
    await page.getByRole("button", { name: "A burst of prompts" }).click();
    await page.getByText("Two dozen prompts").waitFor();
    await expect.poll(() => counted.textContent(), { timeout: 30_000 }).not.toBe(count);
    await expect.poll(() => chart.innerHTML(), { timeout: 30_000 }).not.toBe(picture);
    expect((await observed()).problems).toEqual([]);
    await page.close();
  });

  test("the stream can be filtered and held, and shows what the redactor took out", async () => {
    const { page, observed } = await open("/events");
    await page.getByRole("button", { name: "Somebody signs up" }).click();
    const redacted = page.locator("tr[data-redacted]");
    await expect.poll(() => redacted.count(), { timeout: 30_000 }).toBeGreaterThan(0);
    await page.getByLabel("Only what the redactor changed").check();
    expect(await page.locator("tbody tr:not([data-redacted]):visible").count()).toBe(0);
    const row = redacted.first();
    const taken = (await row.locator("del").first().textContent()) ?? "";
    expect(taken).toMatch(/@|\d{3}/);
    expect(await row.locator(".properties").textContent(), "it did not arrive").not.toContain(taken);

    await page.getByLabel("Only what the redactor changed").uncheck();
    await page.getByRole("searchbox").fill("cadence.");
    const names = await page.locator("tbody tr:visible td:nth-child(3) code").allTextContents();
    expect(names.filter((name) => !name.startsWith("cadence."))).toEqual([]);

    await page.getByRole("searchbox").fill("");
    await page.getByRole("button", { name: "Hold" }).click();
    const newest = await page.locator("tbody tr").first().getAttribute("data-id");
    await page.evaluate(() =>
      fetch("/happen", { method: "POST", body: new URLSearchParams({ what: "burst of prompts" }) }),
    );
    await page.getByRole("button", { name: "Go on (more has arrived)" }).waitFor();
    expect(await page.locator("tbody tr").first().getAttribute("data-id")).toBe(newest);
    await page.getByRole("button", { name: "Go on (more has arrived)" }).click();
    expect(await page.locator("tbody tr").first().getAttribute("data-id")).not.toBe(newest);
    expect((await observed()).problems).toEqual([]);
    await page.close();
  });

  test("a theme that was chosen is there on the next page, before anything is drawn", async () => {
    const { page } = await open("/events");
    await page.emulateMedia({ colorScheme: "light" });
    const ground = () => page.evaluate<string>("getComputedStyle(document.documentElement).backgroundColor");
    const light = await ground();
    await page.getByRole("button", { name: "Switch to the dark theme" }).click();
    expect(await ground()).not.toBe(light);
    await page.goto(addressOf("/resources"), { waitUntil: "commit" });
    await page.waitForSelector("main", { state: "attached" });
    expect(await ground()).not.toBe(light);
    await page.getByRole("button", { name: "Switch to the light theme" }).click();
    expect(await ground()).toBe(light);
    await browser.clearCookies();
    await page.close();
  });

  test("with the keyboard alone: a tile is changed by hand, drift is found and named, and healed", async () => {
    const { page, observed } = await open("/resources");
    const tab = async (to: string): Promise<void> => {
      for (let pressed = 0; pressed < 200; pressed += 1) {
        await page.keyboard.press("Tab");
        const here = await page.evaluate<string>("document.activeElement.textContent.trim()");
        if (here !== to) continue;
        const outline = await page.evaluate<string>("getComputedStyle(document.activeElement).outlineStyle");
        expect(outline, `the focus on ${to} can be seen`).not.toBe("none");
        return;
      }
      throw new Error(`${to} cannot be reached with the keyboard`);
    };
    await tab("Skip to the content");
    await page.keyboard.press("Enter");
    await tab("Change what a tile asks");
    await page.keyboard.press("Enter");
    await page.getByText("Done by hand:").waitFor();
    await page.goto(addressOf("/dashboards/activation-funnel"));
    expect(await page.locator(".tile .by-hand").count()).toBe(1);
    const tile = page.locator(".tile", { has: page.locator(".by-hand") });
    const title = (await tile.getByRole("heading").textContent()) ?? "";

    await page.goto(addressOf("/resources"));
    await tab("Look for drift");
    await page.keyboard.press("Enter");
    await page.getByText("There is drift (exit code 7)").first().waitFor({ timeout: 120_000 });
    expect(await page.locator("#drift .terminal").textContent()).toMatch(
      new RegExp(`Activation funnel was changed[\\s\\S]*${title}: .*2 d`),
    );
    expect(await page.locator("#drift-status").textContent()).toContain("There is drift");

    await page.getByRole("button", { name: /^Heal it/ }).click();
    await page.getByText("Healed.").first().waitFor({ timeout: 120_000 });
    await page.goto(addressOf("/dashboards/activation-funnel"));
    expect(await page.locator(".by-hand").count()).toBe(0);
    expect((await observed()).problems).toEqual([]);
    await page.close();
  });
});
