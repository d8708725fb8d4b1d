import { type JsonClient, RequestFailed, record, text } from "../kit/http.ts";
import { finish, type Resource } from "../kit/resource.ts";
import type { Properties } from "../kit/values.ts";
import { listAll } from "./client.ts";

/** `sentry_key` (terraform-provider-sentry v0.11.2: sentry/resource_sentry_key.go). There is no request for one key: the list is read. */
export const key: Resource<JsonClient> = {
  shape: {
    organization: { from: "required", type: "string" },
    project: { from: "required", type: "string" },
    name: { from: "required", type: "string", autonamed: true },
    rateLimitCount: { from: "kept", type: "integer" },
    rateLimitWindow: { from: "kept", type: "integer" },
    public: { from: "computed", type: "string" },
    secret: { from: "computed", type: "string" },
    projectId: { from: "computed", type: "integer" },
    isActive: { from: "computed", type: "boolean" },
    dsnPublic: { from: "computed", type: "string" },
    dsnSecret: { from: "computed", type: "string" },
    dsnCsp: { from: "computed", type: "string" },
  },
  secrets: [["secret"], ["dsnSecret"]],

  async create(client, planned) {
    const project = `/projects/${planned.organization}/${planned.project}/`;
    await client.send("GET", project);
    const { body } = await client.send("POST", `${project}keys/`, settings(planned));
    const id = text(record(body).id);
    return finish({ id, state: planned }, async () => ({ id, state: await found(client, id, planned) }));
  },

  async read(client, id, state) {
    const [organization = "", project = "", imported = ""] = id.split("/");
    if (state === null && imported === "")
      throw new Error(`a key is imported as organization/project/id, not as "${id}"`);
    const keyId = state === null ? imported : id;
    try {
      const now = await readState(client, keyId, state ?? { organization, project });
      return now === null ? null : { id: keyId, state: now };
    } catch (error) {
      if (error instanceof RequestFailed && error.status === 404) return null;
      throw error;
    }
  },

  async update(client, id, _, planned) {
    await client.send("PUT", `/projects/${planned.organization}/${planned.project}/keys/${id}/`, settings(planned));
    return found(client, id, planned);
  },

  async delete(client, id, { organization, project }) {
    await client.send("DELETE", `/projects/${organization}/${project}/keys/${id}/`);
  },
};

/** The limit is always sent; zero means no limit. */
const settings = ({ name, rateLimitWindow, rateLimitCount }: Properties) => ({
  name,
  rateLimit: { window: rateLimitWindow ?? 0, count: rateLimitCount ?? 0 },
});

async function found(client: JsonClient, id: string, planned: Properties): Promise<Properties> {
  const state = await readState(client, id, planned);
  if (state === null) throw new Error(`the key ${id} was written, but is not in the list of its project's keys`);
  return state;
}

async function readState(client: JsonClient, id: string, before: Properties): Promise<Properties | null> {
  const { organization = "", project = "" } = before;
  const keys = await listAll(client, `/projects/${organization}/${project}/keys/`);
  const body = keys.find((candidate) => candidate.id === id);
  if (body === undefined) return null;
  const dsn = record(body.dsn);
  // If Sentry's answer has no limit, the one in the state stays: the real plugin does not see a limit go.
  const limit =
    body.rateLimit === null
      ? { window: before.rateLimitWindow ?? 0, count: before.rateLimitCount ?? 0 }
      : record(body.rateLimit);
  return {
    organization,
    project,
    name: text(body.name),
    rateLimitCount: Number(limit.count),
    rateLimitWindow: Number(limit.window),
    public: text(body.public),
    secret: text(body.secret),
    projectId: Number(body.projectId),
    isActive: body.isActive === true,
    dsnPublic: text(dsn.public),
    dsnSecret: text(dsn.secret),
    dsnCsp: text(dsn.csp),
  };
}
