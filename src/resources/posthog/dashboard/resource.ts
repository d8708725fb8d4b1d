import { Config, type CustomResourceOptions, getProject, getStack, type Input, type Output } from "@pulumi/pulumi";
import { DynamicResource } from "../../kernel/resource.ts";

/** What a dashboard shows. */
export interface DashboardDefinition {
  /** Lower-case words joined by hyphens; the definition is in `dashboards/<key>.ts`. */
  readonly key: string;
  readonly title: string;
  /** Team that answers for it. */
  readonly owner: string;
  /** What the dashboard answers: its description in PostHog. */
  readonly question: string;
  /** By stable keys: a preview and a drift report name a tile by its key. */
  readonly tiles: Readonly<Record<string, TileDefinition>>;
}

/** An insight with PostHog's own query JSON, or a text in Markdown, and its rectangle on the grid of 12 columns. */
export type TileDefinition = { readonly place: PlaceDefinition } & (
  | {
      readonly kind: "insight";
      readonly title: string;
      readonly reading: string;
      readonly query: { readonly kind: string };
    }
  | { readonly kind: "text"; readonly markdown: string }
);

export interface PlaceDefinition {
  readonly column: number;
  readonly row: number;
  readonly width: number;
  readonly height: number;
}

export interface DashboardArguments {
  definition: DashboardDefinition;
  /** Number of the project, from its address in PostHog. Default: `posthog:projectId` of the stack. */
  projectId?: Input<number>;
}

/**
 * A PostHog dashboard with everything on it: one resource, so that a preview names the tile and the property of it that
 * changes (`tiles["time-to-finish"].query…`), and so that moving a tile touches that tile alone.
 *
 * What was changed by hand is found by `pulumi refresh` and undone by the next `pulumi up --refresh`. Deleting the
 * resource deletes the dashboard and the insights that it made, not what others have put on it.
 */
export class Dashboard extends DynamicResource {
  /** Address of the dashboard in PostHog. */
  declare readonly url: Output<string>;
  /** Number of the insight of each insight tile, by the tile's key. */
  declare readonly insightIds: Output<Record<string, number>>;
  /** Number of each text tile on the dashboard, by the tile's key. */
  declare readonly tileIds: Output<Record<string, number>>;

  constructor(name: string, { definition, projectId }: DashboardArguments, options?: CustomResourceOptions) {
    const { key, title, owner, question, tiles } = definition;
    super(
      "posthog:Dashboard",
      { module: "@brandvx/resources/posthog/providers", name: "dashboard" },
      name,
      {
        projectId: projectId ?? new Config("posthog").requireNumber("projectId"),
        managedBy: `${getProject()}/${getStack()}/${name}`,
        ...{ key, title, owner, question, tiles },
      },
      ["url", "insightIds", "tileIds"],
      options,
    );
  }
}
