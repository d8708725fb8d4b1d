import { Config, type CustomResourceOptions, getProject, getStack, type Input, type Output } from "@pulumi/pulumi";
import { DynamicResource } from "../../kernel/resource.ts";

/** What a dashboard shows. */
export interface DashboardDefinition extends DashboardLooks {
  /** Made by hand and taken over as it was: PostHog is told whose it is with the next change of it, and not before. */
  readonly adopted?: true;
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

/**
 * What is usually left to PostHog, so that a refresh shows it when somebody sets it by hand. A definition may state it: an
 * imported dashboard does, where it had some.
 */
export interface DashboardLooks {
  /** Filters over all tiles, as PostHog's `DashboardFilter`. */
  readonly filters?: object;
  /** Values of the variables of SQL insights, by the variable's id. */
  readonly variables?: object;
  /** Colours of breakdown values. */
  readonly breakdownColors?: readonly object[];
  /** Number of a data colour theme. */
  readonly colorTheme?: number;
  /** Ids of quick filters. */
  readonly quickFilters?: readonly string[];
  /** Tiles that no definition can make, such as buttons, and that stay as they are: their numbers by a name. */
  readonly leftAlone?: Readonly<Record<string, number>>;
}

/** The same for a tile. */
export interface TileLooks {
  /** PostHog's name of a colour: "blue". */
  readonly color?: string;
  /** Filters of this tile alone, over those of the dashboard. */
  readonly filtersOverrides?: object;
  /** The reading is not shown below the title. */
  readonly readingHidden?: true;
  readonly transparentBackground?: true;
  /** Its place is left to PostHog's app; `place` is where pictures of it stand. */
  readonly handPlaced?: true;
}

/** An insight with PostHog's own query JSON, or a text in Markdown, and its rectangle on the grid of 12 columns. */
export type TileDefinition = TileLooks & { readonly place: PlaceDefinition } & (
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
    const { filters, variables, breakdownColors, colorTheme, quickFilters, leftAlone, adopted } = definition;
    super(
      "posthog:Dashboard",
      { module: "@brandvx/resources/posthog/providers", name: "dashboard" },
      name,
      {
        projectId: projectId ?? new Config("posthog").requireNumber("projectId"),
        managedBy: `${getProject()}/${getStack()}/${name}`,
        ...{ key, title, owner, question, tiles },
        ...{ filters, variables, breakdownColors, colorTheme, quickFilters, leftAlone, adopted },
      },
      ["url", "insightIds", "tileIds"],
      options,
    );
  }
}
