import { type Plan, readPlan } from "../plan/plan.ts";
import type { Ran, Stack } from "./stack.ts";

/** What an `up` would do. `savePlan`: a file that the plan is written to. */
export const planned = (stack: Stack, savePlan?: string): Promise<Plan> =>
  planOf(stack, [
    ...["preview", "--json", "--show-sames", "--run-program"],
    ...(savePlan === undefined ? [] : ["--save-plan", savePlan]),
  ]);

/** The same with what Pulumi printed, for what a plan leaves out. */
export async function plannedWithText(stack: Stack): Promise<{ plan: Plan; text: string }> {
  const ran = await stack.run("preview", "--json", "--run-program");
  return { plan: planIn(ran), text: ran.stdout };
}

/** What is live, beside what was written. Writes nothing, neither at the vendors nor into the state. */
export const observed = (stack: Stack): Promise<Plan> =>
  planOf(stack, ["refresh", "--preview-only", "--json", "--run-program"]);

const planOf = async (stack: Stack, args: readonly string[]): Promise<Plan> => planIn(await stack.run(...args));

function planIn(ran: Ran): Plan {
  const plan = ran.stdout.trim() === "" ? emptyPlan : readPlan(ran.stdout);
  if (ran.exitCode === 0 || plan.errors.length > 0) return plan;
  return { ...plan, errors: [wordsOf(ran)] };
}

const emptyPlan: Plan = { changes: [], resources: [], configuration: {}, errors: [], warnings: [] };

/** What Pulumi says where it has no diagnostics: a passphrase that is missing, a login, a lock. */
function wordsOf({ stderr, exitCode }: Ran): string {
  const words = stderr.replace(/^error: /gm, "").trim();
  return words === "" ? `pulumi ended with exit code ${exitCode} and said nothing` : words;
}
