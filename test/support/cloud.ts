import { localAccount, localKeys } from "../../src/local/account.ts";
import { type Cloud, startCloud } from "../../src/local/cloud.ts";
import { type StackOptions, TestStack } from "./stack.ts";
import { temporaryFolder } from "./temporary.ts";

/** The settings that every stack of BrandVX needs, without real names. */
export const stackConfig = {
  protect: "false",
  pages: { project: "created", accountId: localAccount.cloudflare.accountId, projectName: "operator-ui" },
  redis: { databaseName: "brandvx", primaryRegion: "us-east-1", budget: 20 },
  render: { serviceId: localAccount.render.serviceId },
  sentryOrganization: localAccount.sentry.organization,
  teams: {
    ai: { emails: ["ai@brandvx.example"] },
    growth: { emails: ["growth@brandvx.example"] },
    messaging: { emails: ["messaging@brandvx.example"] },
    platform: { emails: ["platform@brandvx.example"] },
  },
  "posthog:projectId": localAccount.posthog.projectId,
  "posthog:projectKey": localAccount.posthog.projectKey,
};

/** All vendors, and a stack that uses them: each test has its own. */
export async function cloudStack({
  config = {},
  env = {},
}: Partial<StackOptions> = {}): Promise<{ cloud: Cloud; stack: TestStack } & AsyncDisposable> {
  const stores = temporaryFolder("brandvx-cloud-");
  const cloud = await startCloud({ folder: stores.path, portOf: () => 0 });
  const stack = await TestStack.create({
    config: { ...stackConfig, ...cloud.addresses, ...config },
    env: { ...localKeys, UPSTASH_API_BASE_URL: cloud.upstash.url, ...env },
  });
  return {
    ...{ cloud, stack },
    async [Symbol.asyncDispose]() {
      await stack[Symbol.asyncDispose]();
      await cloud.stop();
      stores[Symbol.dispose]();
    },
  };
}
