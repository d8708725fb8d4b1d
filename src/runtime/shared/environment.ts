import { environment, type VariableNameOf } from "../../catalog/environment.ts";
import type { App } from "../../catalog/variable.ts";
import { variableRulesOf } from "./variable-rules.ts";
import type { VariableRule } from "./variables.ts";

/*
 * The only module that uses the credential map. The build replaces it by plain types and rules, with the map's texts as
 * comments.
 */

type VariablesOf<Of extends App> = { readonly [Name in VariableNameOf<Of>]?: string | undefined };

/** The browser app's variables in the credential map. All are optional: features of unset ones are off. */
export interface BrowserVariables extends VariablesOf<"browser"> {}

/** The backend's variables in the credential map. All are optional: features of unset ones are off. */
export interface ServerVariables extends VariablesOf<"server"> {}

/** Format of each of the browser app's variables. */
export const browserRules: Readonly<Record<VariableNameOf<"browser">, VariableRule>> = variableRulesOf(
  environment,
  "browser",
);

/** Format of each of the backend's variables. */
export const serverRules: Readonly<Record<VariableNameOf<"server">, VariableRule>> = variableRulesOf(
  environment,
  "server",
);
