import { type JsonClient, RequestFailed, record, text } from "../kit/http.ts";
import type { Resource } from "../kit/resource.ts";
import { isEmpty, type Properties, type Value } from "../kit/values.ts";
import { platformFindings } from "./platform.ts";

/** `sentry_project` (terraform-provider-sentry v0.11.2: sentry/resource_sentry_project.go). */
export const project: Resource<JsonClient> = {
  shape: {
    organization: { from: "required", type: "string" },
    team: { from: "optional", type: "string" },
    teams: { from: "optional", type: "set" },
    name: { from: "required", type: "string", autonamed: true },
    slug: { from: "kept", type: "string" },
    platform: { from: "kept", type: "string" },
    digestsMinDelay: { from: "kept", type: "integer" },
    digestsMaxDelay: { from: "kept", type: "integer" },
    resolveAge: { from: "kept", type: "integer" },
    internalId: { from: "computed", type: "string" },
    projectId: { from: "computed", type: "string" },
    color: { from: "computed", type: "string" },
    features: { from: "computed", type: "list" },
    status: { from: "computed", type: "string" },
    isPublic: { from: "computed", type: "boolean" },
    isBookmarked: { from: "computed", type: "boolean" },
  },
  secrets: [],

  check({ team, teams, platform }) {
    const found = platformFindings(platform);
    if (isEmpty(team) && isEmpty(teams))
      found.push({ property: "teams", reason: "one of `team,teams` must be specified" });
    if (!isEmpty(team) && !isEmpty(teams)) found.push({ property: "team", reason: "conflicts with teams" });
    return found;
  },

  async create(client, planned) {
    const organization = text(planned.organization);
    const teams = teamsOf(planned);
    const made = await client.send("POST", `/teams/${organization}/${teams[0]}/projects/`, {
      name: planned.name,
      slug: planned.slug,
    });
    const id = text(record(made.body).slug);
    // As in the real plugin: a failure from here on leaves a project that is not in the state.
    const path = `/projects/${organization}/${id}`;
    await client.send("PUT", `${path}/`, settings(planned));
    // Also the first team, although it already has the project.
    for (const name of teams) await client.send("POST", `${path}/teams/${name}/`);
    return { id, state: await readState(client, organization, id, planned) };
  },

  async read(client, id, state) {
    const [organization = "", slug = ""] = state === null ? id.split("/") : [text(state.organization), id];
    if (state === null && slug === "") throw new Error(`a project is imported as organization/slug, not as "${id}"`);
    try {
      const now = await readState(client, organization, slug, state ?? {});
      // One that was renamed answers under its new slug, which becomes the id (resource_sentry_project.go, SetId).
      return { id: text(now.slug) || slug, state: now };
    } catch (error) {
      if (error instanceof RequestFailed && error.status === 404) return null;
      throw error;
    }
  },

  async update(client, id, state, planned) {
    const organization = text(planned.organization);
    const { body } = await client.send("PUT", `/projects/${organization}/${id}/`, settings(planned));
    const slug = text(record(body).slug) || id;
    const path = `/projects/${organization}/${slug}/teams`;
    const [before, after] = [teamsOf(state), teamsOf(planned)];
    for (const name of after.filter((each) => !before.includes(each))) await client.send("POST", `${path}/${name}/`);
    for (const name of before.filter((each) => !after.includes(each))) await leave(client, `${path}/${name}/`);
    return readState(client, organization, slug, planned);
  },

  async delete(client, id, { organization }) {
    await client.send("DELETE", `/projects/${organization}/${id}/`);
  },
};

const strings = (value: Value | undefined): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];

const teamsOf = ({ team, teams }: Properties): string[] => (isEmpty(team) ? strings(teams) : [text(team)]);

async function leave(client: JsonClient, path: string): Promise<void> {
  try {
    await client.send("DELETE", path);
  } catch (error) {
    if (!(error instanceof RequestFailed && error.status === 404)) throw error;
  }
}

/** The fields that are sent: no zeros and empty strings, except for the name. */
function settings({
  name,
  slug,
  platform,
  digestsMinDelay,
  digestsMaxDelay,
  resolveAge,
}: Properties): Record<string, unknown> {
  const optional = { slug, platform, digestsMinDelay, digestsMaxDelay, resolveAge };
  return { name, ...Object.fromEntries(Object.entries(optional).filter(([, value]) => Boolean(value))) };
}

async function readState(
  client: JsonClient,
  organization: string,
  slug: string,
  before: Properties,
): Promise<Properties> {
  const body = record((await client.send("GET", `/projects/${organization}/${slug}/`)).body);
  const id = text(body.id);
  const teams = (Array.isArray(body.teams) ? body.teams : []).map((each) => text(record(each).slug));
  return {
    organization: text(record(body.organization).slug) || organization,
    // In the one of the two properties that the program uses.
    ...(isEmpty(before.team) ? { teams } : { team: text(record(body.team).slug) }),
    name: text(body.name),
    slug: text(body.slug),
    platform: text(body.platform),
    digestsMinDelay: Number(body.digestsMinDelay ?? 0),
    digestsMaxDelay: Number(body.digestsMaxDelay ?? 0),
    resolveAge: Number(body.resolveAge ?? 0),
    internalId: id,
    projectId: id,
    color: text(body.color),
    features: Array.isArray(body.features) ? body.features.map(text) : [],
    status: text(body.status),
    isPublic: body.isPublic === true,
    isBookmarked: body.isBookmarked === true,
  };
}
