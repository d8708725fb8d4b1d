import { once } from "node:events";
import { createServer } from "node:http";
import { describe, expect, expectTypeOf, onTestFinished, test, vi } from "vitest";
import { type PosthogTwin, startPosthogTwin } from "../../../src/local/twins/posthog/index.ts";
import { type AnalyticsOptions, createAnalytics } from "../../../src/runtime/server/analytics.ts";
import { phCapture } from "../../../src/runtime/server/index.ts";
import { createSink } from "../../../src/runtime/server/sink.ts";

type OnEnd = (end: () => Promise<void>) => void;

const tenant = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
const sent = { channel: "sms", template_id: "welcome", contact_id: "c1" } as const;

function open(onEnd: OnEnd, options: Partial<AnalyticsOptions>) {
  const warnings: string[] = [];
  const drops: string[] = [];
  const analytics = createAnalytics({
    key: undefined,
    host: "http://127.0.0.1:1",
    development: false,
    onDrop: (what) => drops.push(what),
    sink: createSink("Events do not reach PostHog", "Events reach PostHog again", (line) => warnings.push(line)),
    ...options,
  });
  onEnd(async () => void (await analytics.close(100)));
  return { analytics, warnings, drops };
}

async function withTwin(onEnd: OnEnd, options: Partial<AnalyticsOptions> = {}) {
  const twin: PosthogTwin = await startPosthogTwin();
  onEnd(() => twin.stop());
  return { twin, ...open(onEnd, { key: twin.projectKey, host: twin.url, ...options }) };
}

describe("events of the backend", () => {
  test("reach PostHog with what was passed, whose it is and when it was, in order", async ({ onTestFinished }) => {
    const { twin, analytics } = await withTwin(onTestFinished);
    const before = Date.now();
    analytics.capture("cadence.message_queued", tenant, sent);
    analytics.capture("cadence.message_sent", tenant, { ...sent, fallback: true });
    expect(await analytics.close(5_000)).toEqual({ sent: 2, dropped: 0, refused: 0 });
    const events = twin.events();
    expect(events.map(({ event, distinctId }) => [event, distinctId])).toEqual([
      ["cadence.message_queued", tenant],
      ["cadence.message_sent", tenant],
    ]);
    expect(events[1]?.properties).toMatchObject({ ...sent, fallback: true, $lib: "posthog-node" });
    expect(Math.abs(Date.parse(events[0]?.timestamp ?? "") - before)).toBeLessThan(2_000);
  });

  test("leave redacted, and without what the catalog does not allow", async ({ onTestFinished }) => {
    const { twin, analytics, drops } = await withTwin(onTestFinished);
    const error = "550 <ada@example.com> said no to +1 555 123 4567";
    analytics.capture("cadence.message_failed", "ada@example.com", {
      ...sent,
      contact_id: "+15551234567",
      error,
      body: "Hi Ada",
    });
    await analytics.close(5_000);
    const [event] = twin.events();
    expect(event?.properties).toMatchObject({
      channel: "sms",
      error: "550 <[email]> said no to [phone]",
      contact_id: expect.stringMatching(/^h_[a-p]{20}$/),
    });
    expect(event?.distinctId).toMatch(/^h_[a-p]{20}$/);
    expect(drops).toEqual(["cadence.message_failed.body"]);
    expect(JSON.stringify(twin.requests.all())).not.toMatch(/ada@example|5551234567|555 123|Hi Ada/);
  });

  test("are what they were when they happened, whatever becomes of the object", async ({ onTestFinished }) => {
    const { twin, analytics } = await withTwin(onTestFinished);
    const properties: Record<string, unknown> = { ...sent };
    analytics.capture("cadence.message_sent", tenant, properties);
    properties.channel = "email";
    await analytics.close(5_000);
    expect(twin.events()[0]?.properties.channel).toBe("sms");
  });

  test.each([undefined, null, "", " \t", { id: 1 }, Number.NaN, ["t1"], true, "undefined", " null", "[object Object]"])(
    "of nobody (%j) do not leave, since PostHog would make a person up: they are counted",
    async (nobody) => {
      const { twin, analytics, drops } = await withTwin(onTestFinished);
      analytics.capture("cadence.message_sent", nobody as string, sent);
      expect(await analytics.close(5_000)).toEqual({ sent: 0, dropped: 1, refused: 0 });
      expect(twin.events()).toEqual([]);
      expect(drops).toEqual(["cadence.message_sent without the id of whom it belongs to"]);
    },
  );

  test("that the catalog does not have do not leave, and are counted", async ({ onTestFinished }) => {
    const { twin, analytics, drops } = await withTwin(onTestFinished);
    for (const event of ["cadence.message_lost", "ada@example.com", "", 5]) {
      analytics.capture(event as string, tenant, sent);
    }
    expect(await analytics.close(5_000)).toEqual({ sent: 0, dropped: 4, refused: 0 });
    expect(twin.events()).toEqual([]);
    expect(drops).toEqual(["cadence.message_lost", "[email]", "", "an event whose name is no text"]);
  });

  test("after closing are counted", async ({ onTestFinished }) => {
    const { analytics } = await withTwin(onTestFinished);
    await analytics.close(5_000);
    analytics.capture("cadence.message_sent", tenant, sent);
    expect(analytics.detail()).toMatchObject({ sent: 0, dropped: 1 });
    expect(await analytics.close(0)).toEqual({ sent: 0, dropped: 1, refused: 0 });
  });

  test("that the caller made wrong are no outage of PostHog", async ({ onTestFinished }) => {
    const { analytics, warnings } = await withTwin(onTestFinished);
    const hostile = {
      get channel() {
        throw new Error("hostile");
      },
    };
    const error = Object.defineProperty(new Error("x"), "message", {
      get() {
        throw new Error("hostile");
      },
    });
    for (const properties of [hostile, { ...sent, error }, Object.create(null), 5n, [1]]) {
      analytics.capture("cadence.message_sent", tenant, properties as Record<string, unknown>);
    }
    expect(analytics.detail()).toMatchObject({ status: "ok" });
    const { sent: arrived, dropped } = await analytics.close(5_000);
    expect(arrived + dropped).toBe(5);
    expect(dropped).toBeGreaterThanOrEqual(2);
    expect(warnings).toEqual([]);
  });

  test("that the catalog does not allow throw in development", ({ onTestFinished }) => {
    const { analytics } = open(onTestFinished, { development: true });
    expect(() => analytics.capture("cadence.message_sent", tenant, { ...sent, body: "Hi" })).toThrow(
      'property "body" is not in the catalog',
    );
    expect(() => analytics.capture("revenue.booked", tenant, {})).toThrow("revenue.booked: not in the catalog\n");
    expect(() => analytics.capture("cadence.mesage_sent", tenant, {})).toThrow(
      'cadence.mesage_sent: not in the catalog: did you mean "cadence.message_sent"?\n',
    );
    expect(() => analytics.capture("cadence.message_sent", tenant, { ...sent, chanel: "sms" })).toThrow(
      'property "chanel" is not in the catalog: did you mean "channel"?\n',
    );
    expect(() => analytics.capture("cadence.message_sent", tenant, sent)).not.toThrow();
  });

  test("need no key", async ({ onTestFinished }) => {
    const { analytics, warnings } = open(onTestFinished, {});
    analytics.capture("cadence.message_sent", tenant, sent);
    expect(analytics.detail()).toEqual({ status: "disabled", waiting: 0, sent: 0, dropped: 0, refused: 0 });
    expect(await analytics.close(100)).toEqual({ sent: 0, dropped: 0, refused: 0 });
    expect(warnings).toEqual([]);
  });
});

