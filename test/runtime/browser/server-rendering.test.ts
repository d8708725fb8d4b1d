import { expect, test } from "vitest";
import * as helper from "../../../src/runtime/browser/index.ts";

test("on a server every call does nothing, and keeps nothing for the next request", () => {
  expect(typeof globalThis.window).toBe("undefined");
  helper.initAnalytics({ VITE_POSTHOG_KEY: "phc_1", VITE_SENTRY_DSN: "https://key@host/1", DEV: true });
  helper.track("onboarding.stepper_open");
  helper.trackEvent("landing_view", { scene: "hero" });
  helper.trackPageview("/clients");
  helper.identify("u1", { tenant_id: "t1" });
  helper.setTenant("t1");
  helper.setFeatureFlag("ask-streaming", true);
  helper.captureError(new Error("no"));
  helper.reset();
  helper.grantConsent();
  helper.withdrawConsent();
  expect(helper.getFeatureFlag("ask-streaming")).toBeUndefined();
  expect(helper.droppedProperties()).toEqual({});
});
