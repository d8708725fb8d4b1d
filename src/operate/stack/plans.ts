import { z } from "zod";
import { emptyPlan, type Plan, type Resource, readPlan } from "../plan/plan.ts";
import type { Ran, Stack } from "./stack.ts";

/** What an `up` would do. `savePlan`: path to save the plan to. */
export const planStack = (stack: Stack, savePlan?: string): Promise<Plan> =>
  planOf(stack, [
    ...["preview", "--json", "--show-sames", "--run-program"],
    ...(savePlan === undefined ? [] : ["--save-plan", savePlan]),
  ]);

/** The same with Pulumi's raw output, which has more than the plan. */
export async function plannedWithText(stack: Stack): Promise<{ plan: Plan; text: string }> {
  const ran = await stack.run("preview", "--json", "--run-program");
  return { plan: planIn(ran), text: ran.stdout };
}

const look = ["refresh", "--preview-only", "--json", "--run-program"];

/**
 * Compares what is live with what was written. Changes neither the vendors nor the state. Pulumi stops at the first resource
 * that cannot be read; the refresh is then repeated without it, or without its whole vendor if the vendor is the problem.
 */
export async function planRefresh(stack: Stack): Promise<Plan> {
  const all = await planOf(stack, look);
  if (all.failed.length === 0) return all;
  const troubled = Object.values(Object.groupBy(all.failed, vendorPattern)).filter((urns = []) => urns.length > 2);
  const vendors = troubled.flatMap((urns = []) => vendorPattern(urns[0] ?? ""));
  const others = await planOf(stack, [...look, ...excluding([...all.failed, ...vendors])]);
  const errors = [...all.errors, ...others.errors];
  if (others.failed.length === 0) return { ...others, errors, failed: all.failed };
  const failed = [...new Set([...all.failed, ...others.failed])];
  const rest = await planOf(stack, [...look, ...excluding([...failed, ...new Set(failed.map(vendorPattern))])]);
  return { ...rest, errors: [...new Set([...errors, ...rest.errors])], failed: [...failed, ...rest.failed] };
}

const excluding = (urns: readonly string[]): string[] => urns.flatMap((urn) => ["--exclude", urn]);

/** Pattern for all resources of the same vendor: `**posthog:**` for `…::pulumi-nodejs:dynamic/posthog:Dashboard::x`. */
const vendorPattern = (urn: string): string => `**${/(?:dynamic\/)?(\w+):[\w/]+::[^:]*$/.exec(urn)?.[1] ?? urn}:**`;

/** The release of the last `up`: only the pipeline sets it, so a read-only run would show a difference without it. */
export function asReleased(stack: Stack, resources: readonly Resource[]): Stack {
  const mark = resources.find(({ type }) => type === "pulumi-nodejs:dynamic/posthog:Annotation");
  const { release, commit } = mark?.inputs ?? {};
  const named = Object.entries({ RELEASE: release, RELEASE_COMMIT: commit });
  const given = named.filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && !stack.env[entry[0]],
  );
  return stack.withVariables(Object.fromEntries(given));
}

const exported = z.object({
  deployment: z
    .object({
      resources: z.array(z.object({ type: z.string() })).nullish(),
      pending_operations: z.array(z.object({ resource: z.object({ urn: z.string() }), type: z.string() })).nullish(),
    })
    .nullish(),
});

const deploymentOf = async (stack: Stack) => {
  const { exitCode, stdout } = await stack.look("stack", "export");
  return exitCode === 0 ? { known: exported.parse(JSON.parse(stdout)).deployment ?? {} } : undefined;
};

/** Whether the state has no resources. An unreadable state does not count as empty. */
export async function isNothingDeployed(stack: Stack): Promise<boolean> {
  const found = await deploymentOf(stack);
  if (!found || (found.known.pending_operations ?? []).length > 0) return false;
  return (found.known.resources ?? []).every(({ type }) => /^(pulumi|brandvx):/.test(type));
}

/** Unfinished operations of a killed `up`: "creating", by URN. */
export async function interruptedIn(stack: Stack): Promise<ReadonlyMap<string, string>> {
  const found = await deploymentOf(stack);
  return new Map((found?.known.pending_operations ?? []).map(({ resource, type }) => [resource.urn, type]));
}

const planOf = async (stack: Stack, args: readonly string[]): Promise<Plan> => planIn(await stack.run(...args));

function planIn(ran: Ran): Plan {
  const plan = ran.stdout.trim() === "" ? emptyPlan : readPlan(ran.stdout);
  if (ran.exitCode === 0 || plan.errors.length > 0) return plan;
  return { ...plan, errors: [wordsOf(ran)] };
}

/** Pulumi's message when it has no diagnostics: a missing passphrase, a login, a lock. */
function wordsOf({ stderr, exitCode }: Ran): string {
  const words = stderr.replace(/^error: /gm, "").trim();
  return words === "" ? `pulumi ended with exit code ${exitCode} and without a message` : words;
}
