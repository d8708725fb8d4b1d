import type { VendorName } from "../../model/vendors/index.ts";
import { type Setting, setCommand } from "../../platform/settings/commands.ts";
import { Failure } from "../command/failure.ts";
import type { Stack } from "../stack/stack.ts";

/** A resource that the stack needs, with what was found at the vendor. */
export interface ExistingObject {
  readonly kind: "team" | "project" | "key" | "database";
  /** For a person: "the browser app's project operator-ui". */
  readonly what: string;
  /** The vendor's id; undefined when it does not exist. */
  readonly id?: string;
  readonly standing: Standing;
  /** Why this one was chosen, or what happens next. */
  readonly remarks: readonly string[];
}

export type Standing =
  /** It exists, and this report's settings take it over. */
  | "exists"
  /** It exists, and the configuration already takes it over. */
  | "said"
  /** It is in this stack's state. */
  | "managed"
  /** It does not exist: the next `up` creates it. */
  | "absent"
  /** There are several, and none was chosen. */
  | "undecided";

/** Result of the lookup at one vendor. */
export interface ExistingObjects {
  readonly found: readonly ExistingObject[];
  readonly settings: readonly Setting[];
  /** Other existing resources of the same kind. */
  readonly others: readonly string[];
}

/** Existing resources to take over at a vendor. Only settings are written; with them the program imports the resources. */
export interface TakeOverReport {
  readonly stack: string;
  readonly vendor: VendorName<"sentry" | "upstash">;
  readonly dryRun: boolean;
  readonly found: readonly ExistingObject[];
  /** What was set in the stack's configuration; with `dryRun`, what would be. */
  readonly settings: readonly Setting[];
  /** The same as commands. */
  readonly commands: readonly string[];
  /** Other existing resources, each with the option that takes it over instead. */
  readonly others: readonly string[];
}

/**
 * Writes the report's settings, all or none. Writes nothing at the vendor.
 * @throws Failure when Pulumi refuses them
 */
export async function takeOver(
  stack: Stack,
  parts: Omit<TakeOverReport, "stack" | "commands">,
): Promise<TakeOverReport> {
  const { settings, dryRun } = parts;
  if (!dryRun) await setAll(stack, settings);
  return { stack: stack.name, ...parts, commands: settings.map((setting) => setCommand(stack.name, setting)) };
}

/**
 * Sets values of the stack's configuration, all or none.
 * @throws Failure when Pulumi refuses them
 */
export async function setAll(stack: Stack, settings: readonly Setting[]): Promise<void> {
  if (settings.length === 0) return;
  const all = settings.flatMap(({ path, value }) => ["--plaintext", `${path}=${value}`]);
  const { exitCode, stderr } = await stack.toItsEnd("config", "set-all", "--path", ...all);
  if (exitCode !== 0)
    throw new Failure("Pulumi did not take the settings, so nothing was changed", { fix: stderr.trim() });
}
