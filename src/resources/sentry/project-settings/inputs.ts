import { z } from "zod";
import type { Json } from "../../kernel/json.ts";

/** Old browsers that Sentry can filter, without deprecated ones (OpenAPI, PUT …/filters/{filter_id}/). */
const legacyBrowsers = ["ie", "edge", "safari", "firefox", "chrome", "opera", "android", "opera_mini"] as const;

const inboundFilters = z.strictObject({
  "browser-extensions": z.boolean().optional(),
  localhost: z.boolean().optional(),
  "web-crawlers": z.boolean().optional(),
  "filtered-transaction": z.boolean().optional(),
  "legacy-browsers": z.array(z.enum(legacyBrowsers)).optional(),
});

const json: z.ZodType<Json> = z.json();

/** Custom rules by name, and the fields that rules apply to. Other rules of a project stay. */
const piiConfig = z.strictObject({
  rules: z.record(z.string().min(1), z.record(z.string(), json)).optional(),
  applications: z.record(z.string().min(1), z.array(z.string().min(1)).min(1)),
});

const scrubbing = z.strictObject({
  dataScrubber: z.boolean().optional(),
  dataScrubberDefaults: z.boolean().optional(),
  scrubIPAddresses: z.boolean().optional(),
  /** Parts of names, without case. Others that a project has stay. */
  sensitiveFields: z.array(z.string().trim().min(1)).optional(),
  relayPiiConfig: piiConfig.optional(),
});

const removed = z.literal("removed", 'can only be "removed": leave it out to keep it');

/** Inputs of a `ProjectSettings` resource. Absent aspects are not checked. */
export const projectSettingsInputs = z.object({
  organization: z.string().min(1),
  project: z.string().min(1),
  platform: z.string().min(1).optional(),
  inboundFilters: inboundFilters.optional(),
  scrubbing: scrubbing.optional(),
  automaticAlert: removed.optional(),
  automaticKey: removed.optional(),
  /** By the key's name. */
  keysOn: z.record(z.string(), z.literal(true, "can only be true: leave it out where it does not matter")).optional(),
});

export type ProjectSettingsInputs = z.infer<typeof projectSettingsInputs>;
export type InboundFilters = z.infer<typeof inboundFilters>;
export type PiiConfig = z.infer<typeof piiConfig>;
export type Scrubbing = z.infer<typeof scrubbing>;
export type FilterName = keyof InboundFilters;

export interface ProjectSettingsOutputs {
  /** True when the automatic key was not removed because the project has received events: apps may use it. */
  automaticKeyKept: boolean;
  /** Id (a number) of the project: its slug may later belong to another one. Absent in states of release 1.0.0. */
  projectId?: string | undefined;
}
