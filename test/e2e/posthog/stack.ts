import { type PosthogTwin, startPosthogTwin } from "../../../src/local/twins/posthog/index.ts";
import { TestStack } from "../../support/stack.ts";

export const teams = JSON.stringify(
  Object.fromEntries(
    ["ai", "growth", "messaging", "platform"].map((team) => [team, { emails: [`${team}@brandvx.example`] }]),
  ),
);

const members = [
  { id: 11, email: "platform@brandvx.example", firstName: "Platform" },
  { id: 12, email: "growth@brandvx.example", firstName: "Growth" },
  { id: 13, email: "ai@brandvx.example", firstName: "AI" },
  { id: 14, email: "messaging@brandvx.example", firstName: "Messaging" },
] as const;

/** A PostHog of its own and a stack that stands in it. */
export async function posthogStack(): Promise<{ posthog: PosthogTwin; stack: TestStack } & AsyncDisposable> {
  const posthog = await startPosthogTwin({ personalApiKey: "phx_marked_e2e_key_0123456789abcdef", members });
  const stack = await TestStack.create({
    config: { "posthog:host": posthog.url, "posthog:projectId": posthog.projectId, teams },
    env: { POSTHOG_PERSONAL_API_KEY: posthog.personalApiKey },
  });
  return {
    posthog,
    stack,
    async [Symbol.asyncDispose]() {
      await stack[Symbol.asyncDispose]();
      await posthog.stop();
    },
  };
}
