export { insightAlerts } from "./posthog.ts";
export { sentryAlerts } from "./sentry.ts";
export { subscriptions } from "./subscriptions.ts";
