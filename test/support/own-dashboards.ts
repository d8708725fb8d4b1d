import { dashboards } from "../../dashboards/index.ts";
import type { DashboardDefinition } from "../../src/insights/define/index.ts";

/** The dashboards that were written here. An adopted one may have queries that only PostHog itself can answer. */
export const ownDashboards = dashboards.filter((one: DashboardDefinition) => !one.adopted);
