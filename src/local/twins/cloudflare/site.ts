import type { Collection } from "../kit/index.ts";
import type { StoredAsset, StoredDeployment } from "./project.ts";

/** A file as Pages serves it. */
export interface ServedFile {
  readonly status: 200 | 404;
  readonly contentType: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

/**
 * What Pages serves at a path of a deployment: the file, a page without its `.html`, the nearest `404.html` or, in an app without
 * one, its `index.html` (developers.cloudflare.com/pages/configuration/serving-pages). `_headers` and `_redirects` are not applied.
 *
 * @returns undefined when nothing answers there
 */
export function fileAt(
  { files = {} }: Pick<StoredDeployment, "files">,
  path: string,
  assets: Pick<Collection<StoredAsset>, "get">,
): ServedFile | undefined {
  const served = (name: string, status: ServedFile["status"]): ServedFile | undefined => {
    const asset = Object.hasOwn(files, name) ? assets.get(files[name] ?? "") : null;
    return asset === null
      ? undefined
      : { status, contentType: asset.contentType, content: Uint8Array.from(Buffer.from(asset.value, "base64")) };
  };
  const bare = path.replace(/\/+$/, "");
  const found = [path, ...(path === bare ? [`${bare}.html`] : []), `${bare}/index.html`];
  for (const name of found) {
    const file = served(name, 200);
    if (file) return file;
  }
  for (let folder = bare; folder !== ""; ) {
    folder = folder.slice(0, folder.lastIndexOf("/"));
    const missing = served(`${folder}/404.html`, 404);
    if (missing) return missing;
  }
  return served("/404.html", 404) ?? served("/index.html", 200);
}
