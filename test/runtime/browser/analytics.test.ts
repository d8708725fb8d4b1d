import { describe, expect, expectTypeOf, test, vi } from "vitest";
import {
  type AnalyticsOptions,
  type BrowserEnvironment,
  createBrowserAnalytics,
} from "../../../src/runtime/browser/analytics.ts";
import type { Call } from "../../../src/runtime/browser/calls.ts";
import { track, trackEvent, trackPageview } from "../../../src/runtime/browser/index.ts";
import { messageOf } from "../../../src/runtime/browser/texts.ts";
import { fakePage } from "./page.ts";

const sinks = vi.hoisted(() => ({
  posthog: [] as [Call, boolean][],
  sentry: [] as [Call, boolean][],
  opened: [] as object[],
}));

vi.mock("../../../src/runtime/browser/posthog.ts", () => ({
  open: Promise.resolve((options: object) => {
    sinks.opened.push(options);
    return { handle: (call: Call, waited: boolean) => sinks.posthog.push([call, waited]) };
  }),
}));
vi.mock("../../../src/runtime/browser/sentry.ts", () => ({
  open: async (options: object) => {
    sinks.opened.push(options);
    return { handle: (call: Call, waited: boolean) => sinks.sentry.push([call, waited]) };
  },
}));

const env: BrowserEnvironment = { VITE_POSTHOG_KEY: "phc_1", VITE_SENTRY_DSN: "https://key@host/1" };

function open(given: BrowserEnvironment = env, options: AnalyticsOptions = {}) {
  for (const list of Object.values(sinks)) list.length = 0;
  const analytics = createBrowserAnalytics();
  return { analytics, init: () => analytics.init(given, options) };
}

const kinds = (calls: readonly [Call, boolean][]) =>
  calls.map(([call]) => (call.kind === "event" ? call.event : call.kind));
/** Properties of the events, with the messages that their library derives from the thrown values. */
const properties = () =>
  sinks.posthog.map(([call]) =>
    call.kind === "event" ? { ...(call.said && { message: messageOf(call.said) }), ...call.properties } : {},
  );
const loaded = () => vi.waitFor(() => expect(sinks.opened).toHaveLength(2));

