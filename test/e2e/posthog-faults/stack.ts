import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type PosthogTwin, startPosthogTwin } from "../../../src/local/twins/posthog/index.ts";
import { upKilled } from "../../support/killed.ts";
import { TestStack } from "../../support/stack.ts";

/** A program of one dashboard and an alert on it: `WITH` adds a tile, or leaves the first one out. */
const program = `
import { Dashboard, InsightAlert, Project } from "@brandvx/resources/posthog";
import { Config } from "@pulumi/pulumi";

const config = new Config("posthog");
const projectId = config.requireNumber("projectId");
const chart = (title, row) => ({
  kind: "insight",
  title,
  reading: "What " + title + " says.",
  query: { kind: "InsightVizNode", source: { kind: "TrendsQuery", series: [{ kind: "EventsNode", event: "a" }] } },
  place: { column: 0, row, width: 6, height: 5 },
});
const tiles = {
  first: chart("First", 0),
  second: chart("Second", 5),
  about: { kind: "text", markdown: "About", place: { column: 0, row: 10, width: 12, height: 2 } },
  ...(process.env.MORE ? { third: chart("Third", 15) } : {}),
};
const definition = { key: "launch", title: "Launch", owner: "growth", question: "Does it fly?", tiles };
const project = new Project("product", { projectId, host: config.require("host") });
const dashboard = new Dashboard("launch", { definition, projectId }, { dependsOn: project });
new InsightAlert("launch/first", {
  ...{ projectId, dashboardId: dashboard.id, tileKey: "first", tileTitle: "First", line: 0, name: "Too many" },
  ...{ when: { kind: "above", value: 5 }, check: "hourly", owner: "growth", because: "It is too much." },
  subscribers: ["platform@brandvx.example"],
});
`;

export interface FaultStack extends AsyncDisposable {
  posthog: PosthogTwin;
  stack: TestStack;
  /** Runs `pulumi up`, and kills it or its provider with SIGKILL as soon as PostHog has received `afterWrites` writes. */
  upKilled: (what: "engine" | "provider", afterWrites: number) => Promise<void>;
}

/** A PostHog of its own, and a stack of one dashboard in it. */
export async function faultStack(): Promise<FaultStack> {
  const members = [{ id: 11, email: "platform@brandvx.example", firstName: "Platform" }] as const;
  const posthog = await startPosthogTwin({ members });
  const stack = await TestStack.create({
    config: { "posthog:host": posthog.url, "posthog:projectId": posthog.projectId },
    env: { POSTHOG_PERSONAL_API_KEY: posthog.personalApiKey },
  });
  writeFileSync(join(stack.folder, "index.ts"), program);
  return {
    posthog,
    stack,
    upKilled: (what, afterWrites) => upKilled(stack, what, () => posthog.requests.writes().length >= afterWrites),
    async [Symbol.asyncDispose]() {
      await stack[Symbol.asyncDispose]();
      await posthog.stop();
    },
  };
}
