import { localKeys } from "../../../src/local/account.ts";
import { type PosthogTwin, startPosthogTwin } from "../../../src/local/twins/posthog/index.ts";
import { stackConfig } from "../../support/cloud.ts";
import { TestStack } from "../../support/stack.ts";

const members = [
  { id: 11, email: "platform@brandvx.example", firstName: "Platform" },
  { id: 12, email: "growth@brandvx.example", firstName: "Growth" },
  { id: 13, email: "ai@brandvx.example", firstName: "AI" },
  { id: 14, email: "messaging@brandvx.example", firstName: "Messaging" },
] as const;

/** The program without the other vendors: these tests are about PostHog only. */
const productOnly = `
import { insightAlerts } from "./alerts/index.ts";
import { dashboards } from "./dashboards/index.ts";
import { events } from "./src/catalog/events.ts";
import { Product, readSettings } from "./src/platform/index.ts";

const settings = readSettings({ events, dashboards, insightAlerts, sentryAlerts: [] });
const product = new Product("product", { ...settings.posthog, teams: settings.teams, events, dashboards, alerts: insightAlerts });
export const dashboardUrls = product.urls;
`;

/** A PostHog of its own, and a stack in it. */
export async function posthogStack(): Promise<{ posthog: PosthogTwin; stack: TestStack } & AsyncDisposable> {
  const posthog = await startPosthogTwin({ personalApiKey: "phx_marked_e2e_key_0123456789abcdef", members });
  const stack = await TestStack.create({
    config: { ...stackConfig, "posthog:host": posthog.url, "posthog:projectId": posthog.projectId },
    env: { ...localKeys, POSTHOG_PERSONAL_API_KEY: posthog.personalApiKey },
  });
  stack.edit("index.ts", () => productOnly);
  return {
    ...{ posthog, stack },
    async [Symbol.asyncDispose]() {
      await stack[Symbol.asyncDispose]();
      await posthog.stop();
    },
  };
}
