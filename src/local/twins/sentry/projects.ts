import * as z from "zod";
import { addAutomaticAlerts, removeAlertsOf } from "./automatic-alerts.ts";
import { defaultFilters } from "./filters.ts";
import { conflict, freeSlug, invalid, now, page, projectMoved, readBody, slugField, textField } from "./http.ts";
import { createKey } from "./keys.ts";
import type { Project } from "./model.ts";
import {
  findProject,
  findTeam,
  movedProject,
  organizationPath,
  projectPath,
  type SentryParts,
  teamPath,
} from "./parts.ts";
import { defaultSettings, projectDetails, projectListed, projectSummary } from "./project-view.ts";
import { teamView } from "./team-view.ts";

const slugTaken = "A project with this slug already exists.";
const newProject = z.looseObject({
  name: textField(50),
  slug: slugField(100).nullish(),
  platform: z.string().nullish(),
  default_rules: z.boolean().optional(),
});
const delay = z
  .int()
  .min(60, "Ensure this value is greater than or equal to 60.")
  .max(3600, "Ensure this value is less than or equal to 3600.");
const changedProject = z.looseObject({
  name: textField(200).optional(),
  slug: slugField(100).optional(),
  platform: z.string().nullish(),
  options: z.record(z.string(), z.unknown()).optional(),
  digestsMinDelay: delay.optional(),
  digestsMaxDelay: delay.optional(),
  resolveAge: z.int().min(0).nullish(),
  isBookmarked: z.boolean().optional(),
  subjectPrefix: z.string().max(200).optional(),
  subjectTemplate: z.string().max(200).optional(),
  dataScrubber: z.boolean().optional(),
  dataScrubberDefaults: z.boolean().optional(),
  scrubIPAddresses: z.boolean().optional(),
  sensitiveFields: z.array(z.string()).optional(),
  safeFields: z.array(z.string()).optional(),
  relayPiiConfig: z.string().refine(isPiiConfig, "invalid PII configuration").nullish(),
});

/**
 * Relay's format (getsentry/relay, relay-pii/src/config.rs): rules with a type, and lists of rules by the fields that
 * they apply to.
 */
const piiConfig = z.looseObject({
  rules: z.record(z.string(), z.looseObject({ type: z.string() })).optional(),
  vars: z.looseObject({}).optional(),
  applications: z.record(z.string(), z.array(z.string())).optional(),
});

function isPiiConfig(text: string): boolean {
  if (text === "") return true;
  try {
    return piiConfig.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

/** Sentry: src/sentry/core/endpoints/{team_projects,project_details,project_team_details}.py */
export function projectRoutes(parts: SentryParts): void {
  const { app, model, organization, publicUrl } = parts;
  const isTaken = (slug: string) => model.projects.where("slug", slug).length > 0;
  const details = (project: Project) => projectDetails(project, model, organization, publicUrl());

  app.use(`${projectPath}/*`, async (c, next) => {
    const moved = movedProject(parts, c.req.param("project"));
    if (moved !== null) throw projectMoved(c, moved.slug);
    await next();
  });

  app.get(`${organizationPath}/projects/`, (c) =>
    page(c, model.projects.all(), (project) => projectListed(project, model)),
  );

  app.post(`${teamPath}/projects/`, async (c) => {
    const team = findTeam(parts, c.req.param("team"));
    const body = await readBody(c, newProject);
    if (body.slug && isTaken(body.slug)) throw conflict(slugTaken);
    const project: Project = {
      id: model.newId(),
      slug: body.slug ?? freeSlug(body.name, 100, isTaken),
      name: body.name,
      platform: body.platform || null,
      teams: [team.id],
      dateCreated: now(),
      firstEvent: null,
      settings: {},
      options: {},
      filters: { ...defaultFilters },
    };
    model.transaction(() => {
      model.projects.put(project);
      addAutomaticAlerts(model, project, { withWorkflow: body.default_rules ?? true });
      createKey(model, project.id, { name: "Default" });
    });
    return c.json(projectListed(project, model), 201);
  });

  app.get(`${projectPath}/`, (c) => c.json(details(findProject(parts, c.req.param("project")))));

  app.put(`${projectPath}/`, async (c) => {
    const project = findProject(parts, c.req.param("project"));
    const { name, slug, platform, options, ...settings } = await readBody(c, changedProject);
    if (slug !== undefined && slug !== project.slug && isTaken(slug))
      throw invalid({ slug: [`Another project (${slug}) is already using that slug`] });
    const known = Object.entries(settings)
      .filter(([key]) => key in defaultSettings)
      .map(([key, value]) => [key, key === "resolveAge" ? (value ?? 0) : value]);
    const changed: Project = {
      ...project,
      name: name ?? project.name,
      slug: slug ?? project.slug,
      platform: platform === undefined ? project.platform : platform || null,
      settings: { ...project.settings, ...Object.fromEntries(known) },
      options: { ...project.options, ...options },
    };
    if (changed.slug !== project.slug) model.redirects.put({ id: project.slug, projectId: project.id });
    return c.json(details(model.projects.put(changed)));
  });

  app.delete(`${projectPath}/`, (c) => {
    const project = findProject(parts, c.req.param("project"));
    model.transaction(() => {
      removeAlertsOf(model, project.id);
      for (const key of model.keys.where("projectId", project.id)) model.keys.delete(key.id);
      for (const issue of model.issues.where("projectId", project.id)) model.issues.delete(issue.id);
      for (const event of model.events.where("projectId", project.id)) model.events.delete(event.id);
      for (const item of model.items.where("projectId", project.id)) model.items.delete(item.id);
      model.ownerships.delete(project.id);
      for (const redirect of model.redirects.where("projectId", project.id)) model.redirects.delete(redirect.id);
      model.projects.delete(project.id);
    });
    return c.body(null, 204);
  });

  app.get(`${projectPath}/teams/`, (c) => {
    const { teams } = findProject(parts, c.req.param("project"));
    return page(
      c,
      model.teams.all().filter(({ id }) => teams.includes(id)),
      teamView,
    );
  });

  app.post(`${projectPath}/teams/:team/`, (c) => {
    const project = findProject(parts, c.req.param("project"));
    const { id } = findTeam(parts, c.req.param("team"));
    const teams = project.teams.includes(id) ? project.teams : [...project.teams, id];
    return c.json(projectSummary(model.projects.put({ ...project, teams }), model), 201);
  });

  app.delete(`${projectPath}/teams/:team/`, (c) => {
    const project = findProject(parts, c.req.param("project"));
    const team = findTeam(parts, c.req.param("team"));
    const teams = project.teams.filter((id) => id !== team.id);
    return c.json(projectSummary(model.projects.put({ ...project, teams }), model));
  });
}
