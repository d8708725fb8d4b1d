import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { sameJson } from "../../resources/kernel/json.ts";
import { type Adopted, seenAs } from "../../resources/posthog/dashboard/adopt.ts";
import type { DashboardInputs } from "../../resources/posthog/dashboard/inputs.ts";
import type { LiveDashboardParts } from "../../resources/posthog/dashboard/observe.ts";
import { readState } from "../access/state.ts";
import { dashboardType } from "../changes/dashboards.ts";
import { Failure } from "../command/failure.ts";
import { nameOf } from "../plan/plan.ts";
import { plannedWithText } from "../stack/plans.ts";
import type { Stack } from "../stack/stack.ts";
import { managedHere } from "./ownership.ts";

const steps = z.object({
  steps: z.array(
    z.object({
      op: z.string(),
      urn: z.string(),
      newState: z
        .object({
          type: z.string(),
          parent: z.string().optional(),
          inputs: z.record(z.string(), z.unknown()).default({}),
        })
        .nullish(),
    }),
  ),
});

/** The resource that the program makes from a definition that is not adopted yet. */
export interface PlannedResource {
  readonly type: string;
  readonly name: string;
  readonly parent: string | undefined;
  /** Inputs exactly as the program registers them, including the provider's source text. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/**
 * Runs the program to get the definition's resource, so that the adopted inputs are those of the next `up`.
 * @throws Failure when the program fails
 */
export async function plannedDashboard(stack: Stack, key: string): Promise<PlannedResource> {
  const { plan, text } = await plannedWithText(stack);
  if (plan.errors.length > 0) {
    throw new Failure("the program fails with the new definition, so nothing was adopted", {
      fix: plan.errors.join("\n  "),
    });
  }
  const all = steps.parse(JSON.parse(text)).steps;
  const step = all.find(({ newState, urn }) => newState?.type === dashboardType && nameOf(urn) === key);
  if (step?.op !== "create" || !step.newState) {
    throw new Failure(
      step
        ? `the stack has a dashboard "${key}" already`
        : "the program makes no dashboard of the new definition, so nothing was adopted",
      {
        fix: step
          ? "give this one another key: --key <key>"
          : "does index.ts take its dashboards from dashboards/index.ts?",
      },
    );
  }
  const { type, parent, inputs } = step.newState;
  return { type, name: key, parent, inputs };
}

/**
 * Inputs and tiles that a refresh would see differently from the program, by name. Expected to be empty for every known
 * behavior of PostHog.
 */
export function refreshDifferences(
  { inputs }: PlannedResource,
  { outputs }: Adopted,
  observed: LiveDashboardParts,
): string[] {
  const { __provider, ...wanted } = inputs;
  const seen: Record<string, unknown> = { ...seenAs({ inputs: wanted as DashboardInputs, outputs }, observed) };
  const differing = (a: Record<string, unknown>, b: Record<string, unknown>): string[] =>
    [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => !sameJson(a[key], b[key]));
  return differing(wanted, seen).flatMap((field) =>
    field === "tiles"
      ? differing(wanted.tiles as Record<string, unknown>, seen.tiles as Record<string, unknown>).map(
          (key) => `tile "${key}"`,
        )
      : [field],
  );
}

/**
 * Adds the dashboard to the stack's state with `pulumi import`, without a request to PostHog. It cannot be interrupted:
 * Ctrl-C waits until the state is complete.
 * @throws Failure when Pulumi refuses it
 */
export async function adopt(stack: Stack, planned: PlannedResource, id: string, { outputs }: Adopted): Promise<void> {
  const { type, name, parent, inputs } = planned;
  const { __provider, ...own } = inputs;
  const file = {
    nameTable: {} as Record<string, string>,
    resources: [] as object[],
  };
  const known = await readState(stack);
  if (parent !== undefined && known.some(({ urn }) => urn === parent)) file.nameTable.parent = parent;
  else if (parent !== undefined) {
    // A stack that has never been deployed: the component is imported together with the dashboard.
    const component = parent.split("::");
    file.resources.push({ type: component.at(-2), name: "parent", logicalName: component.at(-1), component: true });
  }
  const resource = { type, name, id, inputs, outputs: { ...own, ...outputs, __provider } };
  file.resources.push({ ...resource, ...(parent !== undefined && { parent: "parent" }) });

  const folder = mkdtempSync(join(tmpdir(), "obs-import-"));
  try {
    const path = join(folder, "import.json");
    writeFileSync(path, JSON.stringify(file, null, 2));
    const flags = ["--yes", "--skip-preview", "--protect=false", "--generate-code=false"];
    const ran = await stack.toItsEnd("import", "--file", path, ...flags);
    if (ran.exitCode === 0) return;
    const projectId = Number(inputs.projectId);
    if (managedHere(await readState(stack.uninterrupted()), id, projectId)) return;
    throw new Failure("Pulumi did not adopt the dashboard, so nothing was changed", {
      fix: [ran.stderr, ran.stdout].join("\n").trim().replaceAll("\n", "\n  "),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
