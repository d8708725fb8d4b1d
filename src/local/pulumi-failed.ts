import { join } from "node:path";
import { ExecaError } from "execa";
import { localFolder } from "./folder.ts";

/** A `pulumi` that ended with an error. */
export interface CommandFailure {
  /** Undefined where it was ended, or could not be started. */
  readonly exitCode?: number | undefined;
  /** What ended it: "SIGKILL". */
  readonly signal?: string | undefined;
  /** What it said. Not a text where it was printed as it came. */
  readonly stderr?: unknown;
  readonly stdout?: unknown;
  /** Why it could not be started. */
  readonly originalMessage?: string | undefined;
}

export const isCommandFailure = (error: unknown): error is Error & CommandFailure =>
  error instanceof ExecaError &&
  (error.exitCode !== undefined || error.signal !== undefined || error.code !== undefined);

/** The error message: Pulumi's own, unless the terminal already shows it. */
export function pulumiFailed({ exitCode, signal, stderr, stdout, originalMessage }: CommandFailure): string {
  const ended =
    exitCode !== undefined
      ? `pulumi ended with exit code ${exitCode}`
      : signal !== undefined
        ? `pulumi was ended from outside (${signal}): by somebody, or by a machine that is short of memory`
        : `pulumi could not be started: ${originalMessage ?? "nothing says why"}`;
  const isPrinted = typeof stderr !== "string" && typeof stdout !== "string";
  if (isPrinted) return exitCode === undefined ? ended : `${ended}; what it said stands above`;
  const message = [stderr, stdout]
    .map((text) => (typeof text === "string" ? text.replace(/^error: /, "").trim() : ""))
    .find(Boolean);
  if (message === undefined) return exitCode === undefined ? ended : `${ended}, and said nothing`;
  const isState = /checkpoint|deployment|snapshot|unexpected end of JSON|invalid character/i.test(message);
  const fix = `\n  the state of the local stack cannot be read: remove ${join(localFolder, "pulumi", "state")}, and npm start creates it again`;
  return `${ended}: ${message}${isState ? fix : ""}`;
}
