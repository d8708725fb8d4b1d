export type { AlertCheck, AlertThreshold } from "../../model/posthog/alerts.ts";
export { insightAlertFindings } from "./check.ts";
export { subscriptionFindings } from "./check-subscriptions.ts";
export {
  above,
  alertAddress,
  alertOn,
  below,
  fallsBy,
  type InsightAlertDefinition,
  risesBy,
} from "./define.ts";
export { daily, monthly, type SubscriptionDefinition, subscribe, subscriptionAddress, weekly } from "./subscribe.ts";
