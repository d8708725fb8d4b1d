import { gunzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import type { BrowserContext, Page } from "playwright-core";
import { createServer } from "vite";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { flagFilters } from "../../../src/catalog/flag.ts";
import { valueFor } from "../../../src/catalog/flag-value.ts";
import { type FlagKey, flags } from "../../../src/catalog/flags.ts";
import { mostRetries } from "../../../src/runtime/browser/answers.ts";
import { chromiumPath, launchChromium } from "../../support/chromium.ts";
import { type BrowserApp, browserApp } from "./browser-app.ts";
import { collectRecordings, type Recording } from "./replays.ts";

const user = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
const ends: (() => Promise<void>)[] = [];
let served: BrowserApp;
let browser: BrowserContext;
let recordings: Recording[] = [];

beforeAll(async () => {
  if (!chromiumPath) return;
  served = await browserApp((end) => ends.push(end));
  browser = await launchChromium((end) => ends.push(end));
  recordings = collectRecordings(browser);
}, 240_000);

afterAll(async () => {
  for (const end of ends.reverse()) await end();
}, 30_000);

beforeEach((context) => {
  if (!chromiumPath) context.skip();
});

interface SentError {
  readonly event_id: string;
  readonly breadcrumbs: { category: string; level?: string; message?: string }[];
}

interface Visit {
  readonly page: Page;
  /** Requests that left the page for PostHog or Sentry, and scripts of theirs. */
  requests(): string[];
  /** What the page's own code did not catch. */
  readonly uncaught: string[];
  /** Lets the page become idle; until then it never is. */
  beIdle(): Promise<void>;
  call(name: string, ...args: unknown[]): Promise<unknown>;
}

/** Opens the app in a separate page, which becomes idle when the test says so. */
async function visit(
  path = "/",
  { idle = "on demand", clock = "real" }: { idle?: "on demand" | "not told"; clock?: "real" | "on demand" } = {},
): Promise<Visit> {
  const page = await browser.newPage();
  if (clock === "on demand") await page.clock.install();
  const uncaught: string[] = [];
  const requests: string[] = [];
  page.on("pageerror", (error) => uncaught.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(served.url) || /\/(?:posthog|sentry|replay)-/.test(request.url()))
      requests.push(request.url());
  });
  if (idle === "on demand") {
    await page.addInitScript(() => {
      const waiting: (() => void)[] = [];
      Object.assign(window, {
        requestIdleCallback: (callback: () => void) => waiting.push(callback),
        beIdle: () => {
          for (const callback of waiting.splice(0)) callback();
        },
      });
    });
  } else await page.addInitScript(() => Object.assign(window, { requestIdleCallback: undefined }));
  await page.goto(served.url + path);
  await page.getByRole("heading").waitFor();
  return {
    page,
    uncaught,
    requests: () => requests.filter((url) => url.startsWith("http")),
    beIdle: () => page.evaluate("beIdle()"),
    call: (name, ...args) =>
      page.evaluate(
        ([helper, values]) => {
          const { helpers } = window as unknown as { helpers: Record<string, (...given: unknown[]) => unknown> };
          return helpers[helper as string]?.(...(values as unknown[]));
        },
        [name, args] as const,
      ),
  };
}

/** Events that arrived at PostHog since the mark, as they happened. */
const eventsSince = (mark: number) =>
  served.posthog
    .events(mark)
    .toSorted((a, b) => a.timestamp.localeCompare(b.timestamp))
    .map(({ event, distinctId, properties, timestamp }) => ({ event, distinctId, properties, timestamp }));
const lastEvent = () => served.posthog.events().at(-1)?.id ?? 0;
const eventually = <Result>(expectation: () => Result | Promise<Result>) =>
  vi.waitFor(expectation, { timeout: 20_000, interval: 100 });

