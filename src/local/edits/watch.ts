import { createHash } from "node:crypto";
import { type FSWatcher, readdirSync, readFileSync, watch } from "node:fs";
import { join } from "node:path";
import { editedFolders } from "./definitions.ts";

/** Waiting time after a change: editors write a file in several steps, and a formatter writes it again. */
const settleMs = 120;

/**
 * Calls `changed` with the files (relative paths) whose content differs, once a save has settled. A save without a change is
 * ignored.
 * @returns a function that stops watching
 */
export function watchEdits(folder: string, changed: (files: readonly string[]) => void): () => void {
  let known = contents(folder);
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    const now = contents(folder);
    const names = [...new Set([...known.keys(), ...now.keys()])].filter((file) => known.get(file) !== now.get(file));
    known = now;
    if (names.length > 0) changed(names.toSorted());
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(look, settleMs);
  };
  const watchers = editedFolders.flatMap((part): FSWatcher[] => {
    try {
      const watcher = watch(join(folder, part), { recursive: true }, soon);
      // The watcher of a deleted folder ends by itself.
      watcher.on("error", () => watcher.close());
      return [watcher];
    } catch {
      return [];
    }
  });
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

function contents(folder: string): Map<string, string> {
  const files = editedFolders.flatMap((part) =>
    namesIn(join(folder, part)).map((name) => `${part}/${name.replaceAll("\\", "/")}`),
  );
  return new Map(
    files.flatMap((file) => {
      try {
        return [
          [
            file,
            createHash("sha256")
              .update(readFileSync(join(folder, file)))
              .digest("hex"),
          ] as const,
        ];
      } catch {
        // It was deleted, or is a folder.
        return [];
      }
    }),
  );
}

const isSource = (name: string): boolean => /^[^.].*\.(ts|txt|json)$/.test(name.split(/[\\/]/).at(-1) ?? "");

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(isSource);
  } catch {
    return [];
  }
}
