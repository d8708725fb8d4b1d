import type { FlagCatalog } from "../../catalog/flag.ts";

export type FlagValue = boolean | string;

/** What an app needs to know of a feature flag: neither its owner nor its rules, so that a bundle may have it. */
export interface FlagFact {
  /** Every value that it may have. */
  readonly values: readonly FlagValue[];
  /** The value while PostHog's is not known. */
  readonly whenAway: FlagValue;
}

/** The facts of all flags, by their keys. */
export const flagFactsOf = (flags: FlagCatalog): Readonly<Record<string, FlagFact>> =>
  Object.fromEntries(
    Object.entries(flags).map(([key, { whenAway, ...flag }]) => [
      key,
      { values: flag.type === "boolean" ? [true, false] : [...Object.keys(flag.variants), false], whenAway },
    ]),
  );