describe("an app in a real browser", { timeout: 60_000 }, () => {
  test("loads and sends nothing before the page is idle, then everything, in order and with its time", async ({
    onTestFinished,
  }) => {
    const mark = lastEvent();
    const visited = await visit("/clients?name=ada@example.com");
    onTestFinished(() => visited.page.close());
    await visited.call("identify", user, { tenant_id: "tenant_42", plan: "pro", email: "ada@example.com" });
    await visited.call("setFeatureFlag", "ask-streaming", true);
    await visited.call("track", "ask.prompt_submitted", { onboard: true, length: 12, mode: "chat" });
    expect(visited.requests()).toEqual([]);
    expect(await visited.call("getFeatureFlag", "ask-streaming")).toBe(true);

    await visited.beIdle();
    // Several requests may be in flight: the one with the last event may arrive first.
    await eventually(() => expect(eventsSince(mark).length).toBeGreaterThanOrEqual(5));
    const events = eventsSince(mark).filter(({ event }) => event !== "$identify");
    // PostHog corrects each request's clock by its time of arrival, so times of two requests may swap by some milliseconds.
    expect(events.map(({ event }) => event).toSorted()).toEqual(
      ["landing_view", "onboarding.stepper_open", "$pageview", "ask.prompt_submitted"].toSorted(),
    );
    const named = (name: string) => events.find(({ event }) => event === name)?.properties;
    for (const { properties } of events) expect(properties.$event_time_override_provided).toBe(true);
    expect(named("landing_view")).toMatchObject({ scene: "first" });
    expect(named("$pageview")).toMatchObject({ path: "/clients", $current_url: `${served.url}/clients` });
    expect(named("ask.prompt_submitted")).toMatchObject({ onboard: true, length: 12, mode: "chat" });
    const identified = eventsSince(mark).find(({ event }) => event === "$identify");
    expect(identified).toMatchObject({
      distinctId: user,
      properties: { $set: { tenant_id: "tenant_42", plan: "pro" } },
    });
    const person = served.posthog.events(mark).find(({ event }) => event === "ask.prompt_submitted");
    expect(person?.personProperties).toMatchObject({ tenant_id: "tenant_42", plan: "pro" });
    expect(JSON.stringify(person?.personProperties)).not.toContain("ada");
    expect(visited.uncaught).toEqual([]);
  });

  test("reports a failure with its replay, its breadcrumbs, the user and the tenant, and no contact data", async ({
    onTestFinished,
  }) => {
    const mark = lastEvent();
    const visited = await visit("/reset?token=hunter2&name=ada@example.com");
    onTestFinished(() => visited.page.close());
    await visited.beIdle();
    await visited.call("identify", user, { tenant_id: "tenant_42" });
    await eventually(() => expect(visited.requests().some((url) => url.includes("/replay-"))).toBe(true));
    await eventually(() => expect(served.sentry.items("session").length).toBeGreaterThan(0));
    await visited.page.locator("#break").click();

    const error = await eventually(() => {
      const found = served.sentry.events().find(({ payload }) => JSON.stringify(payload).includes("broke for [email]"));
      if (!found) throw new Error("no error in Sentry");
      return found.payload as unknown as SentError;
    });
    expect(error).toMatchObject({
      environment: "production",
      release: "operator-ui@1.2.3",
      user: { id: user },
      tags: { tenant_id: "tenant_42" },
      request: { url: `${served.url}/reset` },
      exception: { values: [{ type: "RangeError", value: "broke for [email], [phone]" }] },
    });
    expect(error.breadcrumbs).toContainEqual(
      expect.objectContaining({ category: "console", level: "warning", message: "about to break for [email]" }),
    );
    expect(error.breadcrumbs).toContainEqual(
      expect.objectContaining({ category: "console", level: "error", message: "breaking Error: for [phone]" }),
    );
    expect(error.breadcrumbs.some(({ category }) => category === "ui.click")).toBe(true);

    // The replay of the time before the error follows.
    const replay = await eventually(() => {
      const found = served.sentry.items("replay_event").map(({ payload }) => payload as Record<string, unknown>)[0];
      if (!found) throw new Error("no replay in Sentry");
      return found;
    });
    expect(replay).toMatchObject({ replay_type: "buffer", error_ids: [error.event_id], urls: [`${served.url}/reset`] });
    const seen = await eventually(() => {
      expect(recordings.flat().length).toBeGreaterThan(1);
      return recordings.flat();
    });
    // The page as it was, its address, and what happened on it; text is masked by Sentry.
    expect(seen.map(({ type }) => type)).toEqual(expect.arrayContaining([2, 4]));
    expect(seen.find(({ type }) => type === 4)).toMatchObject({ data: { href: `${served.url}/reset` } });

    await eventually(() => {
      expect(
        eventsSince(mark)
          .filter(({ event }) => event === "client_error")
          .map(({ properties }) => properties),
      ).toEqual([
        expect.objectContaining({ level: "warning", message: "about to break for [email]" }),
        expect.objectContaining({ level: "error", message: "breaking Error: for [phone]" }),
        expect.objectContaining({
          level: "error",
          message: "Uncaught RangeError: broke for [email], [phone]",
          line: expect.any(Number),
        }),
      ]);
    });
    const left = [
      JSON.stringify(served.posthog.requests.all()),
      JSON.stringify(served.posthog.events()),
      JSON.stringify(served.sentry.events()),
      JSON.stringify(served.sentry.items()),
      JSON.stringify(recordings),
    ].join("\n");
    expect(left).not.toMatch(/ada(?:@|%40)example|hunter2|5551234567|555 123|Lovelace/);
    expect(visited.uncaught).toEqual(["RangeError: broke for ada@example.com, +1 555 123 4567"]);
  });

  test("reports what failed before Sentry was there, and promises that nobody caught", async ({ onTestFinished }) => {
    const mark = lastEvent();
    const visited = await visit("/");
    onTestFinished(() => visited.page.close());
    await visited.page.locator("#reject").click();
    await visited.page.evaluate(() =>
      setTimeout(() => {
        throw new Error("failed early");
      }),
    );
    await eventually(() => expect(visited.uncaught).toHaveLength(2));
    await visited.beIdle();
    await eventually(() => {
      const texts = served.sentry.events().map(({ payload }) => JSON.stringify(payload));
      for (const text of ["rejected for [email]", "failed early"])
        expect(texts.some((one) => one.includes(text))).toBe(true);
      const names = eventsSince(mark).map(({ event }) => event);
      expect(names).toEqual(expect.arrayContaining(["client_unhandled_rejection", "client_error"]));
    });
  });

  test("forgets the user on reset, and tells two users apart", async ({ onTestFinished }) => {
    const mark = lastEvent();
    const visited = await visit("/");
    onTestFinished(() => visited.page.close());
    await visited.beIdle();
    const other = "11111111-2222-4333-8444-555555555555";
    await visited.call("identify", user);
    await visited.call("track", "onboarding.step_completed", { step: "one" });
    await visited.call("identify", other);
    await visited.call("track", "onboarding.step_completed", { step: "two" });
    await visited.call("reset");
    await visited.call("track", "onboarding.step_completed", { step: "three" });
    await visited.call("identify", "ada@example.com");
    await visited.call("track", "onboarding.step_completed", { step: "four" });
    await eventually(() =>
      expect(eventsSince(mark).filter(({ event }) => event === "onboarding.step_completed")).toHaveLength(4),
    );
    const ids = Object.fromEntries(
      eventsSince(mark)
        .filter(({ event }) => event === "onboarding.step_completed")
        .map(({ properties, distinctId }) => [properties.step, distinctId]),
    );
    expect([ids.one, ids.two]).toEqual([user, other]);
    expect([user, other]).not.toContain(ids.three);
    expect(ids.four).toMatch(/^h_[a-p]{20}$/);
    const people = new Set(
      served.posthog
        .events(mark)
        .filter(({ event }) => event === "onboarding.step_completed")
        .map(({ personId }) => personId),
    );
    expect(people.size).toBeGreaterThanOrEqual(3);
  });

  test("drops what the catalog does not allow, counts it and sends the rest", async ({ onTestFinished }) => {
    const mark = lastEvent();
    const visited = await visit("/");
    onTestFinished(() => visited.page.close());
    await visited.beIdle();
    await visited.call("trackEvent", "ask.response_error", {
      onboard: false,
      error: "x ".repeat(100),
      prompt: "call Ada",
      retries: 3,
    });
    await eventually(() => {
      const event = eventsSince(mark).find(({ event }) => event === "ask.response_error");
      expect(event?.properties).toMatchObject({ onboard: false, error: "x ".repeat(60) });
      expect(event?.properties).not.toHaveProperty("prompt");
      expect(event?.properties).not.toHaveProperty("retries");
    });
    expect(await visited.call("droppedProperties")).toEqual({
      "ask.response_error.prompt": 1,
      "ask.response_error.retries": 1,
    });
    expect(visited.uncaught).toEqual([]);
  });

  test("measures as well where the browser does not tell when it is idle", async ({ onTestFinished }) => {
    const mark = lastEvent();
    const visited = await visit("/", { idle: "not told" });
    onTestFinished(() => visited.page.close());
    await eventually(() => expect(eventsSince(mark).map(({ event }) => event)).toContain("onboarding.stepper_open"));
  });

  test("counts a visit that goes once PostHog's library is there, and none that goes before", async ({
    onTestFinished,
  }) => {
    const mark = lastEvent();
    const page = await browser.newPage();
    onTestFinished(() => page.close());
    const asked = Promise.withResolvers<void>();
    const gone = Promise.withResolvers<void>();
    await page.route(/\/posthog-/, async (route) => {
      asked.resolve();
      await gone.promise;
      await route.continue().catch(() => {});
    });
    await page.goto(`${served.url}/of-a-moment`);
    await asked.promise;
    await page.goto("about:blank");
    gone.resolve();
    await page.unroute(/\/posthog-/);

    const sends = page.waitForRequest((request) => request.url().startsWith(served.posthog.url));
    await page.goto(`${served.url}/long-enough`);
    await sends;
    await page.goto("about:blank");
    const paths = () => eventsSince(mark).map(({ properties }) => properties.path);
    await eventually(() => expect(paths()).toContain("/long-enough"));
    expect(paths()).not.toContain("/of-a-moment");
  });

  test("asks neither PostHog nor Sentry for scripts, flags or recordings", async ({ onTestFinished }) => {
    const mark = lastEvent();
    const visited = await visit("/");
    onTestFinished(() => visited.page.close());
    await visited.beIdle();
    await eventually(() => expect(eventsSince(mark).length).toBeGreaterThan(0));
    const paths = visited
      .requests()
      .filter((url) => !url.startsWith(served.url))
      .map((url) => new URL(url).pathname);
    expect(paths.filter((path) => !/^\/(?:e|i\/v0\/e)\/$|\/envelope\/$/.test(path))).toEqual([]);
  });
});

