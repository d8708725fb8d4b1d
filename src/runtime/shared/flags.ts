import { type FlagKey, flags } from "../../catalog/flags.ts";
import { type FlagFact, flagFactsOf } from "./flag-facts.ts";

/*
 * The only module that uses the catalog of feature flags. The build replaces it by plain data and types
 * (build/compile-catalog.ts).
 */

export type { FlagKey, FlagValueOf } from "../../catalog/flags.ts";

/** The values of every flag. */
export const flagFacts = flagFactsOf(flags) as Readonly<Record<FlagKey, FlagFact>>;
