import type { Claim } from "../../kernel/ownership.ts";
import type { ServiceVariablesInputs } from "./inputs.ts";

/** What a resource is about to write to a service, with what exists there. */
export function claimOf(
  { serviceId, variables, adopt }: ServiceVariablesInputs,
  owned: readonly string[],
  live: ReadonlyMap<string, string>,
): Claim {
  const wanted = Object.keys(variables);
  const same = new Set(wanted.filter((name) => live.get(name) === variables[name]?.value));
  return { place: `Render service ${serviceId}`, wanted, live: new Set(live.keys()), owned, adopt, same };
}