describe("feature flags", { timeout: 60_000 }, () => {
  const all = Object.keys(flags) as FlagKey[];
  const valuesOf = async ({ call }: Visit) => Promise.all(all.map((key) => call("flag", key)));
  const ofCatalog = all.map((key) => flags[key].whenAway);
  /** Opens the app and counts how often it is told of flags. */
  async function visited(path: string, onEnd: (end: () => Promise<void>) => void): Promise<Visit> {
    const at = await visit(path);
    onEnd(() => at.page.close());
    await at.page.evaluate("window.told = 0; window.stop = helpers.onFlags(() => { window.told += 1; });");
    return at;
  }
  const told = ({ page }: Visit) => page.evaluate<number>("window.told");

  beforeAll(async () => {
    if (!chromiumPath) return;
    for (const key of all) {
      const made = await fetch(`${served.posthog.url}/api/projects/${served.posthog.projectId}/feature_flags/`, {
        method: "POST",
        headers: { Authorization: `Bearer ${served.posthog.personalApiKey}`, "Content-Type": "application/json" },
        body: JSON.stringify({ key, filters: flagFilters(flags[key]) }),
      });
      expect(made.status).toBe(201);
    }
  });

  test("have the catalog's values at once, then those of the rules for the person, each reported once", async ({
    onTestFinished,
  }) => {
    for (const [number, person] of [
      { internal: true },
      { plan: "pro", onboarded: false },
      { plan: "free" },
    ].entries()) {
      const mark = lastEvent();
      const at = await visited("/?flags", onTestFinished);
      expect(await valuesOf(at)).toEqual(ofCatalog);
      const userId = `user_${number}`;
      // The one before has logged out.
      await at.call("reset");
      await at.call("identify", userId, person);
      await at.beIdle();
      const expected = all.map((key) => {
        const found = valueFor(
          key,
          flags[key],
          { distinctId: userId, properties: { plan: "", onboarded: true, internal: false, ...person } },
          Date.now(),
        );
        return "value" in found ? found.value : undefined;
      });
      await eventually(async () => expect(await told(at)).toBeGreaterThan(0));
      await eventually(async () => expect(await valuesOf(at)).toEqual(expected));
      for (let time = 0; time < 3; time += 1) await valuesOf(at);
      await eventually(() => {
        const called = eventsSince(mark).filter(
          ({ event, distinctId }) => event === "$feature_flag_called" && distinctId === userId,
        );
        expect(
          new Map(called.map(({ properties }) => [properties.$feature_flag, properties.$feature_flag_response])),
        ).toEqual(new Map(all.map((key, i) => [key, expected[i]])));
        expect(called).toHaveLength(all.length);
      });
      expect(at.uncaught).toEqual([]);
    }
  });

  test("are overridden for a browser until that is taken back, and who asked to be told is told until they stop", async ({
    onTestFinished,
  }) => {
    const at = await visited("/?flags", onTestFinished);
    await at.call("identify", "user_of_support", { internal: true });
    await at.call("setFeatureFlag", "ask-streaming", false);
    expect(await at.call("flag", "ask-streaming")).toBe(false);
    await at.beIdle();
    await eventually(async () => expect(await told(at)).toBeGreaterThan(1));
    expect(await at.call("flag", "ask-streaming")).toBe(false);
    await at.call("setFeatureFlag", "ask-streaming", undefined);
    await eventually(async () => expect(await at.call("flag", "ask-streaming")).toBe(true));
    const before = await told(at);
    await at.page.evaluate("window.stop()");
    await at.call("setFeatureFlag", "ask-streaming", false);
    await at.call("setFeatureFlag", "ask-streaming", true);
    expect(await told(at)).toBe(before);
  });

  test("have the catalog's values where PostHog is not asked, has none of the catalog's, or the app asks for another", async ({
    onTestFinished,
  }) => {
    const at = await visited("/", onTestFinished);
    await at.call("identify", "user_0", { internal: true });
    await at.beIdle();
    await at.call("setFeatureFlag", "onboarding-length", "tiny");
    expect(await valuesOf(at)).toEqual(ofCatalog);
    expect(await at.call("flag", "no-such-flag")).toBe(false);
    expect(at.requests().filter((url) => url.includes("/flags/"))).toEqual([]);
    expect(at.uncaught).toEqual([]);
  });
});

