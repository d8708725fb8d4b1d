import type { Api } from "../http/api.ts";
import { forbidden, notFound } from "../http/errors.ts";
import type { Caller } from "../http/keys.ts";
import { page } from "../http/page.ts";
import type { World } from "../world.ts";
import { changeProjectSettings, shownSettings } from "./project-settings.ts";
import { stableUuid, userBasic } from "./users.ts";

const epoch = "2024-01-01T00:00:00.000Z";

/** The caller, the other members, and the project: what setup scripts read before they write. */
export function peopleRoutes(world: World, { on }: Api): void {
  const organization = () => ({
    id: world.project.organizationId,
    name: "BrandVX",
    slug: "brandvx",
    membership_level: 15,
  });
  const project = () => ({
    ...shownSettings(world),
    id: world.project.id,
    uuid: stableUuid(`project ${world.project.id}`),
    organization: world.project.organizationId,
    name: "BrandVX",
    api_token: world.project.projectKey,
    is_demo: false,
    completed_snippet_onboarding: true,
    ingested_event: world.events.count() > 0,
    created_at: epoch,
  });

  // Without the numeric id: whether PostHog's own answer has one is unknown. Members have it.
  on("GET", "/users/@me", { scope: "user" }, ({ caller }) => {
    const { id: _, ...user } = userBasic(world, caller.userId);
    return Response.json({
      ...user,
      date_joined: epoch,
      organization: { ...organization(), teams: [project()], projects: [project()] },
      organizations: [organization()],
      team: project(),
    });
  });

  // Scopes of the key: any key may read itself (posthog/api/personal_api_key.py, PersonalApiKeySelfAccessPermission).
  on("GET", "/personal_api_keys/:id", { scope: null }, ({ caller, path }) => {
    if (path("id") !== "@current") throw notFound();
    return Response.json({
      id: stableUuid(`key ${caller.bucket}`),
      label: "On this machine",
      value: null,
      mask_value: "phx_...last",
      created_at: epoch,
      last_used_at: world.timestamp(),
      last_rolled_at: null,
      user_id: caller.userId,
      scopes: caller.scopes,
      scoped_teams: caller.projects ?? [],
      scoped_organizations: [],
    });
  });

  on("GET", "/organizations/:organization/members", { scope: "organization_member" }, ({ url, path, caller }) => {
    requireOrganizationAccess(caller);
    requireOrganization(path("organization"));
    return page(url, world.members, (member) => ({
      id: stableUuid(`membership ${member.id}`),
      user: userBasic(world, member.id),
      level: member === world.members[0] ? 15 : 1,
      joined_at: epoch,
      updated_at: epoch,
      is_2fa_enabled: true,
      has_social_auth: false,
      last_login: epoch,
    }));
  });
  on("GET", "/organizations/:organization", { scope: "organization" }, ({ path, caller }) => {
    requireOrganizationAccess(caller);
    requireOrganization(path("organization"));
    return Response.json({ ...organization(), teams: [project()], projects: [project()] });
  });

  on("GET", "/projects", { scope: "project" }, ({ url, caller }) => {
    requireOrganizationAccess(caller);
    return page(url, [project()], (it) => it);
  });
  // The environment is the project's old alias: a client of Terraform's uses it.
  for (const path of ["/projects/:project", "/environments/:project"] as const) {
    on("GET", path, { scope: "project" }, () => Response.json(project()));
    on("PATCH", path, { scope: "project" }, ({ body }) => {
      changeProjectSettings(world, body);
      return Response.json(project());
    });
  }

  function requireOrganization(named: string): void {
    if (named !== "@current" && named !== world.project.organizationId) throw notFound("Organization not found.");
  }
}

/**
 * A key restricted to projects may not use routes outside them (posthog/permissions.py,
 * check_team_and_org_permissions).
 */
function requireOrganizationAccess({ projects }: Caller): void {
  if (projects === null) return;
  throw forbidden("API keys with scoped projects are only supported on project-based endpoints.");
}
