import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import type { PosthogProjectSettings } from "../../../model/posthog/project-settings.ts";
import { DynamicResource } from "../../kernel/resource.ts";

export type ProjectSettingsArguments = PosthogProjectSettings & {
  /** Number of the project, from its address in PostHog. */
  projectId: Input<number>;
};

/**
 * Settings of the PostHog project that all other resources are in. Absent settings are left as they are. Existing values
 * are written over, and said once. Deleting this resource changes nothing in PostHog.
 *
 * An `up` fails where PostHog answers 200 and does not change a setting, as it does with what a plan does not include.
 * Most settings can be changed only by an admin of the project.
 *
 * @example new ProjectSettings("product", { projectId: 1, anonymizeIps: true, sessionRecordings: false, timeZone: "UTC" });
 */
export class ProjectSettings extends DynamicResource {
  /** Address of the project's settings in PostHog. */
  declare readonly url: Output<string>;

  constructor(name: string, args: ProjectSettingsArguments, options?: CustomResourceOptions) {
    const provider = { module: "@brandvx/resources/posthog/providers", name: "projectSettings" };
    super("posthog:ProjectSettings", provider, name, { ...args }, ["url"], options);
  }
}
