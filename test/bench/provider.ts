import { startPosthogTwin } from "../../src/local/twins/posthog/index.ts";
import { publishedLimits } from "../../src/resources/kernel/limits/published.ts";
import { benchStack } from "../support/bench-stack.ts";

/*
 * A hundred dashboards of ten tiles on the real engine, against a PostHog that needs 30 ms for each request and has no
 * limits: the time that the provider and the engine themselves need. What PostHog Cloud's limits add is computed
 * separately.
 */

const dashboards = 100;
const tilesEach = 10;
const latencyMs = 30;

interface Figure {
  name: string;
  value: number;
  unit: string;
}

const program = `
import { Dashboard, Project } from "@brandvx/resources/posthog";
import { Config } from "@pulumi/pulumi";

const config = new Config("posthog");
const projectId = config.requireNumber("projectId");
const project = new Project("product", { projectId, host: config.require("host") });
const tile = (dashboard, number) => ({
  kind: "insight",
  title: "Tile " + number + " of " + dashboard,
  reading: "What is shown, and what a bad value means: one sentence, as long as such a sentence is.",
  query: {
    kind: "InsightVizNode",
    source: {
      kind: "TrendsQuery",
      series: [
        { kind: "EventsNode", event: "cadence.message_sent", custom_name: "Sent", math: "total" },
        { kind: "EventsNode", event: "cadence.message_failed", custom_name: "Failed", math: "total" },
      ],
      interval: "hour",
      dateRange: { date_from: process.env.CHANGED && number === 3 ? "-14d" : "-7d" },
      breakdownFilter: { breakdowns: [{ type: "event", property: "channel" }] },
      trendsFilter: { display: "ActionsBar", aggregationAxisFormat: "numeric", showLegend: true },
    },
  },
  place: { column: (number % 2) * 6, row: Math.floor(number / 2) * 5, width: 6, height: 5 },
});
for (let d = 0; d < ${dashboards}; d++) {
  const tiles = Object.fromEntries(Array.from({ length: ${tilesEach} }, (_, n) => ["tile-" + n, tile(d, n)]));
  const definition = { key: "d-" + d, title: "Dashboard " + d, owner: "growth", question: "Does it?", tiles };
  new Dashboard("d-" + d, { definition, projectId }, { dependsOn: project });
}
`;

/** Requests, seconds and memory of each step of a stack's life. */
export async function run(): Promise<Figure[]> {
  const posthog = await startPosthogTwin();
  try {
    using stack = await benchStack(program, posthog, { "posthog:limits": "learned" });
    posthog.faults.add({ match: {}, times: "always", effect: { kind: "slow", delayMs: latencyMs } });
    const up = ["up", "--yes", "--skip-preview"];
    const steps = [
      await stack.run("create", up),
      await stack.run("up without changes", [...up, "--expect-no-changes"]),
      await stack.run("refresh", ["refresh", "--preview-only", "--expect-no-changes"]),
      await stack.run("change one tile of each", up, { CHANGED: "yes" }),
    ];
    const state = await stack.run("", ["stack", "export"]);
    return [
      ...steps.flatMap(({ name, sent, seconds, peakBytes }) => [
        { name: `${name}: requests`, value: sent.length, unit: "" },
        { name: `${name}: time`, value: seconds, unit: "s" },
        { name: `${name}: peak memory of the providers`, value: peakBytes / 1e6, unit: "MB" },
      ]),
      {
        name: "create: least time with PostHog Cloud's limits",
        value: leastSeconds(dashboards * tilesEach),
        unit: "s",
      },
      { name: "state", value: Buffer.byteLength(state.stdout) / 1e6, unit: "MB" },
    ];
  } finally {
    await posthog.stop();
  }
}

/** The least time that the published limits allow for this many insights: full minutes before the last one may be sent. */
function leastSeconds(insights: number): number {
  const { allowances = [] } = publishedLimits.posthog("POST", "/api/projects/1/insights/");
  return Math.max(
    ...allowances.map(({ requests, windowMs }) => (Math.ceil(insights / requests) - 1) * (windowMs / 1000)),
  );
}
