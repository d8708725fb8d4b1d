// Read-only requests of the program to PostHog, before anything is written, also in a preview.
import type { PosthogProjectSettings } from "../../model/posthog/project-settings.ts";
import { projectSettingsInputs } from "./project-settings/inputs.ts";
import { differenceWords, reflectSettings } from "./project-settings/reflect.ts";
import { connections } from "./settings.ts";

export const { configure } = connections;

/** What a `ProjectSettings` resource would change, one line a setting. */
export async function settingsToChange(projectId: number, settings: PosthogProjectSettings): Promise<string[]> {
  const defined = projectSettingsInputs.parse({ projectId, ...settings });
  return differenceWords(defined, reflectSettings(defined, await connections.connect(projectId).api.project()));
}
