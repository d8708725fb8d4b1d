import { access, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { namedSources, pathIn, type SourceMap } from "./sources.ts";

const isScript = /\.(?:[cm]?js|css)$/;
const isMapOfScript = /\.(?:[cm]?js|css)\.map$/;

/** The source maps of a build. */
export interface Maps {
  readonly files: readonly string[];
  /** Named as maps of scripts, and not readable as such: they are deleted, not sent. */
  readonly broken: readonly string[];
}

/**
 * Puts each map beside its script as `<script>.map`, where sentry-cli looks for it: out of the script itself, or from where the
 * build put it. Scripts refer to no map afterwards, since a browser would request a file that is not deployed.
 *
 * @param folders what the build wrote
 * @param built where the bundler says that it wrote the map of a script; both are full paths
 * @param root the app's folder: sources get their names by it
 */
export async function gatherMaps(
  folders: readonly string[],
  built: ReadonlyMap<string, string>,
  root: string,
): Promise<Maps> {
  const scripts = (await filesIn(folders)).filter((file) => isScript.test(file));
  await Promise.all(scripts.map((script) => gatherMap(script, built.get(script), folders)));
  const files: string[] = [];
  const broken: string[] = [];
  await Promise.all(
    (await filesIn(folders))
      .filter((file) => file.endsWith(".map"))
      .map(async (file) => {
        const map = await readMap(file);
        if (map) {
          await writeFile(file, JSON.stringify(namedSources(map, file, root)));
          files.push(file);
        } else if (isMapOfScript.test(file)) broken.push(file);
      }),
  );
  await removeFiles(broken);
  return { files: files.sort(), broken: broken.sort() };
}

export async function removeFiles(files: readonly string[]): Promise<void> {
  await Promise.all(files.map((file) => rm(file, { force: true })));
}

async function gatherMap(script: string, built: string | undefined, folders: readonly string[]): Promise<void> {
  const text = await readFile(script, "utf8");
  const split = splitReference(text);
  const own = `${script}.map`;
  const inline = split && inlineMap(split.reference);
  if (inline !== undefined) await writeFile(own, inline);
  else {
    const named = split && fileOf(split.reference, script);
    // What a script of others names outside of the build may be anybody's file.
    const from =
      built ??
      (named !== undefined && folders.some((folder) => pathIn(folder, named) !== undefined) ? named : undefined);
    if (from !== undefined && from !== own && (await exists(from))) await rename(from, own);
  }
  // A map at another host is not the build's to delete, nor is what refers to it.
  if (split && !/^https?:/i.test(split.reference)) await writeFile(script, split.script);
}

const otherComment = /^[ \t]*\/\/[#@] ?\w+=\S*\s*$/;
const reference = /(?:^[ \t]*\/\/[#@] ?sourceMappingURL=(\S+)|\/\*[#@] ?sourceMappingURL=([^\s*]+) ?\*\/)\s*$/;

/** What the comments at a script's end say of its map, and the script without that. Elsewhere such a text is the app's own. */
export function splitReference(script: string): { readonly reference: string; readonly script: string } | undefined {
  for (let end = script.length; end > 0; ) {
    const start = script.lastIndexOf("\n", script.slice(0, end).trimEnd().length - 1) + 1;
    const line = script.slice(start, end);
    const found = reference.exec(line);
    if (found)
      return {
        reference: found[1] ?? found[2] ?? "",
        script: script.slice(0, start + found.index) + script.slice(end),
      };
    if (!otherComment.test(line)) return undefined;
    end = start;
  }
  return undefined;
}

/** The map that a `data:` address holds. */
function inlineMap(address: string): string | undefined {
  const [head] = /^data:[^,]*,/i.exec(address) ?? [];
  if (head === undefined) return undefined;
  const data = address.slice(head.length);
  if (/;base64,$/i.test(head)) return Buffer.from(data, "base64").toString("utf8");
  try {
    return decodeURIComponent(data);
  } catch {
    return data;
  }
}

function fileOf(address: string, script: string): string | undefined {
  if (/^[a-z][a-z\d+.-]+:|^\/\//i.test(address)) return undefined;
  const path = address.replace(/[?#].*$/, "");
  try {
    return resolve(dirname(script), decodeURIComponent(path));
  } catch {
    return resolve(dirname(script), path);
  }
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** Undefined for what is no source map, such as the plan of a floor. */
async function readMap(file: string): Promise<SourceMap | undefined> {
  try {
    const map = JSON.parse(await readFile(file, "utf8")) as Partial<SourceMap> | null;
    const isMap = typeof map?.mappings === "string" || Array.isArray(map?.sections);
    return isMap ? (map as SourceMap) : undefined;
  } catch {
    return undefined;
  }
}

async function filesIn(folders: readonly string[]): Promise<string[]> {
  const entries = await Promise.all(folders.map((folder) => readdir(folder, { recursive: true, withFileTypes: true })));
  return entries
    .flat()
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}
