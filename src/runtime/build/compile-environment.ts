import type { App, VariableTable } from "../../catalog/variable.ts";
import { variableRulesOf } from "../shared/variable-rules.ts";
import { comment } from "./compile-catalog.ts";

/** Compiles the credential map to plain types and rules with the map's texts; replaces shared/environment.ts in the package. */
export function compileEnvironment(table: VariableTable): string {
  const variablesOf = (app: App) =>
    Object.entries(table)
      .filter(([, variable]) => variable.app === app)
      .map(
        ([name, { meaning, example }]) => `${comment(`${meaning} E.g. ${example}`, "  ")}
  readonly ${name}?: string | undefined;`,
      )
      .join("\n");
  const rules = (app: App) => JSON.stringify(variableRulesOf(table, app));
  return `import type { VariableRule } from "./variables.ts";

/** The browser app's part of the credential map. Everything is optional: what is not set is not used. */
export interface BrowserVariables {
${variablesOf("browser")}
}

/** The backend's part of the credential map. Everything is optional: what is not set is not used. */
export interface ServerVariables {
${variablesOf("server")}
}

/** What each of the browser app's variables must look like. */
export const browserRules: Readonly<Record<keyof BrowserVariables, VariableRule>> = ${rules("browser")};

/** What each of the backend's variables must look like. */
export const serverRules: Readonly<Record<keyof ServerVariables, VariableRule>> = ${rules("server")};
`;
}
