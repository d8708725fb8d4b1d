import type { Claim } from "../../kernel/ownership.ts";
import { type LiveVariables, pagesEnvironments } from "../api.ts";
import type { PagesVariablesInputs } from "./inputs.ts";
import { alreadyThere, type RecordedVariables } from "./plan.ts";

/** What a resource is about to write in a project, with what exists there. */
export function claimsOf(news: PagesVariablesInputs, known: RecordedVariables, live: LiveVariables): Claim[] {
  const same = alreadyThere(news, known, live);
  return pagesEnvironments.map((environment) => ({
    place: `Pages project "${news.projectName}" (${environment})`,
    wanted: Object.keys(news[environment] ?? {}),
    live: new Set(Object.keys(live[environment])),
    owned: known.owned[environment],
    adopt: news.adopt,
    same: same[environment],
  }));
}
