import { readFile } from "node:fs/promises";
import { expect, test, vi } from "vitest";
import type { BrowserEnvironment } from "../../../src/runtime/browser/analytics.ts";
import { mostRetries } from "../../../src/runtime/browser/answers.ts";
import { open } from "../../../src/runtime/browser/posthog.ts";

const posthog = vi.hoisted(() => ({ init: vi.fn(), capture: vi.fn(), identify: vi.fn(), reset: vi.fn() }));
vi.mock("posthog-js", () => ({ posthog }));

const openPosthog = await open;
const target = { VITE_POSTHOG_KEY: "phc_1" };

test("events go to PostHog's own address unless another one is given, and through the redactor", () => {
  openPosthog(target, {});
  const [key, config] = posthog.init.mock.lastCall ?? [];
  expect([key, config.api_host]).toEqual(["phc_1", "https://us.i.posthog.com"]);
  const event = { event: "ask.response_error", properties: { onboard: true, error: "to ada@example.com" } };
  expect(config.before_send(event)).toEqual({ ...event, properties: { onboard: true, error: "to [email]" } });
  expect(config.before_send(null)).toBeNull();
});

test("only what waited tells when and where it was", () => {
  const sink = openPosthog(target, {});
  const call = { kind: "event", event: "landing_view", properties: {}, at: 1_000, address: "https://app/x" } as const;
  sink.handle(call, true);
  expect(posthog.capture).toHaveBeenLastCalledWith(
    "landing_view",
    { $current_url: "https://app/x" },
    { timestamp: new Date(1_000), skip_client_rate_limiting: true },
  );
  sink.handle(call, false);
  expect(posthog.capture).toHaveBeenLastCalledWith("landing_view", {}, undefined);
});

test("what posthog-js does not take is counted to the one; requests where the app had loaded posthog-js before", ({
  onTestFinished,
}) => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  onTestFinished(() => warn.mockRestore());
  const sink = openPosthog(target, {});
  const [, config] = posthog.init.mock.lastCall ?? [];
  const call = { kind: "event", event: "landing_view", properties: {}, at: 1_000, address: "https://app/x" } as const;
  posthog.capture.mockReturnValueOnce({ event: "landing_view" });
  for (let index = 0; index < 4; index += 1) sink.handle(call, false);
  for (const statusCode of [401, 401, 503, 429]) config.on_request_error({ statusCode });
  expect(sink.losses?.()).toEqual({ dropped: 3, refused: 3 });
  expect(warn).toHaveBeenCalledTimes(2);
});

test("posthog-js gives up after the number of retries that the counts assume", async () => {
  const source = await readFile(
    new URL("lib/src/retry-queue.js", import.meta.resolve("posthog-js/package.json")),
    "utf8",
  );
  expect(source).toContain(`DEFAULT_MAX_RETRIES = ${mostRetries.failure};`);
  expect(source).toContain(`STATUS_CODE_ZERO_MAX_RETRIES = ${mostRetries.withoutAnswer};`);
});

test.for<[BrowserEnvironment, string]>([
  [
    { ...target, VITE_POSTHOG_HOST: "us.i.posthog.com" },
    "VITE_POSTHOG_HOST must be an http(s) address without user and path.",
  ],
  [
    { VITE_POSTHOG_KEY: '"phx_verysecret"' },
    "VITE_POSTHOG_KEY has quotes or invisible characters around it, and without them it must be a project key",
  ],
  [{ VITE_POSTHOG_KEY: "phs_verysecret" }, "VITE_POSTHOG_KEY must be a project key (phc_…)"],
])(
  "a variable that cannot be right is named, nothing is begun with it, and what was to be sent is counted: %o",
  ([env, said], { onTestFinished }) => {
    posthog.init.mockClear();
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    onTestFinished(() => warn.mockRestore());
    const sink = openPosthog(env, {});
    sink.handle({ kind: "identify", userId: "u1", person: {} }, true);
    sink.handle({ kind: "event", event: "landing_view", properties: {}, at: 1, address: "" }, true);
    expect(posthog.init).not.toHaveBeenCalled();
    expect(sink.losses?.()).toEqual({ dropped: 1, refused: 0 });
    expect(warn.mock.calls).toEqual([[expect.stringContaining(said)]]);
    expect(warn.mock.calls.join()).not.toContain("verysecret");
  },
);

test("values are used without blanks, quotes and slashes around them, and quotes are named", ({ onTestFinished }) => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  onTestFinished(() => warn.mockRestore());
  openPosthog({ VITE_POSTHOG_KEY: " 'phc_1' ", VITE_POSTHOG_HOST: "https://eu.i.posthog.com/ " }, {});
  const [key, config] = posthog.init.mock.lastCall ?? [];
  expect([key, config.api_host]).toEqual(["phc_1", "https://eu.i.posthog.com"]);
  expect(warn.mock.calls).toEqual([[expect.stringContaining("VITE_POSTHOG_KEY has quotes")]]);
});
