import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startSentryTwin } from "../../../src/local/twins/sentry/index.ts";
import { httpClient } from "../../local/twins/http-client.ts";
import { TestStack } from "../../support/stack.ts";

const token = "sntryu_marked_b5bb9d8014a0f9b1d61e21e796d78dcc";

/** Sentry alone, with the definitions of this project, and Slack. */
const program = `
import { ProductErrors } from "./src/platform/sentry/index.ts";
import { sentryAlerts } from "./alerts/sentry.ts";
import { Config } from "@pulumi/pulumi";

const config = new Config();
const errors = new ProductErrors("errors", {
  baseUrl: new Config("sentry").require("baseUrl"),
  organization: "brandvx",
  team: "platform",
  projects: { browser: "operator-ui", server: "backend" },
  slackIntegrationId: "1",
  keyGeneration: config.getNumber("sentryKeyGeneration") ?? 1,
  teams: {
    platform: { emails: ["ada@brandvx.example"], slackChannel: "#alerts" },
    growth: { emails: ["grace@brandvx.example"] },
  },
  stage: "production",
  healthUrl: "https://api.brandvx.example/health",
  protect: config.getBoolean("protect") ?? false,
  alerts: sentryAlerts,
});

export const browserDsn = errors.browserDsn;
export const serverDsn = errors.serverDsn;
export const sentryUrls = errors.urls;
`;

/** A stack of the real engine with a Sentry of its own. */
export async function sentryStack() {
  const members = ["ada", "grace"].map((name, i) => ({ id: String(i + 11), name, email: `${name}@brandvx.example` }));
  const sentry = await startSentryTwin({ token, members });
  const stack = await TestStack.create({
    config: { "sentry:baseUrl": sentry.url },
    env: { SENTRY_TOKEN: token },
  });
  writeFileSync(join(stack.folder, "index.ts"), program);
  const api = httpClient(sentry.url, { Authorization: `Bearer ${token}` });
  return {
    ...{ sentry, stack, api, token },
    /** The writing requests since `mark`, as `POST workflows`. */
    writesSince: (mark: number) =>
      sentry.requests
        .since(mark)
        .filter(({ method }) => method !== "GET")
        .map(({ method, path }) => `${method} ${path}`),
    async [Symbol.asyncDispose]() {
      await stack[Symbol.asyncDispose]();
      await sentry.stop();
    },
  };
}
