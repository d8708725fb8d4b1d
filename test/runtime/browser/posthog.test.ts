import { expect, test, vi } from "vitest";
import { openPosthog } from "../../../src/runtime/browser/posthog.ts";

const posthog = vi.hoisted(() => ({ init: vi.fn(), capture: vi.fn(), identify: vi.fn(), reset: vi.fn() }));
vi.mock("posthog-js", () => ({ posthog }));

test("a secret key is refused: nothing is begun with it, and a warning says so without it", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const sink = openPosthog({ VITE_POSTHOG_KEY: "phx_verysecret" }, {});
  sink.handle({ kind: "identify", userId: "u1", person: {} }, true);
  expect(posthog.init).not.toHaveBeenCalled();
  expect(posthog.identify).not.toHaveBeenCalled();
  expect(warn.mock.calls.flat().join()).toContain("VITE_POSTHOG_KEY is no project key");
  expect(warn.mock.calls.flat().join()).not.toContain("verysecret");
  warn.mockRestore();
});

test("events go to PostHog's own address unless another one is given, and through the redactor", () => {
  openPosthog({ VITE_POSTHOG_KEY: "phc_1", VITE_POSTHOG_HOST: "" }, {});
  const [key, config] = posthog.init.mock.lastCall ?? [];
  expect([key, config.api_host]).toEqual(["phc_1", "https://us.i.posthog.com"]);
  const event = { event: "ask.response_error", properties: { onboard: true, error: "to ada@example.com" } };
  expect(config.before_send(event)).toEqual({ ...event, properties: { onboard: true, error: "to [email]" } });
  expect(config.before_send(null)).toBeNull();
});

test("only what waited tells when and where it was", () => {
  const sink = openPosthog({ VITE_POSTHOG_KEY: "phc_1" }, {});
  const call = { kind: "event", event: "landing_view", properties: {}, at: 1_000, address: "https://app/x" } as const;
  sink.handle(call, true);
  expect(posthog.capture).toHaveBeenLastCalledWith(
    "landing_view",
    { $current_url: "https://app/x" },
    { timestamp: new Date(1_000) },
  );
  sink.handle(call, false);
  expect(posthog.capture).toHaveBeenLastCalledWith("landing_view", {}, undefined);
});
