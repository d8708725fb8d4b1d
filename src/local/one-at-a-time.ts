import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive } from "./processes.ts";

/** How long a process uses the local cloud: until it is stopped, or for one command. */
export type Stay = "serving" | "one command";

interface Owner {
  readonly process: number;
  readonly stay: Stay;
}

/** Another process serves the local cloud of this checkout. */
export class AlreadyRunning extends Error {
  readonly owner: Owner;
  constructor(owner: Owner) {
    const what =
      owner.stay === "serving" ? "stop that one first, with Ctrl-C in its terminal" : "wait for that command";
    super(`the local cloud of this checkout runs already (process ${owner.process}): ${what}`);
    this.name = "AlreadyRunning";
    this.owner = owner;
  }
}

/**
 * Makes this process the only one that uses `folder`, since two would write to the same stores. Returns the function that
 * releases it.
 * @throws AlreadyRunning
 */
export function claimFolder(folder: string, stay: Stay = "serving"): () => void {
  const file = join(folder, "process");
  const owner = readOwner(file);
  if (owner && owner.process !== process.pid && isAlive(owner.process)) throw new AlreadyRunning(owner);
  writeFileSync(file, `${process.pid} ${stay}`);
  return () => rmSync(file, { force: true });
}

function readOwner(file: string): Owner | undefined {
  try {
    const [, pid, stay] = /^(\d+)(?: (.+))?$/.exec(readFileSync(file, "utf8").trim()) ?? [];
    return pid === undefined ? undefined : { process: Number(pid), stay: stay === "one command" ? stay : "serving" };
  } catch {
    return undefined;
  }
}
