export { type DashboardLook, type DrawnDashboard, drawDashboard } from "./dashboard.ts";
export type { Theme } from "./theme.ts";
export { type DrawnTile, drawTile, type TileLook } from "./tile.ts";
export type { TileResult } from "./views/tile-view.ts";
