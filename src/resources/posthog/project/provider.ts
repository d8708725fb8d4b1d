import type { dynamic } from "@pulumi/pulumi";
import { z } from "zod";
import { dynamicProvider } from "../../kernel/provider.ts";
import type { PostHogConnections } from "../settings.ts";

const projectInputs = z.object({ projectId: z.int().positive(), host: z.url() });
type ProjectInputs = z.infer<typeof projectInputs>;

/**
 * Makes nothing: it verifies that host, key and project fit together before anything that depends on it is made, so that
 * a wrong one is one error and nothing is half-created. It does so by the one list that all new dashboards need.
 */
export function projectProvider({ configure, connect }: PostHogConnections): dynamic.ResourceProvider {
  const verify = async (projectId: number): Promise<{ url: string }> => {
    await connect(projectId).overview.dashboards();
    return urlOf(projectId);
  };
  const urlOf = (projectId: number) => ({ url: `${connect(projectId).host}/project/${projectId}` });
  return dynamicProvider<ProjectInputs, { url: string }>({
    inputs: projectInputs,
    identity: ["projectId"],
    configure,
    create: async ({ projectId }) => ({ id: String(projectId), outputs: await verify(projectId) }),
    read: async (_id, { projectId, host }) => ({ inputs: { projectId, host }, outputs: urlOf(projectId) }),
    update: async (_id, _olds, { projectId }) => verify(projectId),
    delete: async () => {},
  });
}
