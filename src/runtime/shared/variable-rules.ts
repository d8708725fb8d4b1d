import type { App, VariableTable } from "../../catalog/variable.ts";
import type { VariableRule } from "./variables.ts";

/**
 * Reads the rules of one app from the credential map: each variable's schema is a text with one pattern. Needs zod, as
 * the map does.
 */
export function variableRulesOf<Name extends string>(table: VariableTable, app: App): Record<Name, VariableRule> {
  const ofApp = Object.entries(table).filter(([, variable]) => variable.app === app);
  return Object.fromEntries(
    ofApp.map(([name, { value }]) => {
      const [check, ...others] = value._zod.def.checks ?? [];
      const { pattern } = (check?._zod.def ?? {}) as { pattern?: RegExp };
      const { success, error } = value.safeParse("\n");
      if (!pattern || others.length > 0 || success) {
        throw new Error(`${name} in src/catalog/environment.ts must be checked by one pattern: the apps check it, too`);
      }
      const flags = pattern.flags.replace("u", "");
      const [issue] = error.issues;
      return [name, { pattern: pattern.source, ...(flags && { flags }), expected: issue?.message ?? "is wrong" }];
    }),
  ) as Record<Name, VariableRule>;
}
