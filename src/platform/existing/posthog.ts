import type { FeatureFlagArguments } from "@brandvx/resources/posthog";
import { filterToReplace, flagObstacle, settingsToChange } from "@brandvx/resources/posthog/look";
import { log, type ResourceHookBinding, runtime } from "@pulumi/pulumi";
import type { EventFilterDefinition } from "../../model/posthog/event-filter.ts";
import type { PosthogProjectSettings } from "../../model/posthog/project-settings.ts";
import { beforeCreation } from "./look.ts";

/**
 * Says in a preview which settings of the existing project the first `up` writes over: nothing else would show what they
 * were. That they cannot be read keeps no preview from going on.
 */
export const saysWhatChanges = (projectId: number, settings: PosthogProjectSettings): ResourceHookBinding =>
  saysInPreview(`how the PostHog project ${projectId} is set`, async () => {
    const changes = await settingsToChange(projectId, settings);
    if (changes.length === 0) return undefined;
    return `the PostHog project ${projectId} is set otherwise; an \`up\` changes ${changes.length === 1 ? "one setting" : `${changes.length} settings`} of it, and \`pulumi destroy\` does not change them back:${changes.map((line) => `\n    ${line}`).join("")}`;
  });

/** Says in a preview which event filter of the existing project the first `up` writes over. */
export const saysWhichFilter = (projectId: number, filter: EventFilterDefinition): ResourceHookBinding =>
  saysInPreview(`which event filter the PostHog project ${projectId} has`, async () => {
    const live = await filterToReplace(projectId, filter);
    return live === undefined
      ? undefined
      : `the PostHog project ${projectId} has another event filter, and an \`up\` writes over it: ${live}`;
  });

/** A warning in a preview; what cannot be looked at keeps none from going on. The `up` says itself what it writes over. */
const saysInPreview = (what: string, look: () => Promise<string | undefined>): ResourceHookBinding =>
  beforeCreation(what, async () => {
    if (!runtime.isDryRun()) return [];
    try {
      const warning = await look();
      if (warning !== undefined) await log.warn(warning);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      await log.warn(`not known: ${what}. ${why}`);
    }
    return [];
  });

/** What the warnings below have said already: all flags fail to be looked at for one reason. */
const told = new Set<string>();

/**
 * Says in a preview that PostHog has a flag of this key that an `up` would not take over: it gives somebody another value, or
 * an experiment or a scheduled change has a say in it. That the flags cannot be read keeps no preview from going on.
 */
export const unlessFlagIsAnothers = (
  projectId: number,
  name: string,
  flag: Omit<FeatureFlagArguments, "projectId">,
): ResourceHookBinding =>
  beforeCreation(`whether PostHog's flag ${flag.key} may be taken over`, async () => {
    // The `up` refuses it itself.
    if (!runtime.isDryRun()) return [];
    try {
      const problem = await flagObstacle(projectId, name, flag);
      return problem === undefined ? [] : [{ problem, commands: [] }];
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (!told.has(why)) await log.warn(`not known: which of PostHog's flags an \`up\` may take over. ${why}`);
      told.add(why);
      return [];
    }
  });
