import { projectCalendar } from "../model/posthog/calendar.ts";
import type { PosthogProjectSettings } from "../model/posthog/project-settings.ts";

/**
 * What BrandVX promises of its PostHog project (docs/privacy.md): events come from the apps' own calls alone, nothing is
 * recorded, and no IP address is stored. The apps' helpers switch the same off; these settings hold for whatever is sent
 * past them. A change by hand comes first in `obs drift`. The addresses of the app are the stack's own (`appUrl`).
 */
export const projectSettings = {
  anonymizeIps: true,
  autocapture: false,
  exceptionAutocapture: false,
  webVitals: false,
  deadClicks: false,
  heatmaps: false,
  surveys: false,
  // Sentry makes replays, for errors only. What follows from a recording stays off, too, should somebody start one.
  sessionRecordings: false,
  recordingConsoleLogs: false,
  recordingNetworkTimings: false,
  recordingNetworkHeaders: false,
  recordingNetworkBodies: false,
  ...projectCalendar,
  // src/catalog/people.ts: `internal` is true for who works for BrandVX.
  testAccountFilters: [{ key: "internal", type: "person", operator: "is_not", value: ["true"] }],
} as const satisfies PosthogProjectSettings;
