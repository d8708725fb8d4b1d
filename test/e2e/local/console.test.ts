import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { dashboards } from "../../../dashboards/index.ts";
import { localAccount, localKeys } from "../../../src/local/account.ts";
import { vendorObjects } from "../../../src/local/console/resources/objects.ts";
import { chromiumPath, closePage, launchChromium } from "../../support/chromium.ts";
import { type ServedStack, servedStack } from "../../support/served.ts";
import { axeFindings, lowContrast, type Observed, observe } from "./page.ts";

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
  expect(told).toEqual(told.filter((line) => line.includes("identify.email was dropped")));
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
  async function newPage(): Promise<Page> {
    const page = await browser.newPage();
    onTestFinished(() => closePage(page));
    return page;
  }

  async function open(path: string, width = 1440): Promise<{ page: Page; observed: Observed }> {
    const page = await newPage();
    await page.setViewportSize({ width, height: 900 });
    const observed = await observe(page);
    await page.goto(addressOf(path));
    await page.locator('#pulse[data-state="live"]').waitFor();
    return { page, observed };
  }

  test.each([
    { theme: "light", widths: [1280, 390] },
    { theme: "dark", widths: [1280, 390] },
  ] as const)(
    "each page is drawn whole in the $theme theme at $widths pixels: nothing jumps, nothing is cut off, all of it can be read, axe finds nothing",
    async ({ theme, widths }) => {
      for (const path of paths) {
        for (const width of widths) {
          const page = await newPage();
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
          // The Web Vitals rate a shift below 0.1 as good.
          expect(shift, where).toBeLessThan(0.02);
          // Collapsed details are checked, too.
          await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
          await expect.poll(() => page.getByText("Loading …", { exact: true }).count(), { timeout: 15_000 }).toBe(0);
          expect(await axeFindings(page), where).toEqual([]);
          expect(await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth"), where).toBe(0);
          if (process.env.SCREENSHOTS)
            await page.screenshot({
              path: `${process.env.SCREENSHOTS}/${path.replaceAll("/", "_")}-${width}-${theme}.png`,
            });
          await closePage(page);
        }
      }
    },
  );

  test("more pages than a browser has connections are all live, and each shows what arrives", async () => {
    const pages = await Promise.all(Array.from({ length: 8 }, () => open("/dashboards/ai-engagement")));
    const counts = pages.map(({ page }) => page.locator('[data-count="ask.prompt_submitted"]').first());
    const before = await Promise.all(counts.map((count) => count.textContent()));
    await pages[0]?.page.getByRole("button", { name: "A burst of prompts" }).click();
    for (const [index, count] of counts.entries()) {
      await expect.poll(() => count.textContent(), { timeout: 30_000 }).not.toBe(before[index]);
    }
  });

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
  });

  test("the stream can be filtered and held, and shows what the redactor took out", async () => {
    const { page, observed } = await open("/events");
    await page.getByRole("button", { name: "Somebody signs up" }).click();
    const redacted = page.locator("tr[data-redacted]");
    await expect.poll(() => redacted.count(), { timeout: 30_000 }).toBeGreaterThan(0);
    await page.getByLabel("Only what the redactor changed").check();
    await expect.poll(() => page.locator("tbody tr:not([data-redacted]):visible").count(), { timeout: 15_000 }).toBe(0);
    await expect.poll(() => redacted.count()).toBeGreaterThan(0);
    const row = redacted.first();
    const taken = (await row.locator("del").first().textContent()) ?? "";
    expect(taken).toMatch(/@|\d{3}/);
    expect(await row.locator(".properties").textContent(), "it did not arrive").not.toContain(taken);

    await page.getByLabel("Only what the redactor changed").uncheck();
    await page.getByRole("searchbox").fill("cadence.");
    await expect.poll(() => page.locator("#matches").textContent(), { timeout: 15_000 }).toMatch(/events match/);
    const others = async () =>
      (await page.locator("tbody tr").allTextContents()).filter((row) => !row.includes("cadence."));
    await expect.poll(others, { timeout: 15_000 }).toEqual([]);

    await page.getByRole("searchbox").fill("");
    await expect.poll(() => page.locator("#matches").textContent(), { timeout: 15_000 }).toBe("");
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
  });

  test("the filter searches all events, and says when nothing matches", async () => {
    const { page, observed } = await open("/events");
    const words = page.locator("#matches");
    await page.getByRole("searchbox").fill("onboarding.step_completed");
    await expect
      .poll(() => words.textContent(), { timeout: 15_000 })
      .toMatch(/^[\d,]+ events match, the newest 200 are shown\.$/);
    const times = await page
      .locator("tbody tr time")
      .evaluateAll((all) => all.map((one) => one.getAttribute("datetime")));
    expect(times).toHaveLength(200);
    expect(times).toEqual(times.toSorted().toReversed());
    await page.getByRole("searchbox").fill("no event has this");
    await expect.poll(() => words.textContent(), { timeout: 15_000 }).toBe("Nothing matches, of all events so far.");
    expect(await page.locator("tbody tr").count()).toBe(0);
    expect((await observed()).problems).toEqual([]);
  });

  test("a chart says what stands under the pointer, and shows its numbers as a table", async () => {
    const { page, observed } = await open("/dashboards/cadence-throughput", 1280);
    const tile = page.locator(".tile", {
      has: page.getByRole("heading", { name: "Sent against failed", exact: true }),
    });
    await tile.scrollIntoViewIfNeeded();
    const box = await tile.locator("figure svg").first().boundingBox();
    if (!box) throw new Error("the chart is not there");
    await page.mouse.move(box.x + box.width - 60, box.y + box.height / 2);
    const words = await page.locator(".pointed").textContent();
    expect(words).toMatch(/^\d+ \w{3} \d\d:00(, so far)?\nSent: [\d,]+\nFailed: [\d,]+$/);
    await tile.getByText("Numbers").click();
    const table = tile.getByRole("table");
    await table.waitFor();
    expect(await table.getByRole("columnheader").allTextContents()).toEqual(["Time", "Sent", "Failed"]);
    expect(await table.getByRole("rowheader").last().textContent()).toMatch(/, so far$/);
    expect((await observed()).problems).toEqual([]);
  });

  test("a save is on the open page within seconds, and then in PostHog; a mistake stands where the tile was", async () => {
    const board = "dashboards/ai-engagement.ts";
    const { page } = await open("/dashboards/ai-engagement", 1280);
    const heading = (name: string) => page.getByRole("heading", { name, exact: true });
    const inPosthog = () => at.cloud.posthog.live().insights.map(({ name }) => name);
    const save = (change: (text: string) => string): number => {
      at.stack.edit(board, change);
      return performance.now();
    };

    await page.getByText("Query of Error share").click();
    const savedAt = save((text) => text.replace('title: "Error share"', 'title: "Share of errors"'));
    await heading("Share of errors").waitFor({ timeout: 60_000 });
    const tile = page.locator(".tile", { has: heading("Share of errors") });
    await tile.locator('figure[data-state="drawn"]').waitFor();
    const tookMs = performance.now() - savedAt;
    console.log(`from save to picture: ${Math.round(tookMs)} ms`);
    // The target is 5 s; other tests may run at the same time.
    expect(tookMs).toBeLessThan(60_000);
    await expect.poll(inPosthog, { timeout: 90_000 }).toContain("Share of errors");
    await expect.poll(() => page.locator(".edit").count(), { timeout: 60_000 }).toBe(0);
    expect(await page.locator(".by-hand").count(), "nobody changed it in PostHog").toBe(0);

    at.stack.edit(board, (text) =>
      text.replace('p50("ask.response_stream_complete"', 'p50("ask.response_stream_complet"'),
    );
    const problem = page.locator(".problem");
    await problem.waitFor({ timeout: 60_000 });
    expect(await problem.textContent()).toMatch(/dashboards\/ai-engagement\.ts:\d+.*ask\.response_stream_complet/s);
    expect(await page.locator(".tile", { has: problem }).getByRole("heading").textContent()).toMatch(
      "Time to the full answer",
    );
    expect(await axeFindings(page)).toEqual([]);

    // Repairs the file and adds a dashboard, whose page was open before the dashboard existed.
    const other = await newPage();
    await other.goto(addressOf("/dashboards/second-look"));
    await other.getByRole("heading", { name: "There is no such page" }).waitFor();
    const second = readFileSync(join(at.stack.folder, board), "utf8")
      .replace('response_stream_complet"', 'response_stream_complete"')
      .replace('key: "ai-engagement",', 'key: "second-look",')
      .replace('title: "AI engagement"', 'title: "A second look"')
      .replace("aiEngagement =", "secondLook =")
      .replaceAll('key: "ai-engagement"', 'key: "second-look"');
    writeFileSync(join(at.stack.folder, "dashboards", "second-look.ts"), second);
    at.stack.edit("dashboards/index.ts", (text) =>
      text
        .replace("import {", 'import { secondLook } from "./second-look.ts";\nimport {')
        .replace("cadenceThroughput] as const", "cadenceThroughput, secondLook] as const"),
    );
    save((text) => text.replace('response_stream_complet"', 'response_stream_complete"'));
    await other.getByRole("heading", { name: "A second look" }).waitFor({ timeout: 90_000 });
    await expect
      .poll(() => at.cloud.posthog.live().dashboards.map(({ name }) => name), { timeout: 90_000 })
      .toContain("A second look");
    await expect.poll(() => page.locator(".edit").count(), { timeout: 60_000 }).toBe(0);
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
  });

  test("with the keyboard alone: a tile is changed by hand, drift is found and named, and healed", async () => {
    const { page, observed } = await open("/resources");
    const tab = async (to: string): Promise<void> => {
      for (let pressed = 0; pressed < 200; pressed += 1) {
        await page.keyboard.press("Tab");
        const here = await page.evaluate<string>("document.activeElement.textContent.trim()");
        if (!here.startsWith(to)) continue;
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
    expect(await page.evaluate<string>("document.activeElement.textContent"), "the focus stays on the button").toMatch(
      /^Change what a tile asks: Dashboard /,
    );
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

    const live = page.locator("details[data-live]").first();
    await live.locator("summary").click();
    await expect.poll(() => live.locator("pre").textContent()).toContain("{");
    const { clientHeight, scrollHeight } = await page.evaluate<{ clientHeight: number; scrollHeight: number }>(
      "(({ clientHeight, scrollHeight }) => ({ clientHeight, scrollHeight }))(document.querySelector('details[data-live] pre'))",
    );
    expect(clientHeight).toBeLessThanOrEqual(320);
    expect(scrollHeight).toBeGreaterThan(0);

    // Runs the command in a terminal while the page is open.
    const healed = await at.stack.up("--refresh", "--run-program");
    expect(healed.exitCode, healed.text).toBe(0);
    await page.goto(addressOf("/resources"));
    expect(await page.locator("#drift .made").count(), "the heal in the terminal is seen").toBe(0);

    await page
      .getByRole("button", { name: /^Change what a tile asks/ })
      .first()
      .click();
    await page.getByText("Done by hand:").waitFor();
    await page.getByRole("button", { name: /^Heal it/ }).click();
    await page.getByText("Healed.").first().waitFor({ timeout: 120_000 });
    await page.goto(addressOf("/dashboards/activation-funnel"));
    expect(await page.locator(".by-hand").count()).toBe(0);
    expect((await observed()).problems).toEqual([]);
  });
});
