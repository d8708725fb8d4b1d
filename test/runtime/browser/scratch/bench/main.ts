import { initAnalytics, track } from "@brandvx/observability/browser";
import { posthog } from "posthog-js";

/* The helper beside a posthog-js with the same settings and without the helper's hook. */
const key = "phc_bench";
initAnalytics({ VITE_POSTHOG_KEY: key, VITE_POSTHOG_HOST: location.origin }, { automatedBrowsers: "count" });
const plain = posthog.init(
  key,
  {
    api_host: location.origin,
    autocapture: false,
    capture_pageview: false,
    capture_pageleave: false,
    disable_session_recording: true,
    disable_surveys: true,
    disable_external_dependency_loading: true,
    advanced_disable_flags: true,
    opt_out_useragent_filter: true,
    persistence_name: "plain",
  },
  "plain",
);

const properties = { onboard: true, length: 120, mode: "chat" };
const timeOf = (call: () => void, count: number) => {
  const begun = performance.now();
  for (let index = 0; index < count; index += 1) call();
  return ((performance.now() - begun) * 1_000) / count;
};

Object.assign(window, {
  /** Microseconds per call of each, alternately; few calls, because posthog-js allows only 100 events at once. */
  measure: (count: number) => ({
    ours: timeOf(() => track("ask.prompt_submitted", properties), count),
    theirs: timeOf(() => plain?.capture("ask.prompt_submitted", properties), count),
  }),
  /** Whether events are sent on rather than queued. */
  isLoaded: () => posthog.__loaded === true,
});
