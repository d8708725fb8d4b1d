import { createHash } from "node:crypto";
import { type FSWatcher, readdirSync, readFileSync, watch } from "node:fs";
import { join } from "node:path";
import { editedFolders } from "./definitions.ts";

/** An editor writes a file in several steps, and a formatter writes it again. */
const settleMs = 120;

/**
 * Calls `changed` with the files that have another content than before, from the project's folder, when a save has settled.
 * A save that changes nothing is none.
 * @returns stops it
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
      // A folder that goes away takes its watcher with it.
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
        // It went away, or is a folder.
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
