import type { VariableNameOf } from "../../catalog/environment.ts";
import type { App } from "../../catalog/variable.ts";

/*
 * The one place where the package touches the credential map. As with the event catalog, the build puts plain types,
 * with the map's texts as comments, in place of this module.
 */

type VariablesOf<Of extends App> = { readonly [Name in VariableNameOf<Of>]?: string | undefined };

/** The browser app's part of the credential map. Everything is optional: what is not set is not used. */
export interface BrowserVariables extends VariablesOf<"browser"> {}

/** The backend's part of the credential map. Everything is optional: what is not set is not used. */
export interface ServerVariables extends VariablesOf<"server"> {}
