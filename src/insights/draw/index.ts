export { type ComparedTile, drawComparison } from "./comparison.ts";
export { type DashboardLook, type DrawnDashboard, drawDashboard } from "./dashboard.ts";
export { formatNumber, formatSeconds } from "./format.ts";
export { type Colours, coloursOf, type Theme } from "./theme.ts";
export { type DrawnTile, drawAnswer, drawTile, type TileLook } from "./tile.ts";
export { type TileResult, tileView } from "./views/tile-view.ts";
export type { Table, View } from "./views/view.ts";
