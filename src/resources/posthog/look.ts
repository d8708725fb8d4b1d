// Read-only requests of the program to PostHog, before anything is written, also in a preview.
import type { EventFilterDefinition } from "../../model/posthog/event-filter.ts";
import type { PosthogProjectSettings } from "../../model/posthog/project-settings.ts";
import { eventFilterInputs } from "./event-filter/inputs.ts";
import { changesOf, filterWords } from "./event-filter/provider.ts";
import { flagChanges } from "./feature-flag/fields.ts";
import { featureFlagInputs } from "./feature-flag/inputs.ts";
import { flagUrl } from "./feature-flag/provider.ts";
import { whyNotTakenOver, whyNotWritten } from "./feature-flag/refusals.ts";
import { type FeatureFlagArguments, flagInputs } from "./feature-flag/resource.ts";
import { fightingChanges } from "./feature-flag/scheduled.ts";
import { projectSettingsInputs } from "./project-settings/inputs.ts";
import { differenceWords, reflectSettings } from "./project-settings/reflect.ts";
import { connections } from "./settings.ts";

export const { configure } = connections;

/** What a `ProjectSettings` resource would change, one line a setting. */
export async function settingsToChange(projectId: number, settings: PosthogProjectSettings): Promise<string[]> {
  const defined = projectSettingsInputs.parse({ projectId, ...settings });
  return differenceWords(defined, reflectSettings(defined, await connections.connect(projectId).api.project()));
}

/** The event filter of the project that an `EventFilter` resource would write over; undefined where there is none, or the same. */
export async function filterToReplace(projectId: number, filter: EventFilterDefinition): Promise<string | undefined> {
  const live = await connections.connect(projectId).api.eventFilter();
  if (live === "no event filters" || live === undefined) return undefined;
  const isChanged = Object.keys(changesOf(eventFilterInputs.parse({ projectId, ...filter }), live)).length > 0;
  return isChanged ? filterWords(live) : undefined;
}

/**
 * Why a `FeatureFlag` resource would refuse the flag of its key that PostHog has; undefined where there is none, or where it
 * may be taken over.
 */
export async function flagObstacle(
  projectId: number,
  name: string,
  flag: Omit<FeatureFlagArguments, "projectId">,
): Promise<string | undefined> {
  const connection = connections.connect(projectId);
  const { overview } = connection;
  const live = (await overview.flags()).find(({ key, deleted }) => key === flag.key && !deleted);
  if (!live) return undefined;
  const news = featureFlagInputs.parse({ projectId, ...flagInputs(name, flag) });
  const scheduled = fightingChanges(String(live.id), news, await overview.scheduledChanges());
  return (
    whyNotTakenOver(news, live, flagUrl(connection, live)) ??
    whyNotWritten(news, live, flagChanges(news, live), scheduled)
  );
}
