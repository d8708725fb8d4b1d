import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { ensureEngine } from "../../src/local/engine/ensure.ts";
import { engineEnvironment } from "../../src/local/engine/environment.ts";
import type { LoggedRequest } from "../../src/local/twins/kit/index.ts";
import type { PosthogTwin } from "../../src/local/twins/posthog/index.ts";

export interface Step {
  name: string;
  stdout: string;
  /** What PostHog received. */
  sent: readonly LoggedRequest[];
  seconds: number;
  /** Peak memory of the provider processes; NaN where the system does not report it. */
  peakBytes: number;
}

/** A stack of the real engine for a benchmark, in a separate folder. */
export interface BenchStack extends Disposable {
  run(name: string, args: string[], env?: Record<string, string>): Promise<Step>;
}

/** The stack of this program, in this PostHog; `config` by Pulumi's keys. */
export async function benchStack(
  program: string,
  posthog: PosthogTwin,
  config: Record<string, string> = {},
): Promise<BenchStack> {
  const folder = mkdtempSync(join(tmpdir(), "brandvx-bench-"));
  const engine = await ensureEngine({ progress: (line) => console.error(line), seesKeys: false });
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
  const settings = { "posthog:host": posthog.url, "posthog:projectId": String(posthog.projectId), ...config };
  for (const [key, value] of Object.entries(settings)) await pulumi(["config", "set", key, value]);

  return {
    async run(name, args, more) {
      const mark = posthog.requests.mark();
      const memory = watchMemory(folder);
      const start = performance.now();
      const { stdout } = await pulumi(args, more);
      const seconds = (performance.now() - start) / 1000;
      return { name, stdout, seconds, sent: posthog.requests.since(mark), peakBytes: memory.stop() };
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Peak memory of the provider processes of this folder, as Linux reports it; NaN on other systems. */
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
        // The process has ended, or belongs to another user.
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
