import {
  networkPayloadNames,
  networkPayloads,
  projectSwitches,
  projectSwitchNames,
} from "../../../model/posthog/project-settings.ts";
import { type JsonObject, sameJson, withoutUndefined } from "../../kernel/json.ts";
import type { LiveProject } from "../answers.ts";
import type { ProjectSettingsInputs } from "./inputs.ts";

/** The names of defined settings, without the project's number. */
type Setting = Exclude<keyof ProjectSettingsInputs, "projectId">;

/**
 * The live settings in the definition's terms, with the defined ones only. One that this PostHog does not answer (an older
 * installation) is left out: it is not known to be as defined.
 */
export function reflectSettings(defined: ProjectSettingsInputs, live: LiveProject): ProjectSettingsInputs {
  const { testAccountFilters, timeZone, weekStart, appUrls, recordingDomains } = defined;
  const switches = projectSwitchNames.flatMap((name) => {
    const { field, isOpposite } = { isOpposite: false, ...projectSwitches[name] };
    const value = live[field];
    return defined[name] === undefined || value === undefined ? [] : [[name, (value ?? false) !== isOpposite] as const];
  });
  const capture = live.session_recording_network_payload_capture_config;
  const payloads = networkPayloadNames.flatMap((name) =>
    defined[name] === undefined || capture === undefined ? [] : [[name, capture?.[networkPayloads[name]] ?? false]],
  );
  return withoutUndefined({
    projectId: defined.projectId,
    ...Object.fromEntries([...switches, ...payloads]),
    timeZone: timeZone && live.timezone,
    weekStart:
      weekStart && (live.week_start_day === undefined ? undefined : live.week_start_day === 1 ? "monday" : "sunday"),
    testAccountFilters: testAccountFilters?.filter((filter) => filtersOf(live).some((one) => sameJson(one, filter))),
    appUrls: appUrls && reflectAddresses(appUrls, live.app_urls),
    recordingDomains: recordingDomains && reflectAddresses(recordingDomains, live.recording_domains),
  } as ProjectSettingsInputs);
}

const filtersOf = (live: LiveProject): readonly JsonObject[] => live.test_account_filters ?? [];

/** PostHog keeps the order in which they were added, which has no meaning. */
function reflectAddresses(
  defined: string[],
  live: readonly (string | null)[] | null | undefined,
): string[] | undefined {
  if (live === undefined) return undefined;
  const found = (live ?? []).filter((address) => address !== null && address !== "") as string[];
  const [ours, theirs] = [defined, found].map((list) => new Set(list.map(withoutSlash)));
  return sameJson([...(ours ?? [])].sort(), [...(theirs ?? [])].sort()) ? defined : found;
}

const withoutSlash = (address: string): string => address.replace(/\/+$/, "");

/** Names of settings whose live value is not the defined one. */
export const differing = (defined: ProjectSettingsInputs, live: ProjectSettingsInputs): Setting[] =>
  (Object.keys(defined) as (keyof ProjectSettingsInputs)[]).filter(
    (name): name is Setting =>
      name !== "projectId" && defined[name] !== undefined && !sameJson(defined[name], live[name]),
  );

/** One line a setting: `heatmaps: true → false`. */
export const differenceWords = (defined: ProjectSettingsInputs, live: ProjectSettingsInputs): string[] =>
  differing(defined, live).map((name) => `${name}: ${words(live[name])} → ${words(defined[name])}`);

const words = (value: unknown): string => (value === undefined ? "unknown" : JSON.stringify(value));

/** PostHog's fields for the settings that differ. Empty when nothing has to be written. */
export function changesOf(defined: ProjectSettingsInputs, live: LiveProject): JsonObject {
  const names = new Set<string>(differing(defined, reflectSettings(defined, live)));
  const switches = projectSwitchNames.flatMap((name) => {
    const { field, isOpposite } = { isOpposite: false, ...projectSwitches[name] };
    return names.has(name) ? [[field, defined[name] !== isOpposite] as const] : [];
  });
  const payloads = networkPayloadNames.filter((name) => defined[name] !== undefined);
  const filters = defined.testAccountFilters?.filter((filter) => !filtersOf(live).some((one) => sameJson(one, filter)));
  const optional = (name: Setting, field: string, value: unknown) => (names.has(name) ? { [field]: value } : {});
  return {
    ...Object.fromEntries(switches),
    // Written as a whole: PostHog replaces the object.
    ...(payloads.some((name) => names.has(name)) && {
      session_recording_network_payload_capture_config: {
        ...live.session_recording_network_payload_capture_config,
        ...Object.fromEntries(payloads.map((name) => [networkPayloads[name], defined[name] ?? false])),
      },
    }),
    ...optional("timeZone", "timezone", defined.timeZone),
    ...optional("weekStart", "week_start_day", defined.weekStart === "monday" ? 1 : 0),
    ...optional("testAccountFilters", "test_account_filters", [...filtersOf(live), ...(filters ?? [])]),
    ...optional("appUrls", "app_urls", defined.appUrls),
    ...optional("recordingDomains", "recording_domains", defined.recordingDomains),
  } as JsonObject;
}
