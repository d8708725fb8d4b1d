import { afterEach, vi } from "vitest";
import { type CloudflareTwin, startCloudflareTwin } from "../../../src/local/twins/cloudflare/index.ts";
import { pagesVariables } from "../../../src/resources/cloudflare/providers.ts";
import type { PagesVariablesInputs } from "../../../src/resources/cloudflare/variables/inputs.ts";
import { httpClient } from "../../local/twins/http-client.ts";
import { Lifetime } from "../lifetime.ts";

const running: CloudflareTwin[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(running.splice(0).map((twin) => twin.stop()));
});

export const accountId = "0123456789abcdef0123456789abcdef";
export const token = "t0k3n-".padEnd(40, "0");
export const plain = (value: string) => ({ type: "plain_text" as const, value });
export const secret = (value: string) => ({ type: "secret_text" as const, value });

/** The variables that the stack wants, with a test's changes. */
export const desiredInputs = (changes: Partial<PagesVariablesInputs> = {}): PagesVariablesInputs => ({
  accountId,
  projectName: "operator-ui",
  production: { VITE_SENTRY_ENVIRONMENT: plain("production"), BUILD_TOKEN: secret("marked-secret-1") },
  adopt: [],
  ...changes,
});

/** A project that people have configured: variables, a secret, bindings and build settings of their own. */
export async function pagesProject({
  config = {},
  theirs = {},
}: {
  config?: Record<string, string>;
  theirs?: object;
} = {}) {
  vi.stubEnv("CLOUDFLARE_API_TOKEN", "");
  const twin = await startCloudflareTwin({ accountId, apiToken: token });
  running.push(twin);
  const api = httpClient(twin.url, { Authorization: `Bearer ${token}` });
  const path = `/client/v4/accounts/${accountId}/pages/projects`;
  await api.post(path, {
    name: "operator-ui",
    production_branch: "main",
    build_config: { build_command: "npm run build", destination_dir: "dist", root_dir: "apps/operator-ui" },
    deployment_configs: {
      preview: { env_vars: { MODE: plain("preview") } },
      production: {
        env_vars: { SUPABASE_URL: plain("https://theirs"), STRIPE_KEY: secret("their-secret"), ...theirs },
        kv_namespaces: { CACHE: { namespace_id: "kv-1" } },
        d1_databases: { DB: { id: "d1" } },
        compatibility_flags: ["nodejs_compat"],
        placement: { mode: "smart" },
        fail_open: false,
      },
    },
  });
  twin.requests.clear();
  const another = () =>
    new Lifetime<PagesVariablesInputs>(pagesVariables, {
      "cloudflare:baseUrl": `${twin.url}/client/v4/`,
      "cloudflare:apiToken": token,
      ...config,
    });
  return {
    twin,
    resource: another(),
    /** The resource for another process. */
    another,
    variables: () => twin.variables("operator-ui") ?? {},
    /** Bodies of all writes since the last call. */
    writes: () => {
      const bodies = twin.requests.writes().map(({ method, body }) => ({ method, body }));
      twin.requests.clear();
      return bodies;
    },
    byHand: (production: object) =>
      api.patch(`${path}/operator-ui`, { deployment_configs: { production: { env_vars: production } } }),
    deleteProject: () => api.delete(`${path}/operator-ui`),
    project: async () => (await api.get(`${path}/operator-ui`)).body.result,
  };
}
