import { object } from "../../insights/define/check/json.ts";
import type { LiveDashboard } from "../../resources/posthog/answers.ts";
import type { LiveDashboardParts } from "../../resources/posthog/dashboard/observe.ts";
import { markStart } from "../../resources/posthog/overview.ts";
import { stackTag } from "../../resources/posthog/tags.ts";
import { dashboardType } from "../changes/dashboards.ts";
import { Failure } from "../command/failure.ts";
import type { Resource } from "../plan/plan.ts";

/** Who manages a live dashboard. */
export type Ownership =
  /** Managed by this stack: its state has the dashboard. */
  | { readonly by: "this stack"; readonly resource: Resource }
  /** Managed by nobody; or made by this stack but no longer in its state: then `key` was its key. */
  | { readonly by: "nobody"; readonly key?: string };

const mark = new RegExp(`${markStart}([^/\\s]+)/([^/\\s]+)/([^,\\s]+), dashboards/([a-z0-9-]+)\\.ts`);

interface Here {
  readonly project: string;
  readonly stack: string;
  readonly projectId: number;
}

/**
 * Whether the stack may take the dashboard over.
 * @throws Failure when another stack manages it
 */
export function ownership(
  dashboard: Pick<LiveDashboard, "id" | "name" | "description">,
  state: readonly Resource[],
  { project, stack, projectId }: Here,
): Ownership {
  const resource = managedHere(state, String(dashboard.id), projectId);
  if (resource) return { by: "this stack", resource };
  const [, ownProject, ownStack, , key] = mark.exec(dashboard.description ?? "") ?? [];
  if (key === undefined) return { by: "nobody" };
  if (ownProject === project && ownStack === stack) return { by: "nobody", key };
  throw new Failure(
    `"${dashboard.name ?? ""}" (${dashboard.id}) is managed by the stack ${ownStack} of ${ownProject}, in dashboards/${key}.ts: two stacks would undo each other's changes`,
    {
      fix:
        ownProject === project
          ? `to write its definition from what is live: npx obs import dashboard ${dashboard.id} --stack ${ownStack}`
          : `change it there; or, where ${ownProject} is no more, take the line "${markStart}…" out of its description in PostHog`,
    },
  );
}

/**
 * Tells which insights belong to another definition: of this stack, by its state; of other stacks, by the insights' tag. An
 * insight may be on several dashboards.
 */
export function takenInsights(
  { dashboard, insights }: LiveDashboardParts,
  state: readonly Resource[],
  managedBy: string,
): (insightId: number) => boolean {
  const id = String(dashboard.id);
  const here = state.flatMap((one) =>
    one.type === dashboardType && one.id !== id ? Object.values(object(one.outputs.insightIds)) : [],
  );
  const own = stackTag({ managedBy });
  const tags = (insightId: number) => insights.get(insightId)?.tags ?? [];
  return (insightId) => here.includes(insightId) || tags(insightId).some((tag) => /^code:/.test(tag) && tag !== own);
}

/** The resource of a dashboard in the state of this stack. */
export const managedHere = (state: readonly Resource[], id: string, projectId: number): Resource | undefined =>
  state.find((one) => one.type === dashboardType && one.id === id && one.inputs.projectId === projectId);
