import * as z from "zod";
import { notFound, page, readBody, slugField } from "./http.ts";
import { integrationView, memberView, organizationView } from "./organization-view.ts";
import { organizationPath, type SentryParts } from "./parts.ts";

const changedOrganization = z.looseObject({ slug: slugField(50).optional() });

/**
 * The organization, whose slug can be changed, and the people and integrations that alert actions refer to by id. A
 * former slug is not found (src/sentry/core/endpoints/organization_details.py).
 */
export function organizationRoutes({ app, organization, publicUrl }: SentryParts): void {
  // The token's only organization (docs.sentry.io/api/organizations/list-your-organizations).
  app.get("/api/0/organizations/", (c) => page(c, [organization], (one) => organizationView(one, publicUrl())));
  app.get(`${organizationPath}/`, (c) => c.json(organizationView(organization, publicUrl())));

  app.put(`${organizationPath}/`, async (c) => {
    const { slug } = await readBody(c, changedOrganization);
    organization.slug = slug ?? organization.slug;
    return c.json(organizationView(organization, publicUrl()));
  });

  app.get(`${organizationPath}/members/`, (c) => {
    const wanted = c.req.query("query")?.toLowerCase();
    return page(
      c,
      organization.members.filter(({ email, name }) => !wanted || `${email} ${name}`.toLowerCase().includes(wanted)),
      memberView,
    );
  });
  app.get(`${organizationPath}/members/:member/`, (c) => {
    const member = organization.members.find(({ id }) => id === c.req.param("member"));
    if (member === undefined) throw notFound();
    return c.json({ ...memberView(member), teams: [], teamRoles: [], orgRoleList: [], teamRoleList: [] });
  });

  app.get(`${organizationPath}/integrations/`, (c) => {
    const provider = c.req.query("providerKey") ?? c.req.query("provider_key");
    return page(
      c,
      organization.integrations.filter((integration) => !provider || integration.provider === provider),
      (integration) => integrationView(integration, organization),
    );
  });
  app.get(`${organizationPath}/integrations/:integration/`, (c) => {
    const integration = organization.integrations.find(({ id }) => id === c.req.param("integration"));
    if (integration === undefined) throw notFound();
    return c.json(integrationView(integration, organization));
  });
}
