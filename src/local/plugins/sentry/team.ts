import { type JsonClient, RequestFailed, record, text } from "../kit/http.ts";
import type { Resource } from "../kit/resource.ts";
import type { Properties } from "../kit/values.ts";

/** `sentry_team` (terraform-provider-sentry v0.11.2: sentry/resource_sentry_team.go). */
export const team: Resource<JsonClient> = {
  shape: {
    organization: { from: "required", type: "string" },
    name: { from: "required", type: "string", autonamed: true },
    slug: { from: "kept", type: "string" },
    internalId: { from: "computed", type: "string" },
    teamId: { from: "computed", type: "string" },
    hasAccess: { from: "computed", type: "boolean" },
    isMember: { from: "computed", type: "boolean" },
    isPending: { from: "computed", type: "boolean" },
  },
  secrets: [],

  async create(client, planned) {
    const { organization, name, slug } = planned;
    const { body } = await client.send("POST", `/organizations/${organization}/teams/`, { name, slug });
    const id = text(record(body).slug);
    // As in the real plugin: a failure from here on leaves a team that is not in the state.
    return { id, state: await readState(client, text(organization), id) };
  },

  async read(client, id, state) {
    const [organization = "", slug = ""] = state === null ? id.split("/") : [text(state.organization), id];
    if (state === null && slug === "") throw new Error(`a team is imported as organization/slug, not as "${id}"`);
    try {
      return { id: slug, state: await readState(client, organization, slug) };
    } catch (error) {
      if (error instanceof RequestFailed && error.status === 404) return null;
      throw error;
    }
  },

  async update(client, id, _, planned) {
    const { organization, name, slug } = planned;
    const { body } = await client.send("PUT", `/teams/${organization}/${id}/`, { name, slug });
    return readState(client, text(organization), text(record(body).slug) || id);
  },

  async delete(client, id, { organization }) {
    await client.send("DELETE", `/teams/${organization}/${id}/`);
  },
};

async function readState(client: JsonClient, organization: string, slug: string): Promise<Properties> {
  const body = record((await client.send("GET", `/teams/${organization}/${slug}/`)).body);
  const id = text(body.id);
  return {
    organization,
    name: text(body.name),
    slug: text(body.slug),
    internalId: id,
    teamId: id,
    hasAccess: body.hasAccess === true,
    isMember: body.isMember === true,
    isPending: body.isPending === true,
  };
}
