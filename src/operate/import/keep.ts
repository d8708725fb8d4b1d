import type { Catalog } from "../../catalog/event.ts";
import {
  type DashboardDefinition,
  type Tile as DefinedTile,
  isPlacedBelow,
  type Place,
} from "../../insights/define/index.ts";
import { sameJson, withoutUndefined } from "../../resources/kernel/json.ts";
import { FreeGrid, labelOf, tileOf } from "../../resources/posthog/dashboard/adopt.ts";
import type { DashboardState, Tile } from "../../resources/posthog/dashboard/inputs.ts";
import type { LiveDashboardParts } from "../../resources/posthog/dashboard/observe.ts";
import { reflectDashboard } from "../../resources/posthog/dashboard/reflect.ts";
import { type ImportedDefinition, writeDefinition } from "./definition.ts";
import { uniqueKeys } from "./keys.ts";
import type { Code } from "./source/code.ts";
import type { TileEdit } from "./source/edit.ts";
import { dashboardSource, headEntries, lookNames } from "./source/file.ts";
import { CatalogNames } from "./source/names.ts";
import { tileCode } from "./source/tile.ts";

/** A definition as it would be if it said what is live, and where that differs. */
export interface UpdatedDefinition extends ImportedDefinition {
  /** Names of what differs beside the tiles. */
  readonly fields: readonly string[];
  /** Keys of tiles. */
  readonly changed: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Where tiles stand whose row would follow from the others, and would be another one now. */
  readonly placed: ReadonlyMap<string, Place>;
  /** How tiles would be written as they were defined. */
  readonly codesBefore: Readonly<Record<string, Code>>;
}

/** What `defined` says, with everything in its place that somebody changed by hand. Keys and the owner stay. */
export function keepLive(
  defined: DashboardDefinition,
  state: DashboardState,
  observed: LiveDashboardParts,
  catalog: Catalog,
  isTaken: (insightId: number) => boolean,
): UpdatedDefinition {
  const { accepted: _, ...own } = JSON.parse(JSON.stringify(defined)) as DashboardDefinition;
  const { inputs, outputs } = withoutUndefined(
    reflectDashboard({ ...state, ...(own as unknown as DashboardState) }, observed),
  );
  const before = own.tiles as unknown as DashboardState["tiles"];
  // Tags are what code is found by: those that somebody took away come back with the next `up`.
  const standing = Object.entries(inputs.tiles)
    .filter(([key]) => Object.hasOwn(before, key))
    .map(([key, tile]) => [key, withoutMissingTags(tile)] as const);
  const tiles: Record<string, Tile> = Object.fromEntries(standing);
  const insightIds = { ...outputs.insightIds };
  const leftAlone = { ...inputs.leftAlone };
  const keyOf = uniqueKeys([...Object.keys(before), ...Object.keys(leftAlone)]);
  const places = new FreeGrid(
    observed.dashboard.tiles ?? [],
    standing.map(([, { place }]) => place),
  );
  const foreign = new Set(Object.keys(inputs.tiles).filter((key) => !Object.hasOwn(before, key)));
  for (const live of observed.dashboard.tiles ?? []) {
    if (![...foreign].some((key) => key.endsWith(`(#${live.id})`))) continue;
    const key = keyOf(labelOf(live), live.insight ? "chart" : live.text ? "text" : "other");
    const isFree = !live.insight || !isTaken(live.insight.id);
    const tile = isFree ? places.put(tileOf(live, observed.insights), live) : undefined;
    if (tile) tiles[key] = tile;
    else leftAlone[key] = live.id;
    if (tile && live.insight) insightIds[key] = live.insight.id;
  }
  const { missingTags: __, ...seen } = inputs;
  const next = { ...seen, tiles, ...(Object.keys(leftAlone).length > 0 && { leftAlone }) };
  const written = writeDefinition(next, insightIds, observed, catalog);
  const differs = (key: string) => !sameJson(before[key], tiles[key]);
  const following = new Set(
    Object.keys(defined.tiles).filter((key) => isPlacedBelow(defined.tiles[key] as DefinedTile)),
  );
  const others = Object.entries(tiles).flatMap(([key, { place }]) =>
    following.has(key) ? [] : place.row + place.height,
  );
  const rowBelow = Math.max(0, ...others);
  return {
    ...written,
    placed: new Map(
      [...following].flatMap((key) => {
        const place = differs(key) ? undefined : tiles[key]?.place;
        return place === undefined || place.row === rowBelow ? [] : [[key, place] as const];
      }),
    ),
    codesBefore: codesOf(own, catalog),
    fields: ["title", "question", ...lookNames].filter(
      (name) => !sameJson(fieldOf(defined, name), fieldOf(written.definition, name)),
    ),
    changed: Object.keys(before).filter((key) => key in tiles && differs(key)),
    added: Object.keys(tiles).filter((key) => !Object.hasOwn(before, key)),
    removed: Object.keys(before).filter((key) => !(key in tiles)),
  };
}

function codesOf({ tiles }: DashboardDefinition, catalog: Catalog): Record<string, Code> {
  const names = new CatalogNames(catalog);
  const query = (tile: DefinedTile): unknown => (tile.kind === "insight" ? tile.query : undefined);
  return Object.fromEntries(Object.entries(tiles).map(([key, tile]) => [key, tileCode(tile, query(tile), names).code]));
}

function withoutMissingTags(tile: Tile): Tile {
  if (tile.kind === "text") return tile;
  const { missingTags: _, ...rest } = tile;
  return rest;
}

const fieldOf = (definition: DashboardDefinition, name: string): unknown =>
  (definition as unknown as Record<string, unknown>)[name];

/**
 * The file that says it: the one there is with what differs put in its place, so that helpers and comments stay; a new one
 * where there is none, or none of a form that can be changed.
 */
export async function keptSource(kept: UpdatedDefinition, text: string | undefined): Promise<string> {
  const { definition, codes } = kept;
  const whole = () => dashboardSource({ ...definition, tiles: codes });
  if (text === undefined) return whole();
  // TypeScript takes a third of a second to load: only those who need it wait for it.
  const { editDashboard, isRaw } = await import("./source/edit.ts");
  // A tile that was PostHog's own query for want of an entry in the catalog may have become one that a builder says.
  const improved = Object.keys(definition.tiles).filter(
    (key) => kept.raw[key] === undefined && isRaw(text, definition.key, key),
  );
  const head = new Map(headEntries(definition).map(({ key, code }) => [key, code]));
  const rewritten = [...new Set([...kept.changed, ...kept.added, ...improved])];
  const edit = (key: string, code: Code): TileEdit => {
    const before = kept.codesBefore[key];
    return before ? { code, before } : { code };
  };
  const edited = editDashboard(text, definition.key, {
    fields: new Map(kept.fields.map((name) => [name, head.get(name)])),
    tiles: new Map([
      ...rewritten.flatMap((key) => (codes[key] ? [[key, edit(key, codes[key])] as const] : [])),
      ...kept.removed.map((key) => [key, undefined] as const),
    ]),
    places: kept.placed,
  });
  return edited ?? whole();
}
