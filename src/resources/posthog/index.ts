export { Dashboard, type DashboardArguments, type DashboardDefinition } from "./dashboard/resource.ts";
export { Project, type ProjectArguments } from "./project/resource.ts";
