export { definitionFindings, tileProblemsOf } from "./check.ts";
export { type Dashboard, dashboard, isPlacedBelow, type TileReference } from "./dashboard.ts";
export {
  belowAllTiles,
  type DashboardDefinition,
  type DashboardLooks,
  type InsightTile,
  notWritten,
  type Place,
  type RawInsightOptions,
  rawInsight,
  type TextTile,
  type Tile,
  type TileLooks,
  text,
} from "./definition.ts";
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
export { type LineLabel, lineLabels, type TrendTile, trend } from "./trend.ts";
export { leastMilliseconds, unitProblem } from "./unit.ts";
export { absent, atLeast, atMost, between, containing, lessThan, moreThan, not, present } from "./where.ts";
