export { insightAlerts } from "./posthog.ts";
export { sentryAlerts } from "./sentry.ts";
