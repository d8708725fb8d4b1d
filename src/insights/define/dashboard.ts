import type { Owner } from "../../catalog/owners.ts";
import { type DashboardLooks, dashboardLooks, picked } from "../../model/posthog/dashboard.ts";
import { defined } from "./defined.ts";
import { belowAllTiles, type DashboardDefinition, type Tile } from "./definition.ts";

type Tiles = Readonly<Record<string, Tile>>;

export interface DashboardOptions<Key extends string, AllTiles extends Tiles>
  extends Omit<DashboardDefinition, "accepted"> {
  readonly key: Key;
  readonly owner: Owner;
  readonly tiles: AllTiles;
  /** @default none */
  readonly accepted?: { readonly [TileKey in keyof AllTiles]?: readonly string[] };
}

/** A definition with a method that refers to one of its tiles. */
export interface Dashboard<Key extends string = string, AllTiles extends Tiles = Tiles> extends DashboardDefinition {
  readonly key: Key;
  readonly tiles: AllTiles;
  /** Points at a tile, for an alert on it or a test of it. A key that does not exist does not compile. */
  tile<TileKey extends keyof AllTiles & string>(key: TileKey): TileReference<AllTiles[TileKey], TileKey, Key>;
}

/** A tile and where it is. The type of `tile` says what can be done with it: only a `TrendTile` carries alerts. */
export interface TileReference<
  OneTile extends Tile = Tile,
  TileKey extends string = string,
  DashboardKey extends string = string,
> {
  readonly dashboardKey: DashboardKey;
  readonly tileKey: TileKey;
  readonly tile: OneTile;
}

/**
 * A dashboard. The result is the plain definition: `tile` is not enumerable, so that copies, comparisons and JSON do
 * not see it. Nothing is checked here beyond what the compiler sees; `definitionFindings` checks the rest, all at once.
 *
 * @example
 * const asked = trend({ title: "Prompts", reading: "How often AskVX is asked.", series: [count("ask.prompt_submitted")], place: { column: 0, row: 0, width: 6, height: 5 } });
 * export const askvx = dashboard({ key: "askvx", title: "AskVX", owner: "ai", question: "Is AskVX used?", tiles: { asked } });
 */
export function dashboard<const Key extends string, const AllTiles extends Tiles>(
  definition: DashboardOptions<Key, AllTiles>,
): Dashboard<Key, AllTiles> {
  const { key, title, owner, question, adopted, accepted } = definition;
  const tiles = withRows(definition.tiles);
  const looks = picked<keyof DashboardLooks, DashboardLooks>(
    definition,
    Object.keys(dashboardLooks) as (keyof DashboardLooks)[],
  );
  const tile = <TileKey extends keyof AllTiles & string>(tileKey: TileKey) => ({
    dashboardKey: key,
    tileKey,
    tile: tiles[tileKey],
  });
  const all = { key, title, owner, question, tiles, ...looks, ...defined({ adopted, accepted }), tile };
  return Object.defineProperty(all, "tile", { enumerable: false });
}

/** Gives each tile with {@link belowAllTiles} the row where the others end. */
function withRows<AllTiles extends Tiles>(tiles: AllTiles): AllTiles {
  const others = Object.values(tiles).filter(({ place }) => place.row !== belowAllTiles);
  const row = Math.max(0, ...others.map(({ place }) => place.row + place.height));
  const placed = Object.entries(tiles).map(([key, tile]) => [
    key,
    tile.place.row === belowAllTiles
      ? Object.defineProperty({ ...tile, place: { ...tile.place, row } }, below, { value: true })
      : tile,
  ]);
  return Object.fromEntries(placed);
}

/** A mark that JSON omits; a registered symbol, since a definition may be loaded beside another copy of this module. */
const below = Symbol.for("brandvx: placed below all tiles");

/**
 * Whether a tile's row is computed from the other tiles.
 *
 * @internal
 */
export const isPlacedBelow = (tile: Tile): boolean => below in tile;
