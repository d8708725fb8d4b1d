import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";

const folder = new URL("./browser/", import.meta.url);
const types = { css: "text/css; charset=utf-8", svg: "image/svg+xml", js: "text/javascript; charset=utf-8" } as const;

export interface Asset {
  readonly type: string;
  readonly text: string;
}

const known = new Map<string, Asset>();

/**
 * A file of the pages: style sheets and pictures unchanged, scripts with their types stripped by Node.
 * Undefined when it does not exist.
 */
export function asset(name: string): Asset | undefined {
  const [, base, extension] = /^([a-z-]+)\.(css|svg|js)$/.exec(name) ?? [];
  if (base === undefined || extension === undefined) return undefined;
  const before = known.get(name);
  if (before) return before;
  const source = read(extension === "js" ? `${base}.ts` : name);
  if (source === undefined) return undefined;
  const text =
    extension === "js" ? stripTypeScriptTypes(source).replaceAll(/(from "\.\/[a-z-]+)\.ts"/g, '$1.js"') : source;
  const found = { type: types[extension as keyof typeof types], text };
  known.set(name, found);
  return found;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(new URL(file, folder), "utf8");
  } catch {
    return undefined;
  }
}
