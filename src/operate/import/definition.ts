import type { Catalog } from "../../catalog/event.ts";
import * as define from "../../insights/define/index.ts";
import { type DashboardDefinition, type Tile, tileProblemsOf } from "../../insights/define/index.ts";
import type { DashboardInputs } from "../../resources/posthog/dashboard/inputs.ts";
import type { LiveDashboardParts } from "../../resources/posthog/dashboard/observe.ts";
import { type Code, workOut } from "./source/code.ts";
import { CatalogNames } from "./source/names.ts";
import { tileCode } from "./source/tile.ts";

/** A definition with the source code of its tiles. */
export interface ImportedDefinition {
  readonly definition: DashboardDefinition;
  readonly codes: Readonly<Record<string, Code>>;
  /** Tiles written as PostHog's raw queries, with the reasons. */
  readonly raw: Readonly<Record<string, readonly string[]>>;
}

/**
 * Writes the source of a live dashboard's tiles. The definition is evaluated from that source, so that what is shown, checked
 * and sent is the same.
 */
export function writeDefinition(
  { projectId: _, managedBy: __, tiles: live, ...rest }: DashboardInputs,
  insightIds: Readonly<Record<string, number>>,
  { insights }: LiveDashboardParts,
  catalog: Catalog,
): ImportedDefinition {
  const names = new CatalogNames(catalog);
  const codes: Record<string, Code> = {};
  const tiles: Record<string, Tile> = {};
  const raw: Record<string, readonly string[]> = {};
  for (const [key, tile] of Object.entries(live)) {
    const query = insights.get(insightIds[key] ?? 0)?.query;
    const written = tileCode(tile as unknown as Tile, query, names);
    codes[key] = written.code;
    tiles[key] = workOut(written.code, define) as Tile;
    if (written.raw) raw[key] = written.raw;
  }
  return { definition: withAccepted({ ...rest, tiles } as DashboardDefinition, catalog), codes, raw };
}

/** Adds the problems of its queries as accepted problems: they are listed, and do not prevent the import. */
export function withAccepted(
  { accepted: _, ...definition }: DashboardDefinition,
  catalog: Catalog,
): DashboardDefinition {
  const accepted = tileProblemsOf(definition.tiles, catalog);
  return Object.keys(accepted).length === 0 ? definition : { ...definition, accepted };
}
