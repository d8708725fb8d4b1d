import { execa } from "execa";
import { endsWithUs } from "./ends-with-us.ts";
import { withProgramEnvironment } from "./program-environment.ts";

/** Ids of all descendants of a process. Empty on Windows, which ends them with their parent. */
export async function descendantsOf(pid: number): Promise<number[]> {
  const { exitCode, stdout } = await execa("ps", ["-A", "-o", "pid=,ppid="], {
    ...{ reject: false, stdin: "ignore", ...withProgramEnvironment() },
  });
  if (exitCode !== 0) return [];
  const children = Map.groupBy(
    stdout.split("\n").map((line) => line.trim().split(/\s+/).map(Number)),
    ([, parent = 0]) => parent,
  );
  const below = (parent: number): number[] =>
    (children.get(parent) ?? []).flatMap(([child = 0]) => (child === 0 ? [] : [child, ...below(child)]));
  return below(pid);
}

/** A command that runs in its own process group. */
interface Running<Result> extends Promise<Result> {
  readonly pid?: number | undefined;
  kill(signal: "SIGINT"): boolean;
}

/**
 * Waits for a `pulumi`, and when `signal` aborts sends it one signal to end; it is ended after `patienceMs`. It is to be started detached: a Ctrl-C
 * at the terminal then reaches this process alone, and not both (a second signal would make it leave its plugins behind).
 */
export async function endedGently<Result>(
  running: Running<Result>,
  { signal, patienceMs }: { readonly signal: AbortSignal; readonly patienceMs: number },
): Promise<Result> {
  const { pid } = running;
  // Collected before the end: plugins have their own process groups, and lose their parent when it ends.
  let started: Promise<number[]> = Promise.resolve([]);
  const interrupt = (): void => {
    if (pid === undefined) return;
    started = descendantsOf(pid);
    void started.then(() => running.kill("SIGINT"));
    setTimeout(() => end([pid]), patienceMs).unref();
  };
  if (signal.aborted) interrupt();
  signal.addEventListener("abort", interrupt, { once: true });
  const ended = endsWithUs(pid);
  try {
    return await running;
  } finally {
    ended();
    signal.removeEventListener("abort", interrupt);
    end(await started);
  }
}

/** Kills these processes; ignores those that have already ended. */
export function end(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
}

/** Whether a process of any user still runs on this machine. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
