// Read-only requests of the program to Render, before anything is written, also in a preview.
import { type Foreign, foreignIn } from "../kernel/ownership.ts";
import { noService } from "./explain.ts";
import { connect } from "./settings.ts";
import { claimOf } from "./variables/claim.ts";
import type { ServiceVariablesInputs } from "./variables/inputs.ts";

export { configure } from "./settings.ts";

/**
 * Variables that a `ServiceVariables` resource with these inputs would refuse to overwrite. An unknown value counts as
 * different from the live one.
 * @param owned names that the resource wrote; none for one that is not made yet
 * @throws Error where there is no such service
 */
export async function foreignVariables(
  wanted: ServiceVariablesInputs,
  owned: readonly string[] = [],
): Promise<Foreign[]> {
  const live = await connect().variables(wanted.serviceId);
  if (!live) throw new Error(noService(wanted.serviceId));
  return foreignIn([claimOf(wanted, owned, live)]);
}
