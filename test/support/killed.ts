import { readdir, readFile, readlink } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { execa } from "execa";
import type { TestStack } from "./stack.ts";

/** Runs `pulumi up`, and kills it, or the process that serves the dynamic resources, with SIGKILL at the given moment. */
export async function upKilled(stack: TestStack, what: "engine" | "provider", isTime: () => boolean): Promise<void> {
  const engine = execa("pulumi", ["up", "--yes", "--skip-preview", "--non-interactive"], {
    ...{ cwd: stack.folder, env: stack.env, extendEnv: false, preferLocal: false, reject: false, stdin: "ignore" },
  });
  let isOver = false;
  const ended = engine.finally(() => {
    isOver = true;
  });
  while (!isOver && !isTime()) await delay(5);
  if (isOver) throw new Error("it was over before it was time to kill it");
  const started = await processesIn(stack.folder);
  if (what === "engine") engine.kill("SIGKILL");
  // The engine's children outlive it for a while, so they are killed too, as when a machine crashes.
  const doomed = started.filter(({ command }) => what === "engine" || command.includes("dynamic-provider"));
  for (const { pid } of doomed) end(pid);
  await ended;
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has already ended.
  }
}

/** Processes whose working folder is this one: those that the engine started for the stack. */
async function processesIn(folder: string): Promise<{ pid: number; command: string }[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => "");
      if (cwd !== folder) return [];
      const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
      return [{ pid: Number(pid), command: command.replaceAll("\0", " ") }];
    }),
  );
  return found.flat();
}
