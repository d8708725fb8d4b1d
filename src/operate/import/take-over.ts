import type { VendorName } from "../../model/vendors/index.ts";
import { type Setting, setCommand } from "../../platform/settings/commands.ts";
import { Failure } from "../command/failure.ts";
import type { Stack } from "../stack/stack.ts";

/** Something that the stack needs at a vendor, as it was found there. */
export interface ExistingObject {
  readonly kind: "team" | "project" | "key" | "database";
  /** For a person: "the browser app's project operator-ui". */
  readonly what: string;
  /** What the vendor knows it by; undefined where there is none. */
  readonly id?: string;
  readonly standing: Standing;
  /** Why it is this one, or what follows. */
  readonly remarks: readonly string[];
}

export type Standing =
  /** It exists, and is taken over by the settings of this report. */
  | "exists"
  /** It exists, and the configuration says so already. */
  | "said"
  /** This stack's state knows it. */
  | "managed"
  /** There is none: the next `up` makes it. */
  | "absent"
  /** There are several, and nobody has said which. */
  | "undecided";

/** What a look at a vendor came to. */
export interface ExistingObjects {
  readonly found: readonly ExistingObject[];
  readonly settings: readonly Setting[];
  /** What exists there besides. */
  readonly others: readonly string[];
}

/** What is taken over of what exists at a vendor: by settings alone, with which the program imports it. */
export interface TakeOverReport {
  readonly stack: string;
  readonly vendor: VendorName<"sentry" | "upstash">;
  readonly dryRun: boolean;
  readonly found: readonly ExistingObject[];
  /** What was set in the stack's configuration; with `dryRun`, what would be. */
  readonly settings: readonly Setting[];
  /** The same as commands. */
  readonly commands: readonly string[];
  /** What exists there besides, with what takes it over in place of what was found. */
  readonly others: readonly string[];
}

/**
 * Sets what the report says, all of it or nothing, and writes nothing at the vendor.
 * @throws Failure where Pulumi does not take it
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
 * Sets values of the stack's configuration, all of them or none.
 * @throws Failure where Pulumi does not take them
 */
export async function setAll(stack: Stack, settings: readonly Setting[]): Promise<void> {
  if (settings.length === 0) return;
  const all = settings.flatMap(({ path, value }) => ["--plaintext", `${path}=${value}`]);
  const { exitCode, stderr } = await stack.toItsEnd("config", "set-all", "--path", ...all);
  if (exitCode !== 0)
    throw new Failure("Pulumi did not take the settings, so nothing was changed", { fix: stderr.trim() });
}
