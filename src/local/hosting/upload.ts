import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { z } from "zod";

/** A Pages project, and who may deploy to it. */
export interface PagesDestination {
  /** Cloudflare's API, as in `cloudflare:baseUrl`. */
  readonly apiUrl: string;
  readonly token: string;
  readonly accountId: string;
  readonly projectName: string;
}

const contentTypes: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  json: "application/json",
  map: "application/json",
  svg: "image/svg+xml",
};

const answer = z.object({
  result: z.unknown(),
  errors: z.array(z.object({ code: z.number(), message: z.string() })),
});

/**
 * Deploys a folder to production, with the requests of `wrangler pages deploy` (direct upload): wrangler itself is a program of
 * more than 100 MB.
 *
 * @throws Error with Cloudflare's reason
 */
export async function uploadToPages(folder: string, to: PagesDestination): Promise<void> {
  const { apiUrl, token, accountId, projectName } = to;
  const project = `/accounts/${accountId}/pages/projects/${projectName}`;
  const ask = async <T>(path: string, key: string, result: z.ZodType<T>, body?: object): Promise<T> => {
    const isForm = body instanceof FormData;
    const response = await fetch(`${apiUrl}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { Authorization: `Bearer ${key}`, ...(body && !isForm && { "Content-Type": "application/json" }) },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    });
    const read = answer.safeParse(await response.json().catch(() => undefined));
    if (response.ok && read.success) return result.parse(read.data.result);
    const why = read.data?.errors.map(({ code, message }) => `${message} (${code})`).join("; ");
    throw new Error(`Cloudflare answers ${response.status} to ${path}${why ? `: ${why}` : ""}`);
  };

  const files = await filesIn(folder);
  const { jwt } = await ask(`${project}/upload-token`, token, z.object({ jwt: z.string() }));
  const hashes = [...new Set(files.map(({ hash }) => hash))];
  const missing = new Set(await ask("/pages/assets/check-missing", jwt, z.array(z.string()), { hashes }));
  const payload = files
    .filter(({ hash }) => missing.has(hash))
    .map(({ hash, value, contentType }) => ({ key: hash, value, metadata: { contentType }, base64: true }));
  if (payload.length > 0) await ask("/pages/assets/upload", jwt, z.unknown(), payload);
  await ask("/pages/assets/upsert-hashes", jwt, z.unknown(), { hashes });
  const form = new FormData();
  form.append("manifest", JSON.stringify(Object.fromEntries(files.map(({ path, hash }) => [path, hash]))));
  await ask(`${project}/deployments`, token, z.unknown(), form);
}

async function filesIn(folder: string) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => {
        const file = join(parentPath, name);
        const value = (await readFile(file)).toString("base64");
        const extension = name.split(".").at(-1) ?? "";
        return {
          path: `/${relative(folder, file).split(sep).join("/")}`,
          value,
          // wrangler's is BLAKE3 of the same text; a key only has to be of this length and to differ between contents.
          hash: createHash("sha256").update(value).update(extension).digest("hex").slice(0, 32),
          contentType: contentTypes[extension] ?? "application/octet-stream",
        };
      }),
  );
}
