import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive } from "./processes.ts";

/** Another process serves the local cloud of this checkout. */
export class AlreadyRunning extends Error {
  constructor(process: number) {
    super(
      `the local cloud of this checkout runs already (process ${process}): stop that one first, with Ctrl-C in its terminal`,
    );
    this.name = "AlreadyRunning";
  }
}

/**
 * Makes this process the only one that uses `folder`, since two would write the same stores. Gives back the release.
 * @throws AlreadyRunning
 */
export function claimFolder(folder: string): () => void {
  const file = join(folder, "process");
  const owner = readOwner(file);
  if (owner !== undefined && owner !== process.pid && isAlive(owner)) throw new AlreadyRunning(owner);
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

function readOwner(file: string): number | undefined {
  try {
    return Number(readFileSync(file, "utf8")) || undefined;
  } catch {
    return undefined;
  }
}
