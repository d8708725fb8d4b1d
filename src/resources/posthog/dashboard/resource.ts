import { Config, type CustomResourceOptions, getProject, getStack, type Input, type Output } from "@pulumi/pulumi";
import { type DashboardDefinition, definitionFields, picked } from "../../../model/posthog/dashboard.ts";
import { DynamicResource } from "../../kernel/resource.ts";

export interface DashboardArguments {
  definition: DashboardDefinition;
  /**
   * Number of the project, from its address in PostHog.
   * @default `posthog:projectId` of the stack
   */
  projectId?: Input<number>;
}

/**
 * A PostHog dashboard with everything on it: one resource, so that a preview names the tile and the property of it that
 * changes (`tiles["time-to-finish"].query…`), and so that moving a tile touches that tile alone.
 *
 * `pulumi refresh` finds changes by hand, which are undone by the next `pulumi up --refresh`. Deleting the
 * resource deletes the dashboard and the insights that it made, not what others have put on it.
 *
 * @example
 * new Dashboard("words", {
 *   definition: {
 *     key: "words",
 *     title: "Words",
 *     owner: "growth",
 *     question: "What is measured?",
 *     tiles: { intro: { kind: "text", markdown: "## Start here", place: { column: 0, row: 0, width: 12, height: 2 } } },
 *   },
 * });
 */
export class Dashboard extends DynamicResource {
  /** Address of the dashboard in PostHog. */
  declare readonly url: Output<string>;
  /** Id (a number) of the insight of each insight tile, by the tile's key. */
  declare readonly insightIds: Output<Record<string, number>>;
  /** Id (a number) of each text tile on the dashboard, by the tile's key. */
  declare readonly tileIds: Output<Record<string, number>>;

  constructor(name: string, { definition, projectId }: DashboardArguments, options?: CustomResourceOptions) {
    super(
      "posthog:Dashboard",
      { module: "@brandvx/resources/posthog/providers", name: "dashboard" },
      name,
      {
        projectId: projectId ?? new Config("posthog").requireNumber("projectId"),
        managedBy: `${getProject()}/${getStack()}/${name}`,
        ...picked(definition, definitionFields),
      },
      ["url", "insightIds", "tileIds"],
      options,
    );
  }
}
