import { nearest } from "../../catalog/nearest.ts";
import { type VendorId, vendors } from "../../model/vendors/index.ts";
import { addressSettings } from "./destinations.ts";
import type { SettingFinding } from "./findings.ts";
import { flagsKeySetting } from "./flags-key.ts";
import type { SettingsReader } from "./reader.ts";
import { plainSettings } from "./schema.ts";
import { secretSettings } from "./secrets.ts";

const structured = ["redis", "pages", "render", "teams", "teamWebhooks", "sentryExisting", "release", "releaseCommit"];
/** Every key that is read, groups by their first part. */
export const knownSettings: readonly string[] = [
  ...new Set([
    ...plainSettings,
    ...secretSettings,
    ...addressSettings,
    ...structured,
    flagsKeySetting,
    "posthog:limits",
  ]),
];

const vendorIds = Object.keys(vendors) as VendorId[];
/** Namespaces that only this project reads; the others belong to plugins with settings of their own. */
const ours = ["", ...vendorIds.filter((id) => !vendors[id].hasPlugin)];
const plugins = vendorIds.filter((id) => vendors[id].hasPlugin) as string[];

/** Settings that nothing reads: a mistyped key would silently leave the default in effect. */
export function unknownSettings({ keys, stack }: SettingsReader): SettingFinding[] {
  return (keys?.() ?? [])
    .filter((key) => !knownSettings.includes(key))
    .flatMap((key) => {
      const namespace = key.includes(":") ? key.slice(0, key.indexOf(":")) : "";
      const meant = nearest(key, knownSettings);
      if (!ours.includes(namespace) && !(plugins.includes(namespace) && meant !== undefined)) return [];
      const question = meant === undefined ? "nobody reads it" : `did you mean ${meant}?`;
      return [{ problem: `${key} is not a setting: ${question}`, fix: `pulumi config rm --stack ${stack} ${key}` }];
    });
}

/** Pulumi's keys without the project's name, as the settings use them. */
export const ownKeys = (keys: readonly string[], project: string): string[] =>
  keys.map((key) => (key.startsWith(`${project}:`) ? key.slice(project.length + 1) : key));
