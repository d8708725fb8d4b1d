// Providers that Pulumi's provider process loads for this folder's resources, by the names in their state: never rename one.
export { serviceVariables } from "./variables/provider.ts";
