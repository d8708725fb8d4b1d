import * as z from "zod";
import { conflict, freeSlug, invalid, now, page, readBody, slugField, textField } from "./http.ts";
import type { Team } from "./model.ts";
import { findTeam, organizationPath, type SentryParts, teamPath } from "./parts.ts";
import { projectSummary } from "./project-view.ts";
import { teamView } from "./team-view.ts";

const slugTaken = "A team with this slug already exists.";
const newTeam = z.looseObject({ name: textField(64).nullish(), slug: slugField(50).nullish() });
const changedTeam = z.looseObject({ name: textField(64).optional(), slug: slugField(50) });

/** Sentry: src/sentry/core/endpoints/{organization_teams,team_details}.py */
export function teamRoutes(parts: SentryParts): void {
  const { app, model } = parts;
  const isTaken = (slug: string) => model.teams.where("slug", slug).length > 0;
  const projectsOf = (team: Team) => model.projects.all().filter((project) => project.teams.includes(team.id));

  app.get(`${organizationPath}/teams/`, (c) => {
    const wanted = c.req.query("query")?.toLowerCase();
    const teams = model.teams
      .all()
      .filter(({ name, slug }) => !wanted || `${name} ${slug}`.toLowerCase().includes(wanted));
    return page(c, teams, (team) => ({
      ...teamView(team),
      projects: projectsOf(team).map((project) => projectSummary(project, model)),
    }));
  });

  app.post(`${organizationPath}/teams/`, async (c) => {
    const { name, slug } = await readBody(c, newTeam);
    if (!name && !slug) throw invalid({ nonFieldErrors: ["Name or slug is required"] });
    if (slug && isTaken(slug)) throw conflict(slugTaken);
    const team: Team = {
      id: model.newId(),
      slug: slug ?? freeSlug(name ?? "", 50, isTaken),
      name: name ?? slug ?? "",
      dateCreated: now(),
    };
    return c.json(teamView(model.teams.put(team)), 201);
  });

  app.get(`${teamPath}/`, (c) => c.json(teamView(findTeam(parts, c.req.param("team")))));

  app.put(`${teamPath}/`, async (c) => {
    const team = findTeam(parts, c.req.param("team"));
    const { name, slug } = await readBody(c, changedTeam);
    if (slug !== team.slug && isTaken(slug)) throw invalid({ slug: [`The slug "${slug}" is already in use.`] });
    return c.json(teamView(model.teams.put({ ...team, slug, name: name ?? team.name })));
  });

  app.delete(`${teamPath}/`, (c) => {
    const team = findTeam(parts, c.req.param("team"));
    model.transaction(() => {
      for (const project of projectsOf(team))
        model.projects.put({ ...project, teams: project.teams.filter((id) => id !== team.id) });
      model.teams.delete(team.id);
    });
    return c.body(null, 204);
  });

  app.get(`${teamPath}/projects/`, (c) =>
    page(c, projectsOf(findTeam(parts, c.req.param("team"))), (project) => projectSummary(project, model)),
  );
  app.get(`${teamPath}/members/`, (c) => {
    findTeam(parts, c.req.param("team"));
    return page(c, [], () => null);
  });
}
