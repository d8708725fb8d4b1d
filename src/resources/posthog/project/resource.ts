import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import type { Scope } from "../../../model/vendors/posthog.ts";
import { DynamicResource } from "../../kernel/resource.ts";

export interface ProjectArguments {
  /** Number of the project, from its address in PostHog. */
  projectId: Input<number>;
  /** Address of PostHog, the value of `posthog:host`: when it changes, the connection is verified again. */
  host: Input<string>;
  /**
   * Scopes that the key must have for the resources that depend on this project.
   * @default no scope is required
   */
  needs?: readonly Scope[];
}

/**
 * The PostHog project of all other resources. It exists already: this verifies that host, key, its scopes and project
 * match.
 *
 * @example new Project("product", { projectId: 1, host: "https://us.posthog.com", needs: ["dashboard:write"] });
 */
export class Project extends DynamicResource {
  /** Address of the project in PostHog. */
  declare readonly url: Output<string>;

  constructor(name: string, { projectId, host, needs }: ProjectArguments, options?: CustomResourceOptions) {
    const provider = { module: "@brandvx/resources/posthog/providers", name: "project" };
    super("posthog:Project", provider, name, { projectId, host, needs }, ["url"], options);
  }
}