describe("calls", () => {
  test("before the page is idle wait, and are handed over in order with the time of the call", async ({
    onTestFinished,
  }) => {
    const page = fakePage(onTestFinished);
    const { analytics, init } = open();
    const before = Date.now();
    analytics.event("onboarding.stepper_open", {});
    init();
    analytics.call({ kind: "identify", userId: "u1", person: {} });
    analytics.event("landing_view", { scene: "x" });
    expect(sinks.opened).toEqual([]);
    page.beIdle();
    await vi.waitFor(() => expect(sinks.posthog).toHaveLength(3));
    expect(kinds(sinks.posthog)).toEqual(["onboarding.stepper_open", "identify", "landing_view"]);
    const [first] = sinks.posthog;
    expect(first).toMatchObject([{ at: expect.any(Number), address: "https://app.brandvx.io/clients?q=1" }, true]);
    expect(first?.[0]).toSatisfy((call: Call) => call.kind === "event" && call.at >= before);
    analytics.event("landing_view", {});
    expect(sinks.posthog[3]?.[1]).toBe(false);
  });

  test("wait in bounded number: the oldest events go, who the user is stays", async ({ onTestFinished }) => {
    const page = fakePage(onTestFinished);
    const { analytics, init } = open();
    init();
    analytics.call({ kind: "identify", userId: "u1", person: {} });
    for (let step = 1; step <= 1_000; step += 1) analytics.event("onboarding.step_completed", { step: String(step) });
    page.beIdle();
    await vi.waitFor(() => expect(sinks.posthog).toHaveLength(200));
    expect(kinds(sinks.posthog)[0]).toBe("identify");
    expect(sinks.posthog.at(-1)?.[0]).toMatchObject({ properties: { step: "1000" } });
    // The count is exact, with one log line.
    expect(analytics.losses()).toEqual({
      posthog: { dropped: 801, refused: 0 },
      sentry: { dropped: 0, refused: 0 },
    });
    expect(page.printed).toEqual([["[observability] PostHog lost some: more than 200 waited. See losses()."]]);
  });

  test("wait with who the user is and each flag's last value, however often flags are set", async ({
    onTestFinished,
  }) => {
    const page = fakePage(onTestFinished);
    const { analytics, init } = open();
    init();
    analytics.call({ kind: "flag", key: "other", value: true });
    analytics.call({ kind: "identify", userId: "u1", person: {} });
    for (let index = 0; index < 1_000; index += 1) analytics.call({ kind: "flag", key: "stepper", value: `${index}` });
    analytics.event("landing_view", {});
    for (let index = 0; index < 250; index += 1) analytics.call({ kind: "flag", key: `flag-${index}`, value: true });
    analytics.call({ kind: "reset" });
    page.beIdle();
    await vi.waitFor(() => expect(sinks.posthog.length).toBeGreaterThan(0));
    const calls = sinks.posthog.map(([call]) => call);
    expect(calls).toContainEqual({ kind: "identify", userId: "u1", person: {} });
    const flags = new Map(calls.flatMap((call) => (call.kind === "flag" ? [[call.key, call.value]] : [])));
    expect([flags.size, flags.get("other"), flags.get("stepper")]).toEqual([252, true, "999"]);
    expect(calls.length).toBeLessThan(200 + 252);
    expect(calls.at(-1)).toEqual({ kind: "reset" });
    expect(analytics.losses().posthog.dropped).toBe(calls.some(({ kind }) => kind === "event") ? 0 : 1);
  });

  test("go nowhere without keys, and nothing is loaded", async ({ onTestFinished }) => {
    const page = fakePage(onTestFinished);
    const { analytics, init } = open({ VITE_POSTHOG_KEY: "", VITE_SENTRY_DSN: " " });
    init();
    analytics.event("onboarding.stepper_open", {});
    page.beIdle();
    analytics.event("onboarding.stepper_open", {});
    expect(sinks.opened).toEqual([]);
    expect(analytics.losses().posthog.dropped).toBe(0);
    expect(page.printed).toEqual([]);
  });

  test("come after the page is loaded where the browser does not tell when it is idle", async ({ onTestFinished }) => {
    const page = fakePage(onTestFinished, { idle: false });
    open().init();
    expect(sinks.opened).toEqual([]);
    page.happen("load");
    await loaded();
  });

  test("come at once when the page is hidden: who looks elsewhere may not come back", async ({ onTestFinished }) => {
    const page = fakePage(onTestFinished);
    open().init();
    page.happen("visibilitychange");
    await loaded();
    page.beIdle();
    expect(sinks.opened).toHaveLength(2);
  });

  test("of one library take no room from those of the other", async ({ onTestFinished }) => {
    const page = fakePage(onTestFinished);
    const { analytics, init } = open();
    init();
    for (let index = 0; index < 150; index += 1) {
      analytics.event("landing_view", {});
      analytics.call({ kind: "error", error: new Error(`no ${index}`) });
    }
    page.beIdle();
    await vi.waitFor(() => expect(sinks.sentry).toHaveLength(150));
    expect(kinds(sinks.posthog)).toEqual(Array(150).fill("landing_view"));
    expect(analytics.losses().sentry.dropped).toBe(0);
  });

  test("begin once, however often init is called", async ({ onTestFinished }) => {
    const page = fakePage(onTestFinished);
    const { init } = open();
    init();
    init();
    page.beIdle();
    await loaded();
    page.beIdle();
    expect(sinks.opened).toHaveLength(2);
  });
});

