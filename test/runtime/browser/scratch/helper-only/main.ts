import {
  captureError,
  droppedProperties,
  getFeatureFlag,
  grantConsent,
  identify,
  initAnalytics,
  reset,
  setFeatureFlag,
  setTenant,
  track,
  trackEvent,
  trackPageview,
  withdrawConsent,
} from "@brandvx/observability/browser";

/* Imports all of the helper, and almost nothing else. */
initAnalytics(import.meta.env);
const uses = [
  captureError,
  droppedProperties,
  getFeatureFlag,
  grantConsent,
  identify,
  reset,
  setFeatureFlag,
  setTenant,
  track,
  trackEvent,
  trackPageview,
  withdrawConsent,
];
Object.assign(window, { uses });
