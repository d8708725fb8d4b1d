import { afterEach } from "vitest";
import {
  type CloudflareTwin,
  type CloudflareTwinOptions,
  startCloudflareTwin,
} from "../../../../src/local/twins/cloudflare/index.ts";
import { httpClient } from "../http-client.ts";

const running: CloudflareTwin[] = [];
afterEach(() => Promise.all(running.splice(0).map((twin) => twin.stop())));

export const account = "0123456789abcdef0123456789abcdef";
export const projects = `/client/v4/accounts/${account}/pages/projects`;
export const project = `${projects}/operator-ui`;

export async function cloudflare(options: CloudflareTwinOptions = {}) {
  const twin = await startCloudflareTwin(options);
  running.push(twin);
  return { twin, api: httpClient(twin.url, { Authorization: `Bearer ${"t".repeat(40)}` }) };
}

export const plain = (value: string) => ({ type: "plain_text", value });
export const secret = (value: string) => ({ type: "secret_text", value });

/** With a project that somebody else configured: variables, a binding and build settings. */
export async function cloudflareWithProject(options: CloudflareTwinOptions = {}) {
  const { twin, api } = await cloudflare(options);
  await api.post(projects, {
    name: "operator-ui",
    production_branch: "main",
    build_config: { build_command: "npm run build", destination_dir: "dist" },
    deployment_configs: {
      preview: { env_vars: { MODE: plain("preview") } },
      production: {
        env_vars: { FOREIGN: plain("theirs"), TOKEN: secret("s1") },
        kv_namespaces: { CACHE: { namespace_id: "kv-1" } },
        placement: { mode: "smart" },
      },
    },
  });
  const read = async () => (await api.get(project)).body.result;
  return { twin, api, read };
}
