import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, posix, relative, resolve, sep } from "node:path";

const isMap = /\.(?:[cm]?js|css)\.map$/;

/** Source maps of scripts and styles in a folder and below, as full paths. */
export async function mapsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && isMap.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name));
}

export async function removeFiles(files: readonly string[]): Promise<void> {
  await Promise.all(files.map((file) => rm(file, { force: true })));
}

/** Sources by their path in the repository: Sentry shows `src/inbox/Thread.tsx`, not `../../src/inbox/Thread.tsx`. */
export async function nameSources(map: string, root: string): Promise<void> {
  const content = JSON.parse(await readFile(map, "utf8")) as { sources?: (string | null)[]; sourceRoot?: string };
  const { sources = [], sourceRoot = "", ...rest } = content;
  const named = sources.map((source) => source && sourceName(posix.join(sourceRoot, source), map, root));
  await writeFile(map, JSON.stringify({ ...rest, sources: named }));
}

function sourceName(source: string, map: string, root: string): string {
  // Vite's internal modules and URLs are not files.
  if (/^(?:\0|[a-z][a-z\d+.-]*:)/i.test(source)) return source;
  const file = resolve(map, "..", source);
  const [library] = /node_modules[\\/].*$/.exec(file) ?? [];
  return (library ?? relative(root, file)).split(sep).join("/");
}
