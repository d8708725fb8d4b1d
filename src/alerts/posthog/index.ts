export { insightAlertFindings } from "./check.ts";
export {
  above,
  alertAddress,
  alertOn,
  below,
  type Check,
  fallsBy,
  type InsightAlertDefinition,
  risesBy,
  type Threshold,
} from "./define.ts";
