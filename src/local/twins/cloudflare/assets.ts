import { randomBytes } from "node:crypto";
import { sign, verify } from "hono/jwt";
import * as z from "zod";
import { readBearer } from "../kit/index.ts";
import { type CloudflareContext, readBody, refuse, succeeded } from "./envelope.ts";
import { base, type CloudflareParts, projectPath } from "./parts.ts";

/** The name of a content: wrangler's are BLAKE3 of the file. The servers' own check of it is not documented. */
const key = z.string().regex(/^[0-9a-f]{32}$/, "must be 32 hexadecimal digits");
const hashes = z.looseObject({ hashes: z.array(key) });
const uploads = z.array(
  z.looseObject({
    key,
    value: z.base64(),
    metadata: z.looseObject({ contentType: z.string() }),
    base64: z.literal(true),
  }),
);

/** Cloudflare's limits: 25 MiB a file, 20,000 files a deployment (developers.cloudflare.com/pages/platform/limits). */
const mostBytes = 25 * 1024 * 1024;
export const mostFiles = 20_000;
const validSeconds = 5 * 60;

/**
 * Direct upload, as wrangler 4.86 does it (packages/wrangler/src/pages/upload.ts): a token for the project, the question which
 * contents are missing, and those. A deployment then names the content of each path.
 */
export function assetRoutes({ app, assets, findProject }: CloudflareParts): void {
  const secret = randomBytes(32).toString("hex");
  const admit = async (c: CloudflareContext): Promise<void> => {
    const token = readBearer(c.req.header("Authorization")) ?? "";
    await verify(token, secret, "HS256").catch(() => {
      throw refuse(401, 8000013, "Authorization failed");
    });
  };

  app.get(`${projectPath}/upload-token`, async (c) => {
    const exp = Math.floor(Date.now() / 1000) + validSeconds;
    const claims = { project: findProject(c).uuid, max_file_count_allowed: mostFiles, exp };
    return c.json(succeeded({ jwt: await sign(claims, secret, "HS256") }));
  });
  app.post(`${base}/pages/assets/check-missing`, async (c) => {
    await admit(c);
    const asked = (await readBody(c, hashes)).hashes;
    return c.json(succeeded([...new Set(asked)].filter((hash) => assets.get(hash) === null)));
  });
  app.post(`${base}/pages/assets/upload`, async (c) => {
    await admit(c);
    const given = await readBody(c, uploads);
    const large = given.find(({ value }) => Buffer.byteLength(value, "base64") > mostBytes);
    if (large) throw refuse(400, 8000000, `The file ${large.key} is larger than 25 MiB.`);
    for (const { key: id, value, metadata } of given) assets.put({ id, value, contentType: metadata.contentType });
    return c.json(succeeded({ successful_key_count: given.length, unsuccessful_keys: [] }));
  });
  app.post(`${base}/pages/assets/upsert-hashes`, async (c) => {
    await admit(c);
    await readBody(c, hashes);
    return c.json(succeeded(true));
  });
}
