// What Pulumi's provider process loads for the resources of this folder, by the names in their state: never rename one.
export { serviceVariables } from "./variables/provider.ts";
