import type { WeekStart } from "./calendar.ts";

/** A filter of people or events, as PostHog stores it. */
export interface TestAccountFilter {
  readonly key: string;
  readonly type: "event" | "person";
  readonly operator: string;
  readonly value: string | readonly string[];
}

/** On or off, with PostHog's field of it. */
interface Switch {
  readonly field: string;
  /** The field says the opposite: `autocapture_opt_out`. */
  readonly isOpposite?: true;
}

/**
 * What a project of PostHog does or does not do, by our name. A null of PostHog's means false. Source: TEAM_CONFIG_FIELDS
 * in posthog/api/team.py, help texts in posthog/api/project.py.
 */
export const projectSwitches = {
  anonymizeIps: { field: "anonymize_ips" },
  autocapture: { field: "autocapture_opt_out", isOpposite: true },
  exceptionAutocapture: { field: "autocapture_exceptions_opt_in" },
  webVitals: { field: "autocapture_web_vitals_opt_in" },
  deadClicks: { field: "capture_dead_clicks" },
  heatmaps: { field: "heatmaps_opt_in" },
  surveys: { field: "surveys_opt_in" },
  sessionRecordings: { field: "session_recording_opt_in" },
  recordingConsoleLogs: { field: "capture_console_log_opt_in" },
  recordingNetworkTimings: { field: "capture_performance_opt_in" },
} as const satisfies Readonly<Record<string, Switch>>;

/** Parts of network requests that recordings may hold, by their keys in `session_recording_network_payload_capture_config`. */
export const networkPayloads = {
  recordingNetworkHeaders: "recordHeaders",
  recordingNetworkBodies: "recordBody",
} as const;

export type ProjectSwitch = keyof typeof projectSwitches;
export type NetworkPayload = keyof typeof networkPayloads;

export const projectSwitchNames = Object.keys(projectSwitches) as ProjectSwitch[];
export const networkPayloadNames = Object.keys(networkPayloads) as NetworkPayload[];

/** Settings of a PostHog project. Absent ones are left as they are. */
export type PosthogProjectSettings = { readonly [Name in ProjectSwitch | NetworkPayload]?: boolean } & {
  /**
   * IANA name of the zone in which charts count days: `Europe/Vienna`.
   * @default left as it is
   */
  readonly timeZone?: string;
  /**
   * First day of a week on charts.
   * @default left as it is
   */
  readonly weekStart?: WeekStart;
  /**
   * Filters that mark BrandVX's own people and tests. Filters that people added in PostHog stay.
   * @default left as they are
   */
  readonly testAccountFilters?: readonly TestAccountFilter[];
  /**
   * Addresses where PostHog's toolbar may be opened: these, and no others.
   * @default left as they are
   */
  readonly appUrls?: readonly string[];
  /**
   * Origins that may send recordings and heatmaps: these, and no others. In PostHog an empty list allows all.
   * @default left as they are
   */
  readonly recordingDomains?: readonly string[];
};
