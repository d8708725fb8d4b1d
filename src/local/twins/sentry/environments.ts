import * as z from "zod";
import { invalid, notFound, page, readBody, type SentryContext } from "./http.ts";
import type { SentryEnvironment, SentryModel } from "./model.ts";
import { findProject, organizationPath, projectPath, type SentryParts } from "./parts.ts";

/** An environment exists from the first event or deploy that uses it. Sentry: src/sentry/models/environment.py */
export function keepEnvironment(model: SentryModel, name: string, projectIds: readonly string[]): void {
  const known = model.environments.where("name", name)[0];
  const environment = known ?? { id: model.newId(), name, projectIds: [] };
  model.environments.put({ ...environment, projectIds: [...new Set([...environment.projectIds, ...projectIds])] });
}

/**
 * Sentry: src/sentry/api/serializers/rest_framework/environment.py, EnvironmentField. `at` reports the message under
 * the field.
 */
export function refuseUnknown(
  { model }: Pick<SentryParts, "model">,
  name: string | null | undefined,
  at: (words: { environment: string[] }) => Record<string, unknown> = (words) => words,
): void {
  if (name === null || name === undefined || model.environments.where("name", name).length > 0) return;
  throw invalid(at({ environment: ["Environment is not part of this organization"] }));
}

/** Sentry: src/sentry/api/endpoints/{organization_environments,project_environments,project_environment_details}.py */
export function environmentRoutes(parts: SentryParts): void {
  const { app, model } = parts;
  const view = ({ id, name }: SentryEnvironment) => ({ id, name });
  const isHidden = ({ hiddenIn = [] }: SentryEnvironment, projectId: string) => hiddenIn.includes(projectId);
  const inProject = (projectId: string) => (environment: SentryEnvironment) => ({
    ...view(environment),
    isHidden: isHidden(environment, projectId),
  });
  /** `visible` asks for those that a project shows; an environment that no project has yet is shown. */
  const isAsked = (c: SentryContext, environment: SentryEnvironment, projectIds: readonly string[]): boolean => {
    const visibility = c.req.query("visibility") ?? "visible";
    if (!["all", "hidden", "visible"].includes(visibility)) throw invalid({ detail: "Invalid visibility" });
    if (visibility === "all") return true;
    const wanted = visibility === "hidden";
    return projectIds.length === 0 ? !wanted : projectIds.some((id) => isHidden(environment, id) === wanted);
  };
  const find = (c: SentryContext) => {
    const { id } = findProject(parts, c.req.param("project") ?? "");
    const environment = model.environments.where("name", c.req.param("environment") ?? "")[0];
    if (!environment?.projectIds.includes(id)) throw notFound();
    return { id, environment };
  };

  app.get(`${organizationPath}/environments/`, (c) =>
    page(
      c,
      model.environments.all().filter((environment) => isAsked(c, environment, environment.projectIds)),
      view,
    ),
  );
  app.get(`${projectPath}/environments/`, (c) => {
    const { id } = findProject(parts, c.req.param("project"));
    const ofProject = model.environments.all().filter(({ projectIds }) => projectIds.includes(id));
    return page(
      c,
      ofProject.filter((environment) => isAsked(c, environment, [id])),
      inProject(id),
    );
  });
  app.get(`${projectPath}/environments/:environment/`, (c) => {
    const { id, environment } = find(c);
    return c.json(inProject(id)(environment));
  });
  app.put(`${projectPath}/environments/:environment/`, async (c) => {
    const { id, environment } = find(c);
    const { isHidden: hides } = await readBody(c, z.looseObject({ isHidden: z.boolean() }));
    const others = (environment.hiddenIn ?? []).filter((one) => one !== id);
    const changed = model.environments.put({ ...environment, hiddenIn: hides ? [...others, id] : others });
    return c.json(inProject(id)(changed));
  });
}
