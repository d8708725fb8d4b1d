// Read-only requests of the program to Cloudflare, before anything is written, also in a preview.
import { type Foreign, foreignIn } from "../kernel/ownership.ts";
import { noProject } from "./explain.ts";
import { connect } from "./settings.ts";
import { claimsOf } from "./variables/claims.ts";
import type { PagesVariablesInputs, PagesVariablesOutputs } from "./variables/inputs.ts";
import { nothingRecorded } from "./variables/plan.ts";

export { configure } from "./settings.ts";

/** Whether the account has a Pages project of this name. */
export const hasProject = async (accountId: string, projectName: string): Promise<boolean> =>
  (await connect(accountId).variables(projectName)) !== undefined;

/**
 * Variables that a `PagesVariables` resource with these inputs would refuse to overwrite. An unknown value counts as
 * different from the live one.
 * @param owned names that the resource wrote; undefined for one that is not made yet
 * @throws Error where there is no such project
 */
export async function foreignVariables(
  wanted: PagesVariablesInputs,
  owned: PagesVariablesOutputs["owned"] = nothingRecorded.owned,
): Promise<Foreign[]> {
  const { accountId, projectName } = wanted;
  const live = await connect(accountId).variables(projectName);
  if (!live) throw new Error(noProject(projectName, accountId));
  return foreignIn(claimsOf(wanted, { ...nothingRecorded, owned }, live));
}
