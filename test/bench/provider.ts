import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { ensureEngine } from "../../src/local/engine/ensure.ts";
import { engineEnvironment } from "../../src/local/engine/environment.ts";
import { type PosthogTwin, startPosthogTwin } from "../../src/local/twins/posthog/index.ts";
import { publishedLimits } from "../../src/resources/kernel/limits/published.ts";

/*
 * A hundred dashboards of ten tiles on the real engine, against a PostHog that takes 30 ms for each request and limits
 * nothing: what the provider and the engine themselves take. What PostHog Cloud's limits add is computed beside it.
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
  const folder = mkdtempSync(join(tmpdir(), "brandvx-bench-"));
  try {
    const stack = await prepare(folder, posthog);
    posthog.faults.add({ match: {}, times: "always", effect: { kind: "slow", delayMs: latencyMs } });
    const up = ["up", "--yes", "--skip-preview"];
    const steps = [
      await stack("create", up),
      await stack("up without changes", [...up, "--expect-no-changes"]),
      await stack("refresh", ["refresh", "--preview-only", "--expect-no-changes"]),
      await stack("change one tile of each", up, { CHANGED: "yes" }),
    ];
    const state = await stack("", ["stack", "export"]);
    const peak = Math.max(...steps.map(({ peakBytes }) => peakBytes));
    return [
      ...steps.flatMap(({ name, requests, refused, seconds }) => [
        { name: `${name}: requests`, value: requests, unit: "" },
        ...(refused > 0 ? [{ name: `${name}: refused`, value: refused, unit: "" }] : []),
        { name: `${name}: time`, value: seconds, unit: "s" },
      ]),
      {
        name: "create: least time with PostHog Cloud's limits",
        value: leastSeconds(dashboards * tilesEach),
        unit: "s",
      },
      { name: "provider process: peak memory", value: peak / 1e6, unit: "MB" },
      { name: "state", value: Buffer.byteLength(state.stdout) / 1e6, unit: "MB" },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await posthog.stop();
  }
}

/** What the published numbers make of so many insights: full minutes before the last one may be sent. */
function leastSeconds(insights: number): number {
  const { allowances = [] } = publishedLimits.PostHog?.("POST", "/api/projects/1/insights/") ?? {};
  return Math.max(
    ...allowances.map(({ requests, windowMs }) => (Math.ceil(insights / requests) - 1) * (windowMs / 1000)),
  );
}

async function prepare(folder: string, posthog: PosthogTwin) {
  const engine = await ensureEngine({ progress: (line) => console.error(line) });
  const env = {
    ...engineEnvironment(engine, join(folder, ".pulumi")),
    POSTHOG_PERSONAL_API_KEY: posthog.personalApiKey,
  };
  writeFileSync(join(folder, "index.ts"), program);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  const runtime = "runtime:\n  name: nodejs\n  options:\n    typescript: false\n";
  writeFileSync(join(folder, "Pulumi.yaml"), `name: bench\nmain: index.ts\n${runtime}`);
  symlinkSync(fileURLToPath(new URL("../../node_modules", import.meta.url)), join(folder, "node_modules"), "junction");
  const pulumi = (args: string[], more: Record<string, string> = {}) =>
    execa("pulumi", [...args, "--non-interactive"], {
      ...{ cwd: folder, env: { ...env, ...more }, extendEnv: false, preferLocal: false, stdin: "ignore" },
      maxBuffer: 1e9,
    });
  await pulumi(["stack", "init", "bench"]);
  await pulumi(["config", "set", "posthog:host", posthog.url]);
  await pulumi(["config", "set", "posthog:projectId", String(posthog.projectId)]);
  await pulumi(["config", "set", "posthog:limits", "learned"]);

  return async (name: string, args: string[], more?: Record<string, string>) => {
    const mark = posthog.requests.mark();
    const memory = watchMemory(folder);
    const start = performance.now();
    const { stdout } = await pulumi(args, more);
    const seconds = (performance.now() - start) / 1000;
    const sent = posthog.requests.since(mark);
    const refused = sent.filter(({ status }) => status === 429).length;
    return { name, stdout, seconds, requests: sent.length, refused, peakBytes: memory.stop() };
  };
}

/** The most memory that a provider process of this folder has had, as Linux counts it; not a number elsewhere. */
function watchMemory(folder: string): { stop: () => number } {
  let peakBytes = 0;
  const look = () => {
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      try {
        if (readlinkSync(`/proc/${pid}/cwd`) !== folder) continue;
        if (!readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("dynamic-provider")) continue;
        const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
        peakBytes = Math.max(peakBytes, Number(kilobytes) * 1024);
      } catch {
        // It has ended, or is somebody else's.
      }
    }
  };
  const timer = process.platform === "linux" ? setInterval(look, 100) : undefined;
  return {
    stop() {
      clearInterval(timer);
      return timer ? peakBytes : Number.NaN;
    },
  };
}
