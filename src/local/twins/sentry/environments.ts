import { invalid, notFound, page } from "./http.ts";
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

/** Sentry: src/sentry/api/endpoints/{organization_environments,project_environments}.py */
export function environmentRoutes(parts: SentryParts): void {
  const { app, model } = parts;
  const view = ({ id, name }: SentryEnvironment) => ({ id, name });
  const inProject = (environment: SentryEnvironment) => ({ ...view(environment), isHidden: false });

  app.get(`${organizationPath}/environments/`, (c) => page(c, model.environments.all(), view));
  app.get(`${projectPath}/environments/`, (c) => {
    const { id } = findProject(parts, c.req.param("project"));
    const ofProject = model.environments.all().filter(({ projectIds }) => projectIds.includes(id));
    return page(c, ofProject, inProject);
  });
  app.get(`${projectPath}/environments/:environment/`, (c) => {
    const { id } = findProject(parts, c.req.param("project"));
    const environment = model.environments.where("name", c.req.param("environment"))[0];
    if (!environment?.projectIds.includes(id)) throw notFound();
    return c.json(inProject(environment));
  });
}
