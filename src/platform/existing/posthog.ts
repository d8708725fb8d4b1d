import type { FeatureFlagArguments } from "@brandvx/resources/posthog";
import { filterToReplace, flagObstacle, settingsToChange } from "@brandvx/resources/posthog/look";
import { log, type ResourceHookBinding, runtime } from "@pulumi/pulumi";
import type { EventFilterDefinition } from "../../model/posthog/event-filter.ts";
import type { PosthogProjectSettings } from "../../model/posthog/project-settings.ts";
import { beforeCreation, type Look } from "./look.ts";

/**
 * Says in a preview which settings of the existing project the first `up` writes over: nothing else would show what they
 * were. That they cannot be read keeps no preview from going on.
 */
export const saysWhatChanges = (projectId: number, settings: PosthogProjectSettings): ResourceHookBinding => {
  const what = `how the PostHog project ${projectId} is set`;
  return inPreview(what, what, async () => {
    const changes = await settingsToChange(projectId, settings);
    if (changes.length > 0)
      await log.warn(
        `the PostHog project ${projectId} is set otherwise; an \`up\` changes ${changes.length === 1 ? "one setting" : `${changes.length} settings`} of it, and \`pulumi destroy\` does not change them back:${changes.map((line) => `\n    ${line}`).join("")}`,
      );
    return [];
  });
};

/** Says in a preview which event filter of the existing project the first `up` writes over. */
export const saysWhichFilter = (projectId: number, filter: EventFilterDefinition): ResourceHookBinding => {
  const what = `which event filter the PostHog project ${projectId} has`;
  return inPreview(what, what, async () => {
    const live = await filterToReplace(projectId, filter);
    if (live !== undefined)
      await log.warn(
        `the PostHog project ${projectId} has another event filter, and an \`up\` writes over it: ${live}`,
      );
    return [];
  });
};

/**
 * Says in a preview that PostHog has a flag of this key that an `up` would not take over: it gives somebody another value, or
 * an experiment or a scheduled change has a say in it.
 */
export const unlessFlagIsAnothers = (
  projectId: number,
  name: string,
  flag: Omit<FeatureFlagArguments, "projectId">,
): ResourceHookBinding =>
  inPreview(
    `whether PostHog's flag ${flag.key} may be taken over`,
    "which of PostHog's flags an `up` may take over",
    async () => {
      const problem = await flagObstacle(projectId, name, flag);
      return problem === undefined ? [] : [{ problem, commands: [] }];
    },
  );

/** What could not be looked at, as it was said: all flags fail to be looked at for one reason. */
const saidUnknown = new Set<string>();

/**
 * Looks in a preview alone: the `up` itself says what it writes over, and refuses. What cannot be looked at is said once, and
 * keeps no preview from going on.
 *
 * @param unknown what is not known then
 */
const inPreview = (what: string, unknown: string, look: () => ReturnType<Look>): ResourceHookBinding =>
  beforeCreation(what, async () => {
    if (!runtime.isDryRun()) return [];
    try {
      return await look();
    } catch (error) {
      const text = `not known: ${unknown}. ${error instanceof Error ? error.message : String(error)}`;
      if (!saidUnknown.has(text)) await log.warn(text);
      saidUnknown.add(text);
      return [];
    }
  });
