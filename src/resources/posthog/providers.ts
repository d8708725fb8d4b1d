// What Pulumi's provider process loads for the resources of this folder, by the names in their state: never rename one.
export { dashboard } from "./dashboard/provider.ts";
export { insightAlert } from "./insight-alert/provider.ts";
export { project } from "./project/provider.ts";
