import { list, object } from "../../insights/define/check/json.ts";
import type { NetworkPayload, PosthogProjectSettings, ProjectSwitch } from "../../model/posthog/project-settings.ts";
import { sameJson } from "../../resources/kernel/json.ts";
import type { Change } from "../plan/plan.ts";
import { type Phrase, plain } from "../text/phrase.ts";

export const projectSettingsType = "pulumi-nodejs:dynamic/posthog:ProjectSettings";

type Setting = keyof PosthogProjectSettings;

/** What PostHog does with a setting on, and with it off. */
const switchWords: Readonly<Record<ProjectSwitch | NetworkPayload, readonly [on: string, off: string]>> = {
  anonymizeIps: ["drops IP addresses", "keeps IP addresses"],
  autocapture: ["captures clicks and pages by itself", "captures no clicks and pages by itself"],
  exceptionAutocapture: ["captures exceptions by itself", "captures no exceptions by itself"],
  webVitals: ["captures web vitals", "captures no web vitals"],
  deadClicks: ["captures dead clicks", "captures no dead clicks"],
  heatmaps: ["records heatmaps", "records no heatmaps"],
  surveys: ["shows surveys", "shows no surveys"],
  sessionRecordings: ["records sessions", "records no sessions"],
  recordingConsoleLogs: ["puts console logs into recordings", "puts no console logs into recordings"],
  recordingNetworkTimings: ["puts network timings into recordings", "puts no network timings into recordings"],
  recordingNetworkHeaders: ["puts headers of requests into recordings", "puts no headers of requests into recordings"],
  recordingNetworkBodies: ["puts bodies of requests into recordings", "puts no bodies of requests into recordings"],
};

/** The rest, by what PostHog does with a value. */
const valueWords: Readonly<Record<Exclude<Setting, ProjectSwitch | NetworkPayload>, (value: unknown) => string>> = {
  timeZone: (zone) => `counts days in ${String(zone)}`,
  weekStart: (day) => `begins weeks on ${String(day) === "monday" ? "Monday" : "Sunday"}`,
  testAccountFilters: (filters) =>
    list(filters).length === 0
      ? "has no filter for BrandVX's own people"
      : `knows BrandVX's own people by ${list(filters)
          .map((filter) => `\`${String(object(filter).key)}\``)
          .join(", ")}`,
  appUrls: (addresses) => `lets its toolbar be opened at ${listed(addresses)}`,
  recordingDomains: (addresses) => `takes recordings and heatmaps from ${listed(addresses)}`,
};

const listed = (addresses: unknown): string => {
  const all = list(addresses).map(String);
  return all.length === 0 ? "any address" : all.join(", ");
};

const does = (name: Setting, value: unknown): string => {
  if (value === undefined) return `does not say what \`${name}\` is`;
  if (name in valueWords) return valueWords[name as keyof typeof valueWords](value);
  const [on, off] = switchWords[name as keyof typeof switchWords];
  return value === true ? on : off;
};

const isSetting = (name: string): name is Setting => name in switchWords || name in valueWords;

/** In the order of the tables above: privacy comes first. */
const all = [...Object.keys(switchWords), ...Object.keys(valueWords)].filter(isSetting);

/** What PostHog would do after a change, and what it does before. */
export const settingsWords = (change: Change): Phrase[] =>
  changedSettings(change).map(([name, before, after]) =>
    plain(`PostHog ${does(name, after)}${before === undefined ? "" : ` (before, it ${does(name, before)})`}`),
  );

/** What PostHog does since somebody changed it by hand: "PostHog keeps IP addresses again". */
export const brokenPromises = (change: Change): Phrase[] =>
  changedSettings(change).map(([name, , live]) => {
    const isUnread = live === undefined;
    return plain(`PostHog ${does(name, live)}${isUnread ? "" : name in switchWords ? " again" : " now"}`);
  });

function changedSettings(change: Change): (readonly [Setting, unknown, unknown])[] {
  if (change.kind !== "changed" && change.kind !== "replaced") return [];
  const [before, after] = [change.before.inputs, change.after.inputs];
  return all.filter((name) => !sameJson(before[name], after[name])).map((name) => [name, before[name], after[name]]);
}
