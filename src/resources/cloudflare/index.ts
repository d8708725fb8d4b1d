export { type PagesVariable, PagesVariables, type PagesVariablesArguments } from "./variables/resource.ts";