/** What a server in PostHog's place answers. */
const answers = {
  "what PostHog says": undefined,
  "a wrong key": { status: 401, body: "API key is not valid" },
  "too many requests": { status: 429, body: "" },
  "a body that is too large": { status: 413, body: "length limit exceeded" },
  "the app's own page": { status: 200, contentType: "text/html", body: "<!doctype html><title>BrandVX</title>" },
  "another service": { status: 200, contentType: "application/json", body: '{"detail":"Not Found"}' },
  "nothing at all": { status: 204, body: "" },
  "a quota that is used up": { status: 200, body: '{"status":"Ok","quota_limited":["events"]}' },
} as const;

describe("losses()", { timeout: 60_000 }, () => {
  /** Events in a request, as zlib reads them. */
  const namesIn = (body: Buffer | null): string[] => {
    const { batch } = JSON.parse(gunzipSync(body ?? Buffer.alloc(0)).toString()) as { batch: { event: string }[] };
    return batch.map(({ event }) => event);
  };
  const toPosthog = (url: URL) => url.href.startsWith(served.posthog.url);
  const losses = async (visited: Visit) => (await visited.call("losses")) as { posthog: object };

  test("counts to the event what PostHog refuses in the middle of a stream, and what arrived is there", async ({
    onTestFinished,
  }) => {
    const mark = lastEvent();
    const visited = await visit("/stream", { clock: "on demand" });
    onTestFinished(() => visited.page.close());
    const flush = () => visited.page.clock.runFor(5_000);
    let answer: keyof typeof answers = "what PostHog says";
    const sent = { arrived: 0, refused: 0 };
    const answered: string[] = [];
    await visited.page.route(toPosthog, async (route) => {
      const events = namesIn(route.request().postDataBuffer());
      const given = answers[answer];
      answered.push(answer);
      sent[given ? "refused" : "arrived"] += events.length;
      if (given) await route.fulfill({ ...given, headers: { "access-control-allow-origin": "*" } });
      else await route.continue();
    });
    await visited.beIdle();
    await eventually(async () => {
      await flush();
      expect(sent.arrived).toBeGreaterThanOrEqual(3);
    });

    for (const name of Object.keys(answers) as (keyof typeof answers)[]) {
      const before = answered.length;
      answer = name;
      for (let step = 0; step < 4; step += 1) await visited.call("track", "onboarding.stepper_open");
      await eventually(async () => {
        await flush();
        expect(answered.length).toBeGreaterThan(before);
      });
    }
    // After a used-up quota no request is sent for a minute.
    const requests = answered.length;
    for (let step = 0; step < 3; step += 1) await visited.call("track", "onboarding.stepper_open");
    const refused = () => sent.refused + 3;
    await eventually(async () => {
      await flush();
      expect((await losses(visited)).posthog).toEqual({ dropped: 0, refused: refused() });
    });
    expect(sent.refused).toBe(4 * (Object.keys(answers).length - 1));
    expect(answered).toHaveLength(requests);
    // Events of the previous test's page may arrive late.
    const there = () => eventsSince(mark).filter(({ properties }) => /\/stream/.test(String(properties.$current_url)));
    await eventually(() => expect(there()).toHaveLength(sent.arrived));
    expect(visited.uncaught).toEqual([]);
  });

  test("counts nothing that arrives at a later attempt, and all that no attempt brings", async ({ onTestFinished }) => {
    const mark = lastEvent();
    const visited = await visit("/", { clock: "on demand" });
    const { page } = visited;
    onTestFinished(() => page.close());
    let attempts = 0;
    const lost = new Set<string>();
    let away: "for a moment" | "for good" = "for a moment";
    await page.route(toPosthog, async (route) => {
      attempts += 1;
      const failed = { status: 503, headers: { "access-control-allow-origin": "*" } };
      if (away === "for good") {
        for (const event of namesIn(route.request().postDataBuffer())) lost.add(event);
        await route.abort("connectionfailed");
      } else if (route.request().url().includes("retry_count=")) await route.continue();
      else await route.fulfill(failed);
    });
    await visited.beIdle();
    const go = () => page.clock.runFor(5_000);
    await eventually(async () => {
      await go();
      expect(eventsSince(mark).map(({ event }) => event)).toEqual(
        expect.arrayContaining(["landing_view", "onboarding.stepper_open", "$pageview"]),
      );
    });
    expect((await losses(visited)).posthog).toEqual({ dropped: 0, refused: 0 });

    away = "for good";
    attempts = 0;
    for (let step = 0; step < 7; step += 1) await visited.call("track", "onboarding.stepper_open");
    await eventually(async () => {
      await go();
      expect((await losses(visited)).posthog).toEqual({ dropped: 7, refused: 0 });
    });
    expect(lost).toEqual(new Set(["onboarding.stepper_open"]));
    // The first attempt, and as many more as posthog-js makes.
    expect(attempts).toBe(1 + mostRetries.withoutAnswer);
  });
});

