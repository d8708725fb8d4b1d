export { definitionFindings } from "./check.ts";
export { type Dashboard, dashboard, type TileReference } from "./dashboard.ts";
export type { DashboardDefinition, InsightTile, Place, TextTile, Tile } from "./definition.ts";
export { type FunnelTile, funnel, timeToConvert } from "./funnel.ts";
export {
  average,
  count,
  maximum,
  median,
  minimum,
  monthlyPeople,
  newPeople,
  p50,
  p75,
  p90,
  p95,
  p99,
  people,
  sessions,
  step,
  sum,
  timesPerPerson,
  weeklyPeople,
} from "./series.ts";
export { text } from "./text.ts";
export { type LineLabel, lineLabels, type TrendTile, trend } from "./trend.ts";
export { absent, atLeast, atMost, between, containing, lessThan, moreThan, not, present } from "./where.ts";
