export type { AlertCheck, AlertThreshold } from "../../model/posthog/alerts.ts";
export { insightAlertFindings } from "./check.ts";
export {
  above,
  alertAddress,
  alertOn,
  below,
  fallsBy,
  type InsightAlertDefinition,
  risesBy,
} from "./define.ts";
