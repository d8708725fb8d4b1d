import { z } from "zod";
import { dynamicProvider } from "../../kernel/provider.ts";
import { configure, connect } from "../settings.ts";

const projectInputs = z.object({ projectId: z.int().positive(), host: z.url() });
type ProjectInputs = z.infer<typeof projectInputs>;

/**
 * Makes nothing: it verifies that host, key and project fit together before anything that depends on it is made, so that
 * a wrong one is one error and nothing is half-created.
 */
export const project = dynamicProvider<ProjectInputs, { url: string }>({
  inputs: projectInputs,
  identity: ["projectId"],
  configure,
  async create({ projectId }) {
    const api = connect(projectId);
    await api.verify();
    return { id: String(projectId), outputs: { url: `${api.host}/project/${projectId}` } };
  },
  async read(_id, { projectId, host }) {
    const api = connect(projectId);
    return { inputs: { projectId, host }, outputs: { url: `${api.host}/project/${projectId}` } };
  },
  async update(_id, _olds, { projectId }) {
    const api = connect(projectId);
    await api.verify();
    return { url: `${api.host}/project/${projectId}` };
  },
  async delete() {},
});
