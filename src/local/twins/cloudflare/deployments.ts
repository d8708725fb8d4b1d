import { randomUUID } from "node:crypto";
import { deploymentNotFound, page, succeeded } from "./envelope.ts";
import { type CloudflareParts, projectPath } from "./parts.ts";
import { deploymentView, type StoredDeployment, type StoredProject } from "./project.ts";

/** Deployments: finished at once, with the present variables. Uploaded files are accepted and discarded. */
export function deploymentRoutes({ app, deployments, findProject }: CloudflareParts): void {
  const deploy = (project: StoredProject, branch: string): StoredDeployment => {
    const environment = branch === project.production_branch ? "production" : "preview";
    return deployments.put({
      id: randomUUID(),
      projectId: project.id,
      environment,
      created_on: new Date().toISOString(),
      branch,
      env_vars: project.deployment_configs[environment].env_vars,
    });
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
    const form = c.req.header("Content-Type")?.startsWith("multipart/") ? await c.req.parseBody() : {};
    const branch = typeof form.branch === "string" ? form.branch : project.production_branch;
    return c.json(succeeded(deploymentView(deploy(project, branch), project)));
  });
  app.get(`${projectPath}/deployments/:deployment`, (c) => {
    const project = findProject(c);
    return c.json(succeeded(deploymentView(find(project, c.req.param("deployment")), project)));
  });
  app.post(`${projectPath}/deployments/:deployment/retry`, (c) => {
    const project = findProject(c);
    return c.json(succeeded(deploymentView(deploy(project, find(project, c.req.param("deployment")).branch), project)));
  });
  app.delete(`${projectPath}/deployments/:deployment`, (c) => {
    deployments.delete(find(findProject(c), c.req.param("deployment")).id);
    return c.json(succeeded(null));
  });
}