describe("while PostHog is away", () => {
  test("no call throws, one line is logged, and events arrive when it is back", { timeout: 30_000 }, async ({
    onTestFinished,
  }) => {
    const { twin, analytics, warnings } = await withTwin(onTestFinished);
    const printed = vi.spyOn(console, "error").mockImplementation(() => {});
    twin.faults.add({ match: { path: "/batch/" }, times: Number.POSITIVE_INFINITY, effect: { kind: "reset-before" } });
    for (let index = 0; index < 60; index += 1) analytics.capture("cadence.message_sent", tenant, sent);
    await vi.waitFor(() => expect(analytics.detail().status).toBe("error"), { timeout: 10_000 });
    expect(warnings).toHaveLength(1);
    expect(printed).not.toHaveBeenCalled();
    printed.mockRestore();
    twin.faults.clear();
    analytics.capture("cadence.message_queued", tenant, sent);
    await vi.waitFor(() => expect(twin.events()).toHaveLength(61), { timeout: 10_000 });
    // The answer to the last request comes after the events have arrived.
    await vi.waitFor(() => expect(analytics.detail()).toMatchObject({ status: "ok", sent: 61 }), { timeout: 5_000 });
  });

  test("closing ends in time, and counts what was left", async ({ onTestFinished }) => {
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    await once(silent, "listening");
    onTestFinished(async () => {
      silent.closeAllConnections();
      silent.close();
    });
    const address = silent.address();
    if (typeof address === "string" || !address) throw new Error("no port");
    const { analytics } = open(onTestFinished, { key: "phc_test", host: `http://127.0.0.1:${address.port}` });
    analytics.capture("cadence.message_sent", tenant, sent);
    const begun = performance.now();
    expect(await analytics.close(300)).toEqual({ sent: 0, dropped: 1, refused: 0 });
    expect(performance.now() - begun).toBeLessThan(300 + 250);
    analytics.capture("cadence.message_sent", tenant, sent);
  });
});

test("phCapture takes the events of the backend with their properties, and nothing else", () => {
  expectTypeOf(phCapture).toBeFunction();
  const calls = () => {
    phCapture("cadence.message_sent", tenant, sent);
    phCapture("cadence.message_sent", tenant, { ...sent, fallback: true });
    // @ts-expect-error no such event
    phCapture("cadence.message_lost", tenant, sent);
    // @ts-expect-error an event of the browser
    phCapture("ask.prompt_submitted", tenant, { onboard: true, length: 1, mode: "chat" });
    // @ts-expect-error sms or email
    phCapture("cadence.message_sent", tenant, { ...sent, channel: "fax" });
    // @ts-expect-error no such property
    phCapture("cadence.message_sent", tenant, { ...sent, body: "Hi" });
    // @ts-expect-error error is missing
    phCapture("cadence.message_failed", tenant, sent);
    // @ts-expect-error properties are missing
    phCapture("cadence.message_sent", tenant);
  };
  expect(calls).toBeTypeOf("function");
});
