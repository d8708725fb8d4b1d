import { randomUUID } from "node:crypto";
import * as z from "zod";
import { parseJson } from "../kit/index.ts";
import { mostFiles } from "./assets.ts";
import { type CloudflareContext, deploymentNotFound, page, refuse, succeeded } from "./envelope.ts";
import { type CloudflareParts, projectPath } from "./parts.ts";
import { deploymentView, type StoredDeployment, type StoredProject } from "./project.ts";

const manifest = z.record(z.string().startsWith("/"), z.string());

const noCommit = { hash: "", message: "", isDirty: false };

type Deployed = Pick<StoredDeployment, "branch" | "commit" | "files">;

/** Deployments: finished at once, with the present variables and the uploaded files. */
export function deploymentRoutes({ app, assets, deployments, findProject }: CloudflareParts): void {
  const deploy = (project: StoredProject, { branch, commit, files }: Deployed): StoredDeployment => {
    const environment = branch === project.production_branch ? "production" : "preview";
    return deployments.put({
      id: randomUUID(),
      projectId: project.id,
      environment,
      created_on: new Date().toISOString(),
      ...{ branch, commit: commit ?? noCommit, files: files ?? {} },
      env_vars: project.deployment_configs[environment].env_vars,
    });
  };
  /** The form of a direct upload; without one, Pages would build the branch. */
  const formOf = async (c: CloudflareContext, project: StoredProject): Promise<Deployed> => {
    const form = c.req.header("Content-Type")?.startsWith("multipart/") ? await c.req.parseBody() : {};
    const field = (name: string): string => (typeof form[name] === "string" ? form[name] : "");
    return {
      branch: field("branch") || project.production_branch,
      commit: {
        hash: field("commit_hash"),
        message: field("commit_message"),
        isDirty: field("commit_dirty") === "true",
      },
      files: filesOf(field("manifest")),
    };
  };
  const filesOf = (text: string): Record<string, string> => {
    const given = text === "" ? {} : manifest.safeParse(json(text)).data;
    if (given === undefined) throw refuse(400, 8000000, "The manifest is not valid.");
    if (Object.keys(given).length > mostFiles) throw refuse(400, 8000000, "The deployment has more than 20,000 files.");
    const [lost] = Object.entries(given).filter(([, key]) => assets.get(key) === null);
    // How Pages words it is not documented.
    if (lost) throw refuse(400, 8000000, `The content of ${lost[0]} was not uploaded.`);
    return given;
  };
  const find = (project: StoredProject, id: string | undefined) => {
    const deployment = deployments.get(id ?? "");
    if (deployment?.projectId !== project.id) throw deploymentNotFound();
    return deployment;
  };

  app.get(`${projectPath}/deployments`, (c) => {
    const project = findProject(c);
    const environment = c.req.query("env");
    const found = deployments
      .where("projectId", project.id)
      .filter((each) => !environment || each.environment === environment);
    return page(c, found.reverse(), (deployment) => deploymentView(deployment, project));
  });
  app.post(`${projectPath}/deployments`, async (c) => {
    const project = findProject(c);
    return c.json(succeeded(deploymentView(deploy(project, await formOf(c, project)), project)));
  });
  app.get(`${projectPath}/deployments/:deployment`, (c) => {
    const project = findProject(c);
    return c.json(succeeded(deploymentView(find(project, c.req.param("deployment")), project)));
  });
  app.post(`${projectPath}/deployments/:deployment/retry`, (c) => {
    const project = findProject(c);
    return c.json(succeeded(deploymentView(deploy(project, find(project, c.req.param("deployment"))), project)));
  });
  app.delete(`${projectPath}/deployments/:deployment`, (c) => {
    deployments.delete(find(findProject(c), c.req.param("deployment")).id);
    return c.json(succeeded(null));
  });
}

function json(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
