import { Config, type CustomResourceOptions, getProject, getStack, type Input, type Output } from "@pulumi/pulumi";
import { DynamicResource } from "../../kernel/resource.ts";

export interface AnnotationArguments {
  /**
   * Name of the release to mark on all charts of the project, at its creation. Another release is another mark. Absent:
   * nothing is created.
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
 * A run without a release leaves the mark unchanged.
 *
 * @example new Annotation("release", { release: process.env.RELEASE, commit: process.env.GITHUB_SHA });
 */
export class Annotation extends DynamicResource {
  /** Address of PostHog's annotations. */
  declare readonly url: Output<string>;
  /** Marked moment, as an ISO time; undefined while no release is marked. */
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
