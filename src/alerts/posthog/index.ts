export { insightAlertFindings } from "./check.ts";
export {
  type AlertThreshold,
  above,
  alertAddress,
  alertOn,
  below,
  type Check,
  fallsBy,
  type InsightAlertDefinition,
  risesBy,
} from "./define.ts";