describe("an event that the catalog does not allow", () => {
  test("throws in development, at the call", ({ onTestFinished }) => {
    fakePage(onTestFinished);
    const { analytics, init } = open({ ...env, DEV: true });
    init();
    expect(() =>
      analytics.event("ask.prompt_submitted", { onboard: true, length: 1, mode: "chat", prompt: "hi" }),
    ).toThrow('ask.prompt_submitted: property "prompt" is not in the catalog');
    // Vitest, like Vite's server, declares a development build.
    expect(() => analytics.event("ask.prompt_submited", {})).toThrow(
      'ask.prompt_submited: not in the catalog: did you mean "ask.prompt_submitted"?\n',
    );
    expect(() => analytics.event("revenue.booked", {})).toThrow("revenue.booked: not in the catalog\n");
    expect(() => analytics.event("ask.prompt_submitted", { onboard: true, length: 1, mode: "chat" })).not.toThrow();
  });

  test("throws at init where it was sent before", ({ onTestFinished }) => {
    fakePage(onTestFinished);
    const { analytics, init } = open({ ...env, DEV: true });
    analytics.event("ask.promt", {});
    expect(init).toThrow("ask.promt: not in the catalog");
  });

  test("does not throw in production", ({ onTestFinished }) => {
    fakePage(onTestFinished);
    const { analytics, init } = open();
    analytics.event("ask.promt", {});
    init();
    analytics.event("ask.promt", { prompt: "hi" });
  });
});

