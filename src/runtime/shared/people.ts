import { people } from "../../catalog/people.ts";
import type { PersonRules } from "./rule.ts";
import { personRulesOf } from "./rules.ts";

/*
 * The only module that uses the catalog of people, separate from that of events: a page's first chunk does not need it.
 * The build replaces it by plain data (build/compile-catalog.ts).
 */

export type { PersonProperties } from "../../catalog/people.ts";

/** The allowed properties of a person. */
export const personRules: PersonRules = personRulesOf(people);
