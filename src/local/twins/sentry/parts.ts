import type { Hono } from "hono";
import type { TwinEnv } from "../kit/index.ts";
import { notFound, type SentryContext } from "./http.ts";
import type { Project, SentryModel, Team } from "./model.ts";
import type { OrganizationSettings } from "./organization-view.ts";

/** Dependencies of all routes. */
export interface SentryParts {
  app: Hono<TwinEnv>;
  model: SentryModel;
  organization: OrganizationSettings;
  /** The twin's address; known once it listens. */
  publicUrl(): string;
  /** False once it is stopped: deferred work is then not done. */
  isOpen(): boolean;
  /** Order of conditions in answers: Sentry's is random. */
  shuffle<T>(items: readonly T[]): T[];
}

export const organizationPath = "/api/0/organizations/:organization";
export const projectPath = "/api/0/projects/:organization/:project";
export const teamPath = "/api/0/teams/:organization/:team";

/** Finds it by slug or by id, as all of Sentry's paths allow. */
export function findProject({ model }: SentryParts, slugOrId: string | undefined): Project {
  const project = model.projects.where("slug", slugOrId ?? "")[0] ?? model.projects.get(slugOrId ?? "");
  if (project === null) throw notFound();
  return project;
}

/** The project that formerly had this slug, if no other has it now. */
export function movedProject({ model }: SentryParts, slug: string): Project | null {
  const redirect = model.projects.where("slug", slug).length > 0 ? null : model.redirects.get(slug);
  return redirect && model.projects.get(redirect.projectId);
}

export function findTeam({ model }: SentryParts, slugOrId: string | undefined): Team {
  const team = model.teams.where("slug", slugOrId ?? "")[0] ?? model.teams.get(slugOrId ?? "");
  if (team === null) throw notFound();
  return team;
}

/**
 * The projects in `?project=`, by id or slug; `null` for all (also for `-1`). An unknown one is answered 403, as in
 * Sentry.
 */
export function projectFilter(parts: SentryParts, c: SentryContext): Set<string> | null {
  const wanted = c.req.queries("project") ?? [];
  if (wanted.length === 0 || wanted.includes("-1")) return null;
  return new Set(wanted.map((slugOrId) => findProject(parts, slugOrId).id));
}
