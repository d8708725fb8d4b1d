import { execa } from "execa";

/** Ids of everything that a process started, and what that started. None on Windows, which ends them with it. */
export async function descendantsOf(pid: number): Promise<number[]> {
  const { exitCode, stdout } = await execa("ps", ["-A", "-o", "pid=,ppid="], { reject: false, stdin: "ignore" });
  if (exitCode !== 0) return [];
  const children = Map.groupBy(
    stdout.split("\n").map((line) => line.trim().split(/\s+/).map(Number)),
    ([, parent = 0]) => parent,
  );
  const below = (parent: number): number[] =>
    (children.get(parent) ?? []).flatMap(([child = 0]) => (child === 0 ? [] : [child, ...below(child)]));
  return below(pid);
}

/** Ends these processes at once; one that is gone already is fine. */
export function end(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
}
