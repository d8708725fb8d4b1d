import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { localAccount, localKeys } from "../../../src/local/account.ts";
import { httpClient } from "../../local/twins/http-client.ts";
import { cloudStack } from "../../support/cloud.ts";
import type { Deployment } from "./state.ts";

const { accountId } = localAccount.cloudflare;

/** A variable of somebody else, beside ours. */
export const theirs = { THEIRS: { type: "plain_text", value: "kept" } };

/** All vendors with the projects that a frozen program uses, and a stack that runs this program. */
export async function frozenStack(folder: URL) {
  const at = await cloudStack();
  const { cloud, stack } = at;
  const sentry = httpClient(cloud.sentry.url, { Authorization: `Bearer ${localKeys.SENTRY_TOKEN}` });
  await sentry.post("/api/0/organizations/brandvx/teams/", { slug: "platform", name: "Platform" });
  await sentry.post("/api/0/teams/brandvx/platform/projects/", { slug: "operator-ui", name: "operator-ui" });
  // The frozen programs need an environment, which Sentry creates with this deploy.
  const release = { version: "operator-ui@1", projects: ["operator-ui"] };
  await sentry.post("/api/0/organizations/brandvx/releases/", release);
  await sentry.post("/api/0/organizations/brandvx/releases/operator-ui@1/deploys/", { environment: "production" });
  const cloudflare = httpClient(cloud.cloudflare.url, { Authorization: `Bearer ${localKeys.CLOUDFLARE_API_TOKEN}` });
  await cloudflare.post(`/client/v4/accounts/${accountId}/pages/projects`, {
    ...{ name: "operator-ui", production_branch: "main" },
    deployment_configs: { preview: {}, production: { env_vars: theirs } },
  });
  stack.edit("index.ts", () => readFileSync(new URL("program.ts", folder), "utf8"));
  return {
    ...at,
    exported: async (): Promise<Deployment> => JSON.parse(await stack.state()),
    /** Imports a state as that of the stack. */
    async imported(deployment: Deployment): Promise<void> {
      const file = join(stack.folder, "imported.json");
      writeFileSync(file, JSON.stringify(deployment));
      const ran = await stack.pulumi("stack", "import", "--file", file);
      if (ran.exitCode !== 0) throw new Error(ran.text);
    },
    /** The remaining objects at Sentry of the kinds that a program can create there. */
    async atSentry(): Promise<string[]> {
      const names = async (path: string) => (await sentry.get(`/api/0/organizations/brandvx/${path}/`)).body;
      const monitors = (await names("detectors")) as { name: string; type: string }[];
      const alerts = (await names("workflows")) as { name: string }[];
      return [...monitors.filter(({ type }) => type === "metric_issue"), ...alerts].map(({ name }) => name);
    },
  };
}
