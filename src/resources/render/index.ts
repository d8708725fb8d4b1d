export { type ServiceVariable, ServiceVariables, type ServiceVariablesArguments } from "./variables/resource.ts";
