import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import envPaths from "env-paths";

/** Cache folder for engines, shared by checkouts: the platform's own (XDG_CACHE_HOME, Library/Caches, LOCALAPPDATA). */
export const cacheFolder = join(envPaths("brandvx-observability", { suffix: "" }).cache, "engine");

/**
 * Fills `folder` by `fill(temporary folder)` and moves it into place in one step (an empty one is not moved), so that a set-up that was interrupted
 * or runs twice at once never leaves half an engine behind.
 */
export async function fillFolder(folder: string, fill: (temporary: string) => Promise<void>): Promise<void> {
  mkdirSync(cacheFolder, { recursive: true });
  const temporary = await mkdtemp(join(cacheFolder, "new-"));
  try {
    await fill(temporary);
    if (readdirSync(temporary).length === 0) return;
    rmSync(folder, { recursive: true, force: true });
    renameSync(temporary, folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Eight characters of a hash of the texts, as part of a cached folder's name, so that outdated content is never used. */
export const fingerprint = (...texts: string[]): string =>
  createHash("sha256").update(texts.join("\0")).digest("hex").slice(0, 8);
