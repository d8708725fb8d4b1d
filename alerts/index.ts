export { insightAlerts } from "./posthog.ts";
