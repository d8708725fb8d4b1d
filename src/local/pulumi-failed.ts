import { join } from "node:path";
import { localFolder } from "./folder.ts";

/** A `pulumi` that ended with an error. */
export interface CommandFailure {
  readonly exitCode: number;
  /** What it said, where it was not printed as it came. */
  readonly stderr?: unknown;
}

/** What to say of it: its own message, unless the terminal has that already. */
export function pulumiFailed({ exitCode, stderr }: CommandFailure): string {
  const said = typeof stderr === "string" ? stderr.replace(/^error: /, "").trim() : "";
  if (said === "") return `pulumi ended with exit code ${exitCode}; its own message stands above`;
  const isState = /checkpoint|deployment|snapshot|unexpected end of JSON|invalid character/i.test(said);
  const fix = `\n  the state of the local stack cannot be read: remove ${join(localFolder, "pulumi", "state")}, and npm start makes it anew`;
  return `pulumi ended with exit code ${exitCode}: ${said}${isState ? fix : ""}`;
}