describe("what the page reports by itself", () => {
  const begin = (onTestFinished: (end: () => void) => void) => {
    const page = fakePage(onTestFinished);
    const { init } = open();
    init();
    return page;
  };

  test("a failed script: where it was, to both", async ({ onTestFinished }) => {
    const page = begin(onTestFinished);
    const error = new TypeError("x is undefined");
    page.happen("error", {
      message: "Uncaught TypeError: x is undefined",
      filename: "https://app/x.js",
      lineno: 3,
      colno: 7,
      error,
    });
    page.happen("error", { message: "Script error.", filename: "", lineno: 0, colno: 0 });
    page.beIdle();
    await vi.waitFor(() => expect(sinks.sentry).toHaveLength(2));
    expect(properties()).toEqual([
      { message: "Uncaught TypeError: x is undefined", source: "https://app/x.js", line: 3, column: 7, level: "error" },
      { message: "Script error.", level: "error" },
    ]);
    expect(sinks.sentry.map(([call]) => call).filter(({ kind }) => kind === "error")).toEqual([
      { kind: "error", error },
      { kind: "error", error: "Script error." },
    ]);
  });

  test("a promise that nobody caught, whatever it was rejected with", async ({ onTestFinished }) => {
    const page = begin(onTestFinished);
    for (const reason of [new Error("no"), "text", undefined, { toString: () => "odd" }])
      page.happen("unhandledrejection", { reason });
    page.happen("unhandledrejection", {
      reason: {
        toString: () => {
          throw new Error("hostile");
        },
      },
    });
    page.beIdle();
    await vi.waitFor(() => expect(sinks.posthog).toHaveLength(5));
    expect(properties()).toEqual([
      { message: "Error: no" },
      { message: "text" },
      { message: "undefined" },
      { message: "odd" },
      { message: "(cannot be told)" },
    ]);
  });

  test("errors and warnings on the console, which are printed as ever", async ({ onTestFinished }) => {
    const page = begin(onTestFinished);
    console.error("failed:", new Error("no"));
    console.warn("careful");
    console.log("not this");
    console.error("[PostHog.js]", "Bad HTTP status: 401");
    expect(page.printed).toHaveLength(3);
    page.beIdle();
    await vi.waitFor(() => expect(sinks.sentry.length).toBeGreaterThanOrEqual(2));
    expect(properties()).toEqual([
      { message: "failed: Error: no", level: "error" },
      { message: "careful", level: "warning" },
    ]);
    expect(sinks.sentry.map(([call]) => call).filter(({ kind }) => kind === "console")).toMatchObject([
      { level: "error", said: ["failed:", new Error("no")] },
      { level: "warning", said: ["careful"] },
    ]);
  });

  test("ten a minute of each kind at most to PostHog: warnings use up nothing of what errors have", async ({
    onTestFinished,
  }) => {
    const page = fakePage(onTestFinished);
    const { analytics, init } = open();
    init();
    for (let index = 0; index < 50; index += 1) console.warn(`careful ${index}`);
    for (let index = 0; index < 50; index += 1) {
      page.happen("error", { message: `no ${index}`, lineno: 1, colno: 1, error: new Error(`no ${index}`) });
      page.happen("unhandledrejection", { reason: new Error(`never ${index}`) });
    }
    page.beIdle();
    await vi.waitFor(() => expect(sinks.posthog.length).toBeGreaterThan(0));
    const messages = properties().map(({ message }) => message ?? "");
    expect(messages).toHaveLength(30);
    for (const kind of [/^careful/, /^no/, /^Error: never/]) {
      expect(messages.filter((message) => kind.test(message))).toHaveLength(10);
    }
    expect(analytics.losses().posthog.dropped).toBe(120);
    // Sentry has a separate quota.
    expect(kinds(sinks.sentry).filter((kind) => kind === "error")).toHaveLength(100);
  });

  test("but for what is known of browsers and people's extensions, which uses up no budget either", async ({
    onTestFinished,
  }) => {
    const page = begin(onTestFinished);
    const foreign = Object.assign(new Error("no"), { stack: "Error: no\n    at f (chrome-extension://abc/x.js:1:1)" });
    for (let index = 0; index < 20; index += 1) {
      page.happen("error", { message: "ResizeObserver loop completed with undelivered notifications." });
      page.happen("error", { message: "no", filename: "moz-extension://abc/x.js", lineno: 1, colno: 1 });
      page.happen("error", { message: "no", filename: "", error: foreign });
      page.happen("unhandledrejection", { reason: foreign });
      console.error(foreign);
      console.warn("ResizeObserver loop limit exceeded");
    }
    page.happen("error", { message: "mine", lineno: 1, colno: 1 });
    page.beIdle();
    await vi.waitFor(() => expect(sinks.posthog.length).toBeGreaterThan(0));
    expect(kinds(sinks.posthog)).toEqual(["client_error"]);
    expect(kinds(sinks.sentry)).toEqual(["error"]);
  });

  const app = "https://app.brandvx.io/assets/app.js";
  const extension = "chrome-extension://abc/x.js";
  test.for<[string, string, number]>([
    ["of the app through an extension", `TypeError: no\n    at app (${app}:1:2)\n    at fetch (${extension}:3:4)`, 1],
    ["in two lines", `TypeError: no\nand no\n    at ${app}:1:2\n    at fetch (${extension}:3:4)`, 1],
    ["of Firefox and Safari", `app@${app}:1:2\nfetch@${extension}:3:4\n`, 1],
    ["of an extension", `TypeError: no\n    at fetch (${extension}:3:4)\n    at app (${app}:1:2)`, 0],
    [
      "of an extension below the browser's own",
      `TypeError: no\n    at Array.map (<anonymous>)\n    at ${extension}:3:4`,
      0,
    ],
    ["of an extension in Safari", `map@[native code]\n@webkit-masked-url://hidden/:3:4\napp@${app}:1:2`, 0],
  ])("is an extension's only where it threw: %s", async ([, stack, count], { onTestFinished }) => {
    const page = begin(onTestFinished);
    const error = Object.assign(new TypeError("no"), { stack });
    page.happen("error", { message: "no", filename: count > 0 ? app : "", lineno: 1, colno: 1, error });
    page.happen("unhandledrejection", { reason: error });
    page.happen("error", { message: "mine", lineno: 1, colno: 1 });
    page.beIdle();
    await vi.waitFor(() => expect(sinks.posthog.length).toBeGreaterThan(0));
    expect(sinks.posthog).toHaveLength(1 + 2 * count);
    expect(kinds(sinks.sentry)).toHaveLength(1 + 2 * count);
  });

  test("is left to Sentry's own handlers once it is there", async ({ onTestFinished }) => {
    const page = begin(onTestFinished);
    page.beIdle();
    await loaded();
    await vi.waitFor(() => {
      page.happen("error", { message: "late", error: new Error("late"), lineno: 1, colno: 1 });
      expect(sinks.posthog.length).toBeGreaterThan(0);
    });
    expect(sinks.sentry.filter(([call]) => call.kind === "error")).toEqual([]);
  });
});

