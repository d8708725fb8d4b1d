import type { VendorName } from "../../model/vendors/index.ts";
import type { Setting } from "../../platform/settings/commands.ts";
import type { Question } from "./questions.ts";

/** What a look at one vendor came to. */
export interface VendorLook {
  readonly vendor: VendorName;
  /** "not looked at": there is no key, or something that it needs is not decided yet. */
  readonly state: "looked at" | "not looked at" | "refused";
  /** What was found, or why nothing was: sentences for a person. */
  readonly found: readonly string[];
  /** What the key lacks for an `up`, as a person ticks it at the vendor. */
  readonly lacks: readonly string[];
}

/** Something that keeps the stack from being previewed. */
export interface Missing {
  readonly problem: string;
  readonly fix: string;
}

/** What a stack needs, what of it is at the vendors, and what was set. */
export interface SetupReport {
  readonly stack: string;
  readonly dryRun: boolean;
  /** Whether the stack is new: made by this run, or to be made. */
  readonly isNewStack: boolean;
  readonly vendors: readonly VendorLook[];
  /** What was set in the stack's configuration; with `dryRun`, what would be. Never a secret. */
  readonly settings: readonly Setting[];
  /** The same as commands. */
  readonly commands: readonly string[];
  /** Keys that were typed, and are stored encrypted in the configuration: their names there. */
  readonly storedKeys: readonly string[];
  /** What only a person can decide. */
  readonly questions: readonly Question[];
  /** What is wrong or missing besides. */
  readonly missing: readonly Missing[];
}

/** Whether nothing is left to be done before a preview. */
export const isComplete = ({ questions, missing, vendors }: SetupReport): boolean =>
  questions.length === 0 &&
  missing.length === 0 &&
  vendors.every(({ state, lacks }) => state === "looked at" && lacks.length === 0);
