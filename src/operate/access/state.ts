import { z } from "zod";
import type { App } from "../../catalog/variable.ts";
import { type DashboardView, dashboardType, dashboardView } from "../changes/dashboards.ts";
import { Failure } from "../command/failure.ts";
import { nameOf, type Resource } from "../plan/plan.ts";
import { pulumiMessage, type Stack } from "../stack/stack.ts";
import type { Access } from "./access.ts";

const exported = z.object({
  deployment: z
    .object({
      resources: z
        .array(
          z.object({
            urn: z.string(),
            type: z.string(),
            id: z.string().optional(),
            protect: z.boolean().optional(),
            retainOnDelete: z.boolean().optional(),
            inputs: z.record(z.string(), z.unknown()).default({}),
            outputs: z.record(z.string(), z.unknown()).default({}),
          }),
        )
        .nullish(),
    })
    // The stack has never been deployed.
    .nullish(),
});

/** The stack's resources as the last `up` left them. Secrets stay encrypted. */
export async function readState(stack: Stack): Promise<Resource[]> {
  const { exitCode, stdout, stderr } = await stack.look("stack", "export");
  if (exitCode !== 0) throw new Failure(`the stack's state cannot be read: ${pulumiMessage(stderr)}`);
  const { deployment } = exported.parse(JSON.parse(stdout));
  return (deployment?.resources ?? []).map(
    ({ urn, type, id, protect = false, retainOnDelete = false, inputs, outputs }) => ({
      ...{ urn, name: nameOf(urn), type, id, protect, retainOnDelete, inputs, outputs },
    }),
  );
}

/** The deployed dashboards with their addresses. */
export const dashboardsIn = (state: readonly Resource[]): DashboardView[] =>
  state.filter(({ type }) => type === dashboardType).map(dashboardView);

/** The DSN of each app's key, when the stack has created it. */
export function dsnsIn(state: readonly Resource[], { sentry }: Access): Record<App, string | undefined> {
  const of = (slug: string): string | undefined => {
    const key = state.findLast(
      ({ type, inputs, outputs }) =>
        type === "sentry:index/sentryKey:SentryKey" && (inputs.project === slug || outputs.project === slug),
    );
    return typeof key?.outputs.dsnPublic === "string" ? key.outputs.dsnPublic : undefined;
  };
  return { browser: of(sentry.projects.browser), server: of(sentry.projects.server) };
}
