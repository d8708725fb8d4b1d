import { z } from "zod";
import {
  type NetworkPayload,
  networkPayloadNames,
  type ProjectSwitch,
  projectSwitchNames,
} from "../../../model/posthog/project-settings.ts";

const onOrOff = z.boolean("is neither true nor false").optional();
const switches = Object.fromEntries(
  [...projectSwitchNames, ...networkPayloadNames].map((name) => [name, onOrOff]),
) as Record<ProjectSwitch | NetworkPayload, typeof onOrOff>;

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/** PostHog limits an address to 200 characters (posthog/models/team/team.py, app_urls). */
const addresses = z
  .array(z.url({ protocol: /^https?$/, error: "is not an http(s) address" }).max(200, "has more than 200 characters"))
  .min(1, "is an empty list, which allows every address: leave it out to leave PostHog's list as it is");

const filter = z.strictObject({
  key: z.string().min(1),
  type: z.enum(["event", "person"]),
  operator: z.string().min(1),
  value: z.union([z.string(), z.array(z.string())]),
});

/** Inputs of a `ProjectSettings` resource. Absent settings are not checked. */
export const projectSettingsInputs = z.object({
  projectId: z.int().positive(),
  ...switches,
  timeZone: z.string().refine(isTimeZone, "is no time zone: name one such as Europe/Vienna").optional(),
  weekStart: z.enum(["sunday", "monday"]).optional(),
  testAccountFilters: z.array(filter).optional(),
  appUrls: addresses.optional(),
  recordingDomains: addresses.optional(),
});
export type ProjectSettingsInputs = z.infer<typeof projectSettingsInputs>;

export interface ProjectSettingsOutputs {
  /** Address of the project's settings in PostHog. */
  url: string;
}