describe("consent", { timeout: 60_000 }, () => {
  const stored = (page: Page) =>
    page.evaluate(() =>
      [document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter(Boolean),
    );

  beforeEach(async () => {
    await browser?.clearCookies();
  });

  test("where it is required, nothing is loaded, stored or sent before, and all that waited after", async ({
    onTestFinished,
  }) => {
    const mark = lastEvent();
    const visited = await visit("/?consent");
    onTestFinished(() => visited.page.close());
    await visited.page.evaluate(() => localStorage.clear());
    await visited.page.evaluate(() => sessionStorage.clear());
    await visited.call("track", "onboarding.step_completed", { step: "one" });
    await visited.beIdle();
    await visited.page.waitForLoadState("networkidle");
    expect(visited.requests()).toEqual([]);
    expect(await stored(visited.page)).toEqual([]);

    await visited.call("grantConsent");
    await visited.beIdle();
    await eventually(() => expect(eventsSince(mark).map(({ event }) => event)).toContain("onboarding.step_completed"));

    await visited.call("withdrawConsent");
    const after = lastEvent();
    await visited.call("track", "onboarding.step_completed", { step: "two" });
    await visited.call("captureError", "nobody is told");
    await visited.page.waitForLoadState("networkidle");
    // Only the stored refusal remains.
    expect((await stored(visited.page)).filter((name) => !/opt_in_out|opt_out/.test(name))).toEqual([]);
    await visited.page.close();
    expect(eventsSince(after).filter(({ properties }) => properties.step === "two")).toEqual([]);
    expect(JSON.stringify(served.sentry.events())).not.toContain("nobody is told");
  });

  test("refused, nothing is ever loaded", async ({ onTestFinished }) => {
    const visited = await visit("/?consent");
    onTestFinished(() => visited.page.close());
    await visited.call("withdrawConsent");
    await visited.beIdle();
    await visited.call("track", "onboarding.stepper_open");
    await visited.page.waitForLoadState("networkidle");
    expect(visited.requests()).toEqual([]);
  });

  test("Do Not Track is honoured where the app says so, consent or not", async ({ onTestFinished }) => {
    const page = await browser.newPage();
    onTestFinished(() => page.close());
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await page.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, "doNotTrack", { get: () => "1" });
    });
    await page.goto(`${served.url}/?dnt`);
    await page.getByRole("heading").waitFor();
    await page.evaluate(() => {
      const { helpers } = window as unknown as { helpers: Record<string, () => void> };
      helpers.grantConsent?.();
    });
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => resolve(undefined))));
    await page.waitForLoadState("networkidle");
    expect(requests.filter((url) => /\/(?:posthog|sentry|replay)-|envelope|\/e\//.test(url))).toEqual([]);
  });
});

