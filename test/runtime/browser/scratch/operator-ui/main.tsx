import {
  captureError,
  droppedProperties,
  flag,
  getFeatureFlag,
  grantConsent,
  identify,
  initAnalytics,
  losses,
  onFlags,
  reset,
  setFeatureFlag,
  setTenant,
  track,
  trackEvent,
  trackPageview,
  withdrawConsent,
} from "@brandvx/observability/browser";
import { StrictMode, useEffect } from "react";
import { createRoot } from "react-dom/client";

/* An operator UI as small as can be: measures as BrandVX's does, and lets a test push its buttons. */

const helpers = {
  captureError,
  droppedProperties,
  flag,
  getFeatureFlag,
  grantConsent,
  identify,
  losses,
  onFlags,
  reset,
  setFeatureFlag,
  setTenant,
  track,
  trackEvent,
  trackPageview,
  withdrawConsent,
};
Object.assign(window, { helpers });

const asked = new URLSearchParams(location.search);

// Called before anything is loaded, and before it is known whether anything will be.
track("landing_view", { scene: "first" });
track("onboarding.stepper_open");

initAnalytics(import.meta.env, {
  automatedBrowsers: "count",
  release: "operator-ui@1.2.3",
  consent: asked.has("consent") ? "required" : "not needed",
  respectDoNotTrack: asked.has("dnt"),
  featureFlags: asked.has("flags"),
});

function App() {
  useEffect(() => {
    trackPageview(location.pathname + location.search);
  }, []);
  return (
    <main>
      <h1>Ada Lovelace</h1>
      <a href="tel:+15551234567">+1 555 123 4567</a>
      <a href="/clients?name=ada@example.com">ada@example.com</a>
      <button
        type="button"
        id="break"
        onClick={() => {
          console.warn("about to break for ada@example.com");
          console.error("breaking", new Error("for +1 555 123 4567"));
          throw new RangeError("broke for ada@example.com, +1 555 123 4567");
        }}
      >
        Break
      </button>
      <button type="button" id="reject" onClick={() => void Promise.reject(new Error("rejected for ada@example.com"))}>
        Reject
      </button>
    </main>
  );
}

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
