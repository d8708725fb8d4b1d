import { notFound, page } from "./http.ts";
import { integrationView, memberView, organizationView } from "./organization-view.ts";
import { organizationPath, type SentryParts } from "./parts.ts";

/** The organization, and the people and integrations that alert actions name by id. Read only. */
export function organizationRoutes({ app, organization, publicUrl }: SentryParts): void {
  app.get(`${organizationPath}/`, (c) => c.json(organizationView(organization, publicUrl())));

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
