export { Dashboard, type DashboardArguments, type DashboardDefinition } from "./dashboard/resource.ts";
export { InsightAlert, type InsightAlertArguments } from "./insight-alert/resource.ts";
export { Project, type ProjectArguments } from "./project/resource.ts";
