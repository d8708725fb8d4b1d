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

/** A definition updated to what is live, and where it differs from the old one. */
export interface UpdatedDefinition extends ImportedDefinition {
  /** Names of the dashboard's own fields that differ. */
  readonly fields: readonly string[];
  /** Keys of tiles. */
  readonly changed: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Places to write explicitly: tiles whose automatic row would change because of other tiles. */
  readonly placed: ReadonlyMap<string, Place>;
  /** Source code of the tiles as they were defined before. */
  readonly codesBefore: Readonly<Record<string, Code>>;
}

/** `defined` with all changes made by hand. Keys and the owner stay. */
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
  // Our own tags identify the resource, so a tag that somebody removed comes back with the next `up`.
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
 * The definition's file: the existing one with only the differences edited, so that helpers and comments stay; a new file
 * when there is none or when it cannot be edited.
 */
export async function keptSource(kept: UpdatedDefinition, text: string | undefined): Promise<string> {
  const { definition, codes } = kept;
  const whole = () => dashboardSource({ ...definition, tiles: codes });
  if (text === undefined) return whole();
  // TypeScript takes a third of a second to load, so it is loaded only when needed.
  const { editDashboard, isRaw } = await import("./source/edit.ts");
  // A tile written as a raw query because the catalog lacked an entry may now be expressible with a builder.
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
