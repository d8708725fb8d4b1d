import type { VendorName } from "../../model/vendors/index.ts";
import type { Setting } from "../../platform/settings/commands.ts";
import type { Question } from "./questions.ts";

/** Result of the look at one vendor. */
export interface VendorLook {
  readonly vendor: VendorName;
  /** "not looked at": there is no key, or a needed decision is still open. */
  readonly state: "looked at" | "not looked at" | "refused";
  /** Sentences for a person: what was found, or why nothing was. */
  readonly found: readonly string[];
  /** Permissions that the key lacks for an `up`, as the vendor's form names them. */
  readonly lacks: readonly string[];
}

/** A problem that prevents a preview of the stack. */
export interface Missing {
  readonly problem: string;
  readonly fix: string;
}

/** What a stack needs, what of it exists at the vendors, and what was set. */
export interface SetupReport {
  readonly stack: string;
  readonly dryRun: boolean;
  /** Whether the stack is new: created by this run, or still to be created. */
  readonly isNewStack: boolean;
  readonly vendors: readonly VendorLook[];
  /** Values set in the stack's configuration; with `dryRun`, those that would be. Never a secret. */
  readonly settings: readonly Setting[];
  /** The same as commands. */
  readonly commands: readonly string[];
  /** Configuration names of keys that were typed and stored encrypted. */
  readonly storedKeys: readonly string[];
  /** Questions that only a person can decide. */
  readonly questions: readonly Question[];
  /** Other missing or wrong settings. */
  readonly missing: readonly Missing[];
}

/** Whether the stack is ready for a preview. */
export const isComplete = ({ questions, missing, vendors }: SetupReport): boolean =>
  questions.length === 0 &&
  missing.length === 0 &&
  vendors.every(({ state, lacks }) => state === "looked at" && lacks.length === 0);
