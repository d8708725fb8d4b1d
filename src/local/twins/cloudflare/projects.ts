import { randomUUID } from "node:crypto";
import * as z from "zod";
import { page, projectExists, projectNotFound, readBody, refuse, succeeded } from "./envelope.ts";
import { isObject, mergeConfig, mergePatch, type TypelessVariables, VariableError } from "./merge.ts";
import { type CloudflareParts, projectPath, projectsPath } from "./parts.ts";
import { type DeploymentConfig, defaultConfig, pagesEnvironments, projectView, type StoredProject } from "./project.ts";

const settings = z.record(z.string(), z.unknown());
const configs = z.looseObject({ production: settings.nullish(), preview: settings.nullish() }).nullish();
const newProject = z.looseObject({
  name: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,56}[a-z0-9])?$/, "must be 1 to 58 lowercase letters, numbers and inner dashes"),
  production_branch: z.string().min(1),
  build_config: settings.nullish(),
  source: settings.nullish(),
  deployment_configs: configs,
});
const changedProject = z.looseObject({
  production_branch: z.string().min(1).optional(),
  build_config: settings.nullish(),
  source: settings.nullish(),
  deployment_configs: configs,
});

/** Pages projects. API: developers.cloudflare.com/api/resources/pages/subresources/projects */
export function projectRoutes(parts: CloudflareParts): void {
  const { app, projects, deployments, domains, typelessVariables } = parts;
  const view = (project: StoredProject) =>
    projectView(
      project,
      domains.where("projectId", project.id),
      deployments.where("projectId", project.id).at(-1) ?? null,
    );

  app.get(projectsPath, (c) =>
    page(
      c,
      projects.all().filter(({ account }) => account === c.req.param("account")),
      view,
    ),
  );

  app.post(projectsPath, async (c) => {
    const body = await readBody(c, newProject);
    const account = c.req.param("account");
    const id = `${account}/${body.name}`;
    if (projects.get(id) !== null) throw projectExists();
    const now = new Date();
    const project: StoredProject = {
      id,
      account,
      uuid: randomUUID(),
      name: body.name,
      production_branch: body.production_branch,
      created_on: now.toISOString(),
      build_config: body.build_config ?? {},
      source: body.source ?? null,
      deployment_configs: mergeConfigs(
        { production: defaultConfig(now), preview: defaultConfig(now) },
        body.deployment_configs ?? {},
        typelessVariables,
      ),
    };
    return c.json(succeeded(view(projects.put(project))));
  });

  app.get(projectPath, (c) => c.json(succeeded(view(parts.findProject(c)))));

  app.patch(projectPath, async (c) => {
    const project = parts.findProject(c);
    const body = await readBody(c, changedProject);
    const merged = (before: Record<string, unknown>, change: unknown) =>
      change === undefined ? before : change === null ? {} : (mergePatch(before, change) as Record<string, unknown>);
    const changed: StoredProject = {
      ...project,
      production_branch: body.production_branch ?? project.production_branch,
      build_config: merged(project.build_config, body.build_config),
      source:
        body.source === null
          ? null
          : body.source === undefined
            ? project.source
            : merged(project.source ?? {}, body.source),
      deployment_configs: mergeConfigs(project.deployment_configs, body.deployment_configs ?? {}, typelessVariables),
    };
    return c.json(succeeded(view(projects.put(changed))));
  });

  app.delete(projectPath, (c) => {
    const { id } = parts.findProject(c);
    for (const deployment of deployments.where("projectId", id)) deployments.delete(deployment.id);
    for (const domain of domains.where("projectId", id)) domains.delete(domain.id);
    if (!projects.delete(id)) throw projectNotFound();
    return c.json(succeeded(null));
  });
}

function mergeConfigs(
  before: StoredProject["deployment_configs"],
  patch: z.output<typeof configs> & object,
  typeless: TypelessVariables,
): StoredProject["deployment_configs"] {
  const after = { ...before };
  for (const environment of pagesEnvironments) {
    const change = patch[environment];
    if (isObject(change)) after[environment] = checkedMerge(before[environment], change, typeless);
  }
  return after;
}

function checkedMerge(config: DeploymentConfig, change: Record<string, unknown>, typeless: TypelessVariables) {
  try {
    return mergeConfig(config, change, typeless);
  } catch (error) {
    if (error instanceof VariableError) throw refuse(400, 8000000, `Invalid environment variable ${error.message}`);
    throw error;
  }
}
