import { people } from "../../catalog/people.ts";
import type { PersonRules } from "./rule.ts";
import { personRulesOf } from "./rules.ts";

/*
 * The one place where the package touches the catalog of people, apart from that of events: a page's first chunk has no
 * use for it. The build puts its plain form in place of this module (build/compile-catalog.ts).
 */

export type { PersonProperties } from "../../catalog/people.ts";

/** What may be known of a person. */
export const personRules: PersonRules = personRulesOf(people);
