import type { Claim } from "../../kernel/ownership.ts";
import { environments, type LiveVariables } from "../api.ts";
import type { PagesVariablesInputs } from "./inputs.ts";
import { alreadyThere, type Known } from "./plan.ts";

/** What a resource is about to write in a project, beside what is there. */
export function claimsOf(news: PagesVariablesInputs, known: Known, live: LiveVariables): Claim[] {
  const same = alreadyThere(news, known, live);
  return environments.map((environment) => ({
    place: `Pages project "${news.projectName}" (${environment})`,
    wanted: Object.keys(news[environment] ?? {}),
    live: new Set(Object.keys(live[environment])),
    owned: known.owned[environment],
    adopt: news.adopt,
    same: same[environment],
  }));
}
