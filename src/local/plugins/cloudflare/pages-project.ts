import { type JsonClient, RequestFailed, record, text } from "../kit/http.ts";
import type { Resource } from "../kit/resource.ts";
import { isProperties, type Properties, type Value } from "../kit/values.ts";
import { plannedConfigs, readConfigs, withSecretsOf } from "./deployment-configs.ts";
import { fromWire, mergePatch, toWire } from "./wire.ts";

const variableValues = (path: string[]) => [...path, "envVars", "*", "value"];

/**
 * `cloudflare_pages_project` (terraform-provider-cloudflare v5: internal/services/pages_project). Its update is a merge patch of
 * what differs from the state, so that what the state knows and the program does not say is removed at Cloudflare.
 */
export const pagesProject: Resource<JsonClient> = {
  shape: {
    accountId: { from: "required", type: "string", replaces: true },
    name: { from: "required", type: "string", replaces: true, autonamed: true },
    productionBranch: { from: "required", type: "string" },
    buildConfig: { from: "kept", type: "object" },
    source: { from: "kept", type: "object" },
    deploymentConfigs: { from: "kept", type: "object", plan: plannedConfigs },
    subdomain: { from: "computed", type: "string" },
    domains: { from: "computed", type: "list" },
    createdOn: { from: "computed", type: "string" },
    framework: { from: "computed", type: "string" },
    frameworkVersion: { from: "computed", type: "string" },
    productionScriptName: { from: "computed", type: "string" },
    previewScriptName: { from: "computed", type: "string" },
    usesFunctions: { from: "computed", type: "boolean" },
    canonicalDeployment: { from: "computed", type: "object" },
    latestDeployment: { from: "computed", type: "object" },
  },
  // All values of variables, also public ones.
  secrets: [
    variableValues(["deploymentConfigs", "*"]),
    variableValues(["canonicalDeployment"]),
    variableValues(["latestDeployment"]),
  ],

  async create(client, planned) {
    const { accountId } = planned;
    const { body } = await client.send("POST", `accounts/${accountId}/pages/projects`, toWire(settings(planned)));
    const configs = isProperties(planned.deploymentConfigs) ? Object.keys(planned.deploymentConfigs) : [];
    // The real plugin then cannot read the answer: the project exists, but is not in the state.
    if (configs.length === 1)
      throw new Error(
        `Received unknown value, however the target type cannot handle unknown values. Path: deployment_configs.${configs[0] === "preview" ? "production" : "preview"}. Give both production and preview.`,
      );
    const state = stateOf(text(accountId), body);
    return { id: text(planned.name), state: { ...state, ...withSecrets(planned, state) } };
  },

  async read(client, id, state) {
    const [accountId = "", name = ""] =
      state === null ? id.split("/") : [text(state.accountId), text(state.name) || id];
    if (state === null && name === "")
      throw new Error(`a Pages project is imported as account_id/project_name, not as "${id}"`);
    try {
      const now = stateOf(accountId, (await client.send("GET", `accounts/${accountId}/pages/projects/${name}`)).body);
      const configs = isProperties(now.deploymentConfigs) ? now.deploymentConfigs : {};
      return { id: name, state: { ...now, deploymentConfigs: readConfigs(state?.deploymentConfigs, configs) } };
    } catch (error) {
      if (error instanceof RequestFailed && error.status === 404 && state !== null) return null;
      throw error;
    }
  },

  async update(client, _, state, planned) {
    const { accountId, name } = state;
    const wire = (properties: Properties) => toWire(settings(properties)) as Properties;
    const patch = mergePatch(wire(state), wire(planned));
    const { body } = await client.send("PATCH", `accounts/${accountId}/pages/projects/${name}`, patch);
    const after = stateOf(text(accountId), body);
    return { ...after, ...withSecrets(planned, after) };
  },

  async delete(client, _, { accountId, name }) {
    await client.send("DELETE", `accounts/${accountId}/pages/projects/${name}`);
  },
};

/** The fields of a project that a request can set. */
function settings({ name, productionBranch, buildConfig, source, deploymentConfigs }: Properties): Properties {
  const said = { name, productionBranch, buildConfig, source, deploymentConfigs };
  return Object.fromEntries(Object.entries(said).filter((entry): entry is [string, Value] => entry[1] !== undefined));
}

function withSecrets(planned: Properties, state: Properties): Properties {
  if (!isProperties(state.deploymentConfigs)) return {};
  return { deploymentConfigs: withSecretsOf(planned.deploymentConfigs, state.deploymentConfigs) };
}

function stateOf(accountId: string, envelope: unknown): Properties {
  const { id: _, ...result } = record(record(envelope).result);
  return { accountId, ...(fromWire(result as Properties) as Properties) };
}
