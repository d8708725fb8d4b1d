import { environment, type VariableNameOf } from "../../catalog/environment.ts";
import type { App } from "../../catalog/variable.ts";
import { variableRulesOf } from "./variable-rules.ts";
import type { VariableRule } from "./variables.ts";

/*
 * The one place where the package touches the credential map. As with the event catalog, the build puts plain types
 * and rules, with the map's texts as comments, in place of this module.
 */

type VariablesOf<Of extends App> = { readonly [Name in VariableNameOf<Of>]?: string | undefined };

/** The browser app's part of the credential map. Everything is optional: what is not set is not used. */
export interface BrowserVariables extends VariablesOf<"browser"> {}

/** The backend's part of the credential map. Everything is optional: what is not set is not used. */
export interface ServerVariables extends VariablesOf<"server"> {}

/** What each of the browser app's variables must look like. */
export const browserRules: Readonly<Record<VariableNameOf<"browser">, VariableRule>> = variableRulesOf(
  environment,
  "browser",
);

/** What each of the backend's variables must look like. */
export const serverRules: Readonly<Record<VariableNameOf<"server">, VariableRule>> = variableRulesOf(
  environment,
  "server",
);
