import { existsSync } from "node:fs";
import { basename, dirname, isAbsolute, join, posix, relative, resolve, sep, win32 } from "node:path";
import { fileURLToPath } from "node:url";

/** What of a source map is read here. An index map has sections instead of sources. */
export interface SourceMap {
  readonly sources?: readonly (string | null)[];
  readonly sourceRoot?: string;
  readonly mappings?: string;
  readonly sections?: readonly { readonly map?: SourceMap }[];
}

/**
 * A map whose sources are named as Sentry is to show them: `src/inbox/Thread.tsx` in the app, `packages/ui/Button.tsx` in its
 * repository, `node_modules/…` of a library, and the file's name alone elsewhere, since the rest is a path of the machine that built.
 *
 * @param file the map's own path
 * @param root the app's folder
 */
export function namedSources({ sourceRoot = "", ...map }: SourceMap, file: string, root: string): SourceMap {
  return {
    ...map,
    ...(Array.isArray(map.sources) && {
      sources: map.sources.map((source) => (source ? sourceName(joined(sourceRoot, source), file, root) : source)),
    }),
    ...(Array.isArray(map.sections) && {
      sections: map.sections.map((section) =>
        section.map ? { ...section, map: namedSources(section.map, file, root) } : section,
      ),
    }),
  };
}

/** Two letters at least: `C:` is a drive. */
const isAddress = (text: string): boolean => /^(?:\0|[a-z][a-z\d+.-]+:)/i.test(text);
const isOnDrive = (path: string): boolean => /^[a-z]:[\\/]/i.test(path);

function joined(sourceRoot: string, source: string): string {
  if (sourceRoot === "" || isAddress(source) || isOnDrive(source) || isAbsolute(source)) return source;
  if (isAddress(sourceRoot) || isOnDrive(sourceRoot)) return `${sourceRoot.replace(/[\\/]$/, "")}/${source}`;
  return posix.join(sourceRoot, source);
}

function sourceName(source: string, map: string, root: string): string {
  if (/^file:/i.test(source)) return sourceName(pathOf(source), map, root);
  // Vite's internal modules and addresses are not files.
  if (isAddress(source)) return source;
  const isForeign = isOnDrive(source) && !isOnDrive(root);
  const file = isForeign ? source : resolve(dirname(map), source);
  const [library] = /node_modules[\\/].*$/.exec(file) ?? [];
  if (library) return slashed(library);
  if (isForeign) return win32.basename(source);
  return pathIn(root, file) ?? pathIn(repositoryOf(root), file) ?? basename(file);
}

function pathOf(address: string): string {
  try {
    return fileURLToPath(address);
  } catch {
    return address.replace(/^file:\/*/i, "/");
  }
}

/** A file's path in a folder, with slashes; undefined outside of it. */
export function pathIn(folder: string, file: string): string | undefined {
  const path = relative(folder, file);
  return path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path) ? undefined : slashed(path);
}

const slashed = (path: string): string => path.split(/[\\/]/).join("/");

/** The folder of the repository in which an app is; the app's own outside of any. */
function repositoryOf(root: string): string {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder;
    if (dirname(folder) === folder) return root;
  }
}
