import type { VariableName } from "../../catalog/environment.ts";
import { type AppVariables, variableAt } from "../access/apps.ts";
import { fails, type Result, skipped, unknown } from "./check.ts";

/** What a check needs a variable for. */
export interface Need {
  /** What is looked at with it. */
  readonly what: string;
  /** What follows where it has no value: "the app sends nothing". */
  readonly without: string;
  /** What puts it in its place. */
  readonly fix: string;
  /** Another check tells of keys that are missing. */
  readonly keysAreTold?: true;
}

/** A variable's value, or what is to be said where there is none to work with. */
export type RequiredVariable = { readonly value: string } | { readonly value: undefined; readonly result: Result };

/** The value that an app has. Of a place that could not be read it is never said that something is missing there. */
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
