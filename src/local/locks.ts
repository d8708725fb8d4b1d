import { existsSync, readdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { isAlive } from "./processes.ts";

/** What Pulumi's file backend writes into a lock (pkg/backend/diy/lock.go). */
const lock = z.object({ pid: z.int().positive(), hostname: z.string() });

/**
 * Whether a stack is locked by processes of this machine that are gone: they were killed, and nothing else will ever take
 * the lock away. False while any of its locks may have a living owner.
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
    // One that cannot be read may be written just now.
    return false;
  }
}
