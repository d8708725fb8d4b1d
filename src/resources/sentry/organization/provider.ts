import { z } from "zod";
import { hasStatus } from "../../kernel/errors.ts";
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

interface OrganizationOutputs {
  url: string;
  /** Id (a number) of the organization, which finds it after a renaming. Absent in states of release 1.0.0. */
  organizationId?: string | undefined;
}

/**
 * Creates nothing: verifies that address, token, its scopes, organization and Slack integration match before anything
 * that depends on it is created, so that a mistake is one error and nothing is half-created.
 */
export const organization = dynamicProvider<OrganizationInputs, OrganizationOutputs>({
  inputs: organizationInputs,
  identity: ["organization"],
  configure,
  async create(inputs) {
    return { id: inputs.organization, outputs: await verified(inputs) };
  },
  async read(_id, state) {
    const api = connect(state.organization);
    await found(api, state.organizationId);
    return { inputs: state, outputs: outputsOf(api, state.organizationId) };
  },
  update: (_id, _olds, news) => verified(news),
  async delete() {},
});

async function verified({ organization, slackIntegrationId }: OrganizationInputs): Promise<OrganizationOutputs> {
  const api = connect(organization);
  const { id } = await api.verify();
  const scopes = await api.scopes();
  const missing = scopes ? missingScopes(scopes) : [];
  if (missing.length > 0) {
    throw new Error(
      `the token may not do all that this stack does; nothing was made. Look at the token's scopes: it lacks ${missing.join(", ")}`,
    );
  }
  if (slackIntegrationId !== undefined) await verifySlack(api, slackIntegrationId);
  return outputsOf(api, id);
}

/** @throws Error with the new slug, when it was renamed. */
async function found(api: SentryApi, id: string | undefined): Promise<void> {
  try {
    await api.verify();
  } catch (error) {
    const slug = hasStatus(error, 404) && id !== undefined ? await api.slugOf(id) : undefined;
    if (slug === undefined) throw error;
    throw new Error(
      `the organization "${api.organization}" was renamed in Sentry: it is "${slug}" now. Give it its slug back there (Settings > General Settings > Organization Slug): what this stack has made is known by it, and an \`up\` with the new one would make it anew`,
    );
  }
}

async function verifySlack(api: SentryApi, id: string): Promise<void> {
  const { provider } = await api.integration(id);
  if (provider.key === "slack") return;
  throw new Error(
    `the integration ${id} is one of ${provider.key}, alerts need one of Slack: its number is in the address of Settings > Integrations > Slack > Configure`,
  );
}

const outputsOf = ({ root, organization }: SentryApi, organizationId: string | undefined): OrganizationOutputs => ({
  url: `${root}/organizations/${organization}/issues/`,
  organizationId,
});