describe("consent", () => {
  test("that is required lets nothing load before it is there", async ({ onTestFinished }) => {
    const page = fakePage(onTestFinished);
    const { analytics, init } = open(env, { consent: "required" });
    init();
    analytics.event("onboarding.stepper_open", {});
    page.beIdle();
    expect(sinks.opened).toEqual([]);
    analytics.consent(true);
    page.beIdle();
    await vi.waitFor(() => expect(kinds(sinks.posthog)).toEqual(["onboarding.stepper_open"]));
  });

  test("that is refused forgets what waited, for good", async ({ onTestFinished }) => {
    const page = fakePage(onTestFinished);
    const { analytics, init } = open(env, { consent: "required" });
    init();
    analytics.event("onboarding.stepper_open", {});
    analytics.consent(false);
    analytics.event("onboarding.stepper_open", {});
    page.beIdle();
    analytics.consent(true);
    analytics.event("landing_view", {});
    page.beIdle();
    await vi.waitFor(() => expect(kinds(sinks.posthog)).toEqual(["landing_view"]));
  });

  test("that is withdrawn while the chunks are on their way lets nothing of them run", async ({ onTestFinished }) => {
    const page = fakePage(onTestFinished);
    const { analytics, init } = open();
    init();
    page.beIdle();
    analytics.consent(false);
    await new Promise((resolve) => setImmediate(resolve));
    await vi.dynamicImportSettled();
    expect(sinks.opened).toEqual([]);
  });

  test("that is withdrawn stops what runs, and given again lets it go on", async ({ onTestFinished }) => {
    const page = fakePage(onTestFinished);
    const { analytics, init } = open();
    init();
    page.beIdle();
    await loaded();
    await vi.waitFor(() => {
      analytics.event("landing_view", {});
      expect(sinks.posthog.length).toBeGreaterThan(0);
    });
    sinks.posthog.length = 0;
    analytics.consent(false);
    analytics.event("landing_view", {});
    analytics.consent(true);
    analytics.event("onboarding.stepper_open", {});
    expect(kinds(sinks.posthog)).toEqual(["consent", "consent", "onboarding.stepper_open"]);
    expect(sinks.posthog.slice(0, 2).map(([call]) => (call as { granted: boolean }).granted)).toEqual([false, true]);
  });

  test.for([{ doNotTrack: "1" }, { globalPrivacyControl: true }])(
    "is not asked of who said no in the browser: %o",
    async (said, { onTestFinished }) => {
      const page = fakePage(onTestFinished, said);
      const { analytics, init } = open(env, { respectDoNotTrack: true });
      analytics.event("onboarding.stepper_open", {});
      init();
      analytics.consent(true);
      page.beIdle();
      expect(sinks.opened).toEqual([]);
    },
  );

  test("does not care for Do Not Track unless told to", async ({ onTestFinished }) => {
    const page = fakePage(onTestFinished, { doNotTrack: "1" });
    open().init();
    page.beIdle();
    await loaded();
  });
});

test("a page view has the path without its query", async ({ onTestFinished }) => {
  const page = fakePage(onTestFinished);
  const { init } = open();
  init();
  for (const path of ["/clients?q=ada", "clients#notes", "//evil.example/x", ""]) trackPageview(path);
  page.beIdle();
});

test("events of the browser are typed by the catalog", () => {
  expectTypeOf(trackEvent).toEqualTypeOf(track);
  const calls = () => {
    track("onboarding.stepper_open");
    track("landing_view", { scene: "hero" });
    track("ask.prompt_submitted", { onboard: true, length: 3, mode: "chat" });
    // @ts-expect-error properties are missing
    track("ask.prompt_submitted");
    // @ts-expect-error no such event
    track("ask.promt_submitted", { onboard: true, length: 3, mode: "chat" });
    // @ts-expect-error no such property
    track("ask.prompt_submitted", { onboard: true, length: 3, mode: "chat", prompt: "hi" });
    // @ts-expect-error forward or back
    track("onboarding.step_viewed", { step: "x", position: 1, direction: "up" });
    // @ts-expect-error an event of the backend
    track("cadence.message_sent", { channel: "sms", template_id: "t", contact_id: "c" });
    // @ts-expect-error forbidden
    track("client_error", { message: "no", stack: "at x" });
  };
  expect(calls).toBeTypeOf("function");
});

test("no option of the browser's helpers is a number: there is nothing to check", () => {
  type NumbersOf<Options> = {
    [Name in keyof Options]-?: NonNullable<Options[Name]> extends number ? Name : never;
  }[keyof Options];
  expectTypeOf<NumbersOf<AnalyticsOptions>>().toBeNever();
});
