import { z } from "zod";
import { charField } from "../../kit/index.ts";
import { forbidden, invalid } from "../http/errors.ts";
import { choice, definedFields, flag, list, missingOr, object, parseFields } from "../http/fields.ts";
import type { JsonObject } from "../records.ts";
import type { World } from "../world.ts";

/** Settings of the project by PostHog's fields. Source: posthog/models/team/team.py. */
export interface ProjectSettingsRecord {
  id: number;
  anonymize_ips: boolean;
  app_urls: (string | null)[];
  autocapture_opt_out: boolean | null;
  autocapture_exceptions_opt_in: boolean | null;
  autocapture_web_vitals_opt_in: boolean | null;
  capture_console_log_opt_in: boolean | null;
  capture_dead_clicks: boolean | null;
  capture_performance_opt_in: boolean | null;
  heatmaps_opt_in: boolean | null;
  recording_domains: (string | null)[] | null;
  session_recording_network_payload_capture_config: JsonObject | null;
  session_recording_opt_in: boolean;
  surveys_opt_in: boolean | null;
  test_account_filters: JsonObject[];
  test_account_filters_default_checked: boolean | null;
  timezone: string;
  week_start_day: 0 | 1 | null;
}

/**
 * A new project's settings. The filters are those that PostHog gives to one (TeamManager.set_test_account_filters): who
 * runs the app on the own machine.
 */
export const newProjectSettings = (
  id: number,
  { timezone, weekStart }: { timezone: string; weekStart: 0 | 1 },
): ProjectSettingsRecord => ({
  id,
  anonymize_ips: false,
  app_urls: [],
  autocapture_opt_out: null,
  autocapture_exceptions_opt_in: null,
  autocapture_web_vitals_opt_in: null,
  capture_console_log_opt_in: true,
  capture_dead_clicks: false,
  capture_performance_opt_in: true,
  heatmaps_opt_in: null,
  recording_domains: null,
  session_recording_network_payload_capture_config: null,
  session_recording_opt_in: false,
  surveys_opt_in: null,
  test_account_filters: [
    { key: "$host", operator: "not_regex", type: "event", value: "^(localhost|127\\.0\\.0\\.1)($|:)" },
  ],
  test_account_filters_default_checked: null,
  timezone,
  week_start_day: weekStart,
});

const timeZones = new Set([...Intl.supportedValuesOf("timeZone"), "UTC"]);
const address = z.string({ error: missingOr("Not a valid string.") }).check(charField(200));
const optionalFlag = () => flag().nullable().optional();
const badFilters = "Must provide an array of valid property filters.";

/** Source: posthog/api/project.py, ProjectBackwardCompatSerializer; validators in posthog/api/team.py. */
const written = z.object({
  anonymize_ips: flag().optional(),
  app_urls: list(address.nullable()).optional(),
  autocapture_opt_out: optionalFlag(),
  autocapture_exceptions_opt_in: optionalFlag(),
  autocapture_web_vitals_opt_in: optionalFlag(),
  capture_console_log_opt_in: optionalFlag(),
  capture_dead_clicks: optionalFlag(),
  capture_performance_opt_in: optionalFlag(),
  heatmaps_opt_in: optionalFlag(),
  recording_domains: list(address.nullable()).nullable().optional(),
  session_recording_network_payload_capture_config: object("Must provide a dictionary or None.")
    .refine((value) => Object.keys(value).every((key) => key === "recordHeaders" || key === "recordBody"), {
      error: "Must provide a dictionary with only 'recordHeaders' and/or 'recordBody' keys.",
    })
    .nullable()
    .optional(),
  session_recording_opt_in: flag().optional(),
  surveys_opt_in: optionalFlag(),
  test_account_filters: z.array(z.looseObject({ type: z.string() }), { error: badFilters }).optional(),
  test_account_filters_default_checked: optionalFlag(),
  timezone: z
    .string({ error: missingOr("Not a valid string.") })
    .refine((name) => timeZones.has(name), { error: ({ input }) => `"${String(input)}" is not a valid choice.` })
    .optional(),
  week_start_day: z
    .union([z.literal(0), z.literal(1)], { error: ({ input }) => `"${String(input)}" is not a valid choice.` })
    .nullable()
    .optional(),
  name: z.string().min(1).max(200).optional(),
  access_control: choice(["true", "false"]).optional(),
});

/** Settings that every member may change. Source: TEAM_CONFIG_MEMBER_FIELDS in posthog/api/team.py. */
const ofMembers: readonly string[] = [
  "session_recording_opt_in",
  "autocapture_exceptions_opt_in",
  "autocapture_web_vitals_opt_in",
  "surveys_opt_in",
];

/** Changes settings; what the plan does not include is ignored, and answered as it was. */
export function changeProjectSettings(world: World, body: JsonObject): void {
  const { name: _, access_control: __, ...fields } = definedFields(parseFields(written, body));
  const touched = Object.keys(fields).filter((field) => !ofMembers.includes(field));
  if (touched.length > 0 && !world.features.projectAdmin) {
    throw forbidden(`Only project admins can modify these settings: ${touched.toSorted().join(", ")}`);
  }
  for (const url of fields.app_urls ?? []) {
    if (url?.includes("*") && !/^https?:\/\/(\*\.)?[^*]+$/.test(url)) {
      throw invalid("Wildcards are allowed as a subdomain only.", "app_urls");
    }
  }
  const { ignoredSettings, absentSettings } = world.features;
  const taken = Object.entries(fields).filter(([field]) => ![...ignoredSettings, ...absentSettings].includes(field));
  world.projectSettings.put({ ...projectSettings(world), ...Object.fromEntries(taken) });
}

export const projectSettings = (world: World): ProjectSettingsRecord =>
  world.projectSettings.get(world.project.id) ?? world.newProjectSettings;

/** As an answer has them. */
export const shownSettings = (world: World): Omit<ProjectSettingsRecord, "id"> => {
  const { id: _, ...settings } = projectSettings(world);
  const shown = Object.entries(settings).filter(([field]) => !world.features.absentSettings.includes(field));
  return Object.fromEntries(shown) as typeof settings;
};
