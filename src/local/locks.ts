import { existsSync, readdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { isAlive } from "./processes.ts";

/** Content of a lock file of Pulumi's file backend (pkg/backend/diy/lock.go). */
const lock = z.object({ pid: z.int().positive(), hostname: z.string() });

/**
 * Whether a stack is locked only by killed processes of this machine, so that nothing else will release the lock. False while
 * any of its locks may have a living owner.
 *
 * @param state folder of the file backend
 * @param stack as `<project>/<stack>`
 */
export function isLeftLocked(state: string, stack: string): boolean {
  const folder = join(state, ".pulumi", "locks", "organization", ...stack.split("/"));
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  return files.length > 0 && files.every((file) => isLeft(join(folder, file)));
}

function isLeft(file: string): boolean {
  try {
    const owner = lock.parse(JSON.parse(readFileSync(file, "utf8")));
    return owner.hostname === hostname() && !isAlive(owner.pid);
  } catch {
    // An unreadable lock may be being written right now.
    return false;
  }
}
