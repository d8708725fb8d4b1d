import type { TileRecord } from "../records.ts";
import type { World } from "../world.ts";

/** Visible tiles of a dashboard: neither the tile nor its insight is deleted. */
export function shownTiles(world: World, dashboardId: number): TileRecord[] {
  return world.tiles
    .where("dashboard_id", dashboardId)
    .filter((tile) => tile.deleted !== true)
    .filter((tile) => tile.insight_id === null || world.insights.get(tile.insight_id)?.deleted === false);
}

/** Tiles that show an insight on a dashboard that is not deleted. */
export function tilesOfInsight(world: World, insightId: number): TileRecord[] {
  return standing(world, world.tiles.where("insight_id", insightId));
}

export function tilesOfText(world: World, textId: number): TileRecord[] {
  return standing(world, world.tiles.where("text_id", textId));
}

export function tilesOfButton(world: World, buttonId: string): TileRecord[] {
  return standing(world, world.tiles.where("button_tile_id", buttonId));
}

function standing(world: World, tiles: readonly TileRecord[]): TileRecord[] {
  return tiles.filter((tile) => tile.deleted !== true && world.dashboards.get(tile.dashboard_id)?.deleted === false);
}

/** The short form of tiles in insights and texts. */
export const tileBasic = ({ id, dashboard_id, deleted }: TileRecord) => ({ id, dashboard_id, deleted });

export const newTile = (id: number, dashboardId: number): TileRecord => ({
  id,
  dashboard_id: dashboardId,
  insight_id: null,
  text_id: null,
  button_tile_id: null,
  layouts: {},
  color: null,
  filters_overrides: {},
  show_description: null,
  transparent_background: null,
  deleted: null,
});
