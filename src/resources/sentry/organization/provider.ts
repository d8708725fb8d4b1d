import { z } from "zod";
import { dynamicProvider } from "../../kernel/provider.ts";
import type { SentryApi } from "../api.ts";
import { missingScopes } from "../scopes.ts";
import { configure, connect } from "../settings.ts";

const organizationInputs = z.object({
  organization: z.string().min(1, "is the organization's slug"),
  baseUrl: z.string(),
  slackIntegrationId: z.string().min(1).optional(),
});
type OrganizationInputs = z.infer<typeof organizationInputs>;

/**
 * Makes nothing: it verifies that address, token, its scopes, organization and Slack integration fit together before
 * anything that depends on it is made, so that a wrong one is one error and nothing is half-created.
 */
export const organization = dynamicProvider<OrganizationInputs, { url: string }>({
  inputs: organizationInputs,
  identity: ["organization"],
  configure,
  async create(inputs) {
    return { id: inputs.organization, outputs: await verified(inputs) };
  },
  async read(_id, inputs) {
    return { inputs, outputs: outputsOf(connect(inputs.organization)) };
  },
  update: (_id, _olds, news) => verified(news),
  async delete() {},
});

async function verified({ organization, slackIntegrationId }: OrganizationInputs): Promise<{ url: string }> {
  const api = connect(organization);
  await api.verify();
  const scopes = await api.scopes();
  const missing = scopes ? missingScopes(scopes) : [];
  if (missing.length > 0) {
    throw new Error(
      `the token may not do all that this stack does; nothing was made. Look at the token's scopes: it lacks ${missing.join(", ")}`,
    );
  }
  if (slackIntegrationId !== undefined) await verifySlack(api, slackIntegrationId);
  return outputsOf(api);
}

async function verifySlack(api: SentryApi, id: string): Promise<void> {
  const { provider } = await api.integration(id);
  if (provider.key === "slack") return;
  throw new Error(
    `the integration ${id} is one of ${provider.key}, alerts need one of Slack: its number is in the address of Settings > Integrations > Slack > Configure`,
  );
}

const outputsOf = ({ root, organization }: SentryApi) => ({ url: `${root}/organizations/${organization}/issues/` });
