import { Config, type CustomResourceOptions, getProject, getStack, type Input, type Output } from "@pulumi/pulumi";
import { DynamicResource } from "../../kernel/resource.ts";

export interface AnnotationArguments {
  /**
   * Name of the release that is marked on all charts of the project, at the moment when it is made. Another release is
   * another mark. Not given: nothing is made.
   */
  release: string | undefined;
  /**
   * Commit that was released, 7 to 40 hexadecimal digits.
   * @default none is named
   */
  commit?: string | undefined;
  /**
   * Number of the project, from its address in PostHog.
   * @default `posthog:projectId` of the stack
   */
  projectId?: Input<number>;
}

/**
 * A release, marked on PostHog's charts. An `up` of the same release sends nothing; a new release is a new mark. Marks of
 * earlier releases stay, and so does the last one when the stack is destroyed: what happened has happened.
 *
 * A run that is not told which release it belongs to leaves the mark as it is.
 *
 * @example new Annotation("release", { release: process.env.RELEASE, commit: process.env.GITHUB_SHA });
 */
export class Annotation extends DynamicResource {
  /** Address of PostHog's annotations. */
  declare readonly url: Output<string>;
  /** Moment that is marked, as an ISO time; undefined while no release has been marked. */
  declare readonly at: Output<string | undefined>;

  constructor(name: string, { release, commit, projectId }: AnnotationArguments, options: CustomResourceOptions = {}) {
    const { ignoreChanges = [] } = options;
    super(
      "posthog:Annotation",
      { module: "@brandvx/resources/posthog/providers", name: "annotation" },
      name,
      {
        projectId: projectId ?? new Config("posthog").requireNumber("projectId"),
        managedBy: `${getProject()}/${getStack()}/${name}`,
        release,
        commit,
      },
      ["url", "at"],
      {
        retainOnDelete: true,
        ...options,
        ignoreChanges: release === undefined ? [...ignoreChanges, "release", "commit"] : ignoreChanges,
      },
    );
  }
}