describe("an app that is not let", { timeout: 60_000 }, () => {
  test("goes on under an ad blocker that takes the requests", async ({ onTestFinished }) => {
    const page = await browser.newPage();
    onTestFinished(() => page.close());
    const uncaught: string[] = [];
    page.on("pageerror", (error) => uncaught.push(String(error)));
    await page.route(
      (url) => !url.href.startsWith(served.url),
      (route) => route.abort("blockedbyclient"),
    );
    await page.goto(served.url);
    await page.getByRole("heading").waitFor();
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve, 0))));
    await page.waitForLoadState("networkidle");
    await page.evaluate(() => {
      const { helpers } = window as unknown as { helpers: Record<string, (...args: unknown[]) => void> };
      helpers.track?.("onboarding.stepper_open");
      helpers.identify?.("u1");
      helpers.captureError?.(new Error("blocked"));
      helpers.reset?.();
    });
    expect(uncaught).toEqual([]);
  });

  test("goes on under an ad blocker that takes the chunks", async ({ onTestFinished }) => {
    const page = await browser.newPage();
    onTestFinished(() => page.close());
    const uncaught: string[] = [];
    const blocked: string[] = [];
    page.on("pageerror", (error) => uncaught.push(String(error)));
    await page.route(/\/(?:posthog|sentry|replay)-/, (route) => {
      blocked.push(route.request().url());
      return route.abort("blockedbyclient");
    });
    await page.goto(served.url);
    await eventually(() => expect(blocked.length).toBeGreaterThanOrEqual(2));
    await page.evaluate(() => {
      const { helpers } = window as unknown as { helpers: Record<string, (...args: unknown[]) => void> };
      for (let index = 0; index < 1_000; index += 1) helpers.track?.("onboarding.stepper_open");
    });
    expect(uncaught).toEqual([]);
  });
});

test("under vite dev, a name that is not in the catalog throws with the one that was meant", async ({
  onTestFinished,
}) => {
  const server = await createServer({
    ...{ root: served.app.folder, configFile: false, logLevel: "silent", plugins: [react()] },
    server: { host: "127.0.0.1", port: 0, hmr: false, watch: null },
  });
  onTestFinished(() => server.close());
  await server.listen();
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  await page.goto(server.resolvedUrls?.local[0] ?? "");
  await page.getByRole("heading").waitFor();
  const thrown = await page.evaluate(() => {
    const { helpers } = window as unknown as { helpers: { track(event: string, properties?: object): void } };
    try {
      helpers.track("onboarding.step_view", { step: "welcome", position: 1 });
      return "nothing";
    } catch (error) {
      return String(error);
    }
  });
  expect(thrown).toContain('onboarding.step_view: not in the catalog: did you mean "onboarding.step_viewed"?');
}, 60_000);
