import type { VariableName } from "../../catalog/environment.ts";
import { type AppVariables, variableAt } from "../access/apps.ts";
import { fails, type Result, skipped, unknown } from "./check.ts";

/** Why a check needs a variable. */
export interface Need {
  /** What is checked with it. */
  readonly what: string;
  /** What happens when it has no value: "the app sends nothing". */
  readonly without: string;
  /** The command that sets it. */
  readonly fix: string;
  /** True when another check reports missing keys. */
  readonly keysAreTold?: true;
}

/** A variable's value, or what to report when there is none. */
export type RequiredVariable = { readonly value: string } | { readonly value: undefined; readonly result: Result };

/** The app's value. When the place could not be read, the variable is never reported as missing. */
export function requiredVariable(
  found: AppVariables,
  name: VariableName,
  { what, without, fix, keysAreTold }: Need,
): RequiredVariable {
  const known = variableAt(found, name);
  const said = (result: Result): RequiredVariable => ({ value: undefined, result: result });
  switch (known.kind) {
    case "value":
      return known;
    case "absent":
      return said(fails(what, `\`${name}\` has no value: ${without}`, fix));
    case "empty":
      return said(fails(what, `\`${name}\` is there, and empty: ${without}`, fix));
    case "hidden":
      return said(skipped(what, `${found.place} shows \`${name}\` to nobody, so it could not be tried`));
    case "not looked at":
      return said(keysAreTold ? skipped(what, known.cause.what) : unknown(what, known.cause));
    case "unreadable":
      return said(unknown(what, known.cause));
  }
}
