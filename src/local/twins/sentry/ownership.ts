import * as z from "zod";
import { invalid, now, readBody } from "./http.ts";
import type { Ownership, Project } from "./model.ts";
import { type Actors, parseRules, RuleError, withIds } from "./ownership-rules.ts";
import { findProject, projectPath, type SentryParts } from "./parts.ts";

const longest = 100_000;
const changedOwnership = z.looseObject({
  raw: z.string().max(longest, `Raw needs to be <= ${longest} characters in length`).optional(),
  fallthrough: z.boolean().optional(),
  autoAssignment: z
    .enum(
      ["Auto Assign to Suspect Commits", "Auto Assign to Issue Owner", "Turn off Auto-Assignment"],
      "Invalid selection.",
    )
    .optional(),
  codeownersAutoSync: z.boolean().optional(),
});

/** The default before the first write. Sentry: src/sentry/models/projectownership.py */
const untouched = (id: string): Ownership => ({
  id,
  raw: null,
  fallthrough: true,
  autoAssignment: "Auto Assign to Issue Owner",
  codeownersAutoSync: true,
  dateCreated: null,
  lastUpdated: null,
});

/** Owners of a project's issues. Sentry: src/sentry/api/endpoints/project_ownership.py */
export function ownershipRoutes(parts: SentryParts): void {
  const { app, model } = parts;
  const stored = ({ id }: Project) => model.ownerships.get(id) ?? untouched(id);
  const view = ({ id: _, ...ownership }: Ownership) => ({
    ...ownership,
    isActive: true,
    ...(ownership.raw !== null && { schema: { $version: 1, rules: parseRules(ownership.raw) } }),
  });

  app.get(`${projectPath}/ownership/`, (c) => c.json(view(stored(findProject(parts, c.req.param("project"))))));

  app.put(`${projectPath}/ownership/`, async (c) => {
    const project = findProject(parts, c.req.param("project"));
    const { raw, ...others } = await readBody(c, changedOwnership);
    if (raw !== undefined) refuseWrong(raw, actorsOf(parts, project));
    const before = stored(project);
    const known = Object.entries(others).filter(([key, value]) => key in before && value !== undefined);
    const changed: Ownership = {
      ...before,
      ...Object.fromEntries(known),
      raw: raw === undefined ? before.raw : raw.trim() || null,
      dateCreated: before.dateCreated ?? now(),
      lastUpdated: now(),
    };
    return c.json(view(model.ownerships.put(changed)), 202);
  });
}

function refuseWrong(raw: string, actors: Actors): void {
  try {
    withIds(parseRules(raw), actors);
  } catch (error) {
    throw error instanceof RuleError ? invalid({ raw: [error.message] }) : error;
  }
}

function actorsOf({ model, organization }: SentryParts, project: Project): Actors {
  const teams = model.teams.all().filter(({ id }) => project.teams.includes(id));
  const people = organization.members.filter((member) => teams.some(({ slug }) => member.teams?.includes(slug)));
  return {
    project: project.slug,
    seeing: new Map([
      ...teams.map(({ slug, id }) => [`team:${slug}`, id] as const),
      ...people.map(({ email, id }) => [`user:${email.toLowerCase()}`, id] as const),
    ]),
    members: new Set(organization.members.map(({ email }) => email.toLowerCase())),
  };
}
