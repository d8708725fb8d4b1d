import { createHash, randomUUID } from "node:crypto";
import * as z from "zod";
import { BodyTooLarge, refusal, unpack } from "../kit/index.ts";
import { readBundle } from "./bundle.ts";
import { now, page, type SentryContext } from "./http.ts";
import type { ArtifactBundle, Assembly } from "./model.ts";
import { findProject, organizationPath, projectPath, type SentryParts } from "./parts.ts";

/** Bytes. Sentry: SENTRY_CHUNK_UPLOAD_BLOB_SIZE. */
const chunkSize = 8 * 1024 * 1024;
const chunksPerRequest = 64;
const maxRequestSize = 32 * 1024 * 1024;

const sha1 = z.string().regex(/^[0-9a-f]{40}$/);
const wanted = z.strictObject({
  checksum: sha1,
  chunks: z.array(sha1),
  projects: z.array(z.string()),
  version: z.string().nullish(),
  dist: z.string().nullish(),
});

/**
 * How source maps are uploaded to Sentry: chunks by their SHA-1, assembled into a bundle that is unpacked later.
 * Sentry: src/sentry/api/endpoints/{chunk,organization_artifactbundle_assemble,artifact_bundles}.py
 */
export function artifactRoutes(parts: SentryParts, assemblingMs: () => number): void {
  const { app, model, organization, publicUrl } = parts;
  const path = `${organizationPath}/chunk-upload/`;

  app.get(path, (c) =>
    c.json({
      url: `${publicUrl()}/api/0/organizations/${organization.slug}/chunk-upload/`,
      ...{ chunkSize, chunksPerRequest, maxRequestSize, maxFileSize: 2 * 1024 ** 3, concurrency: 8 },
      hashAlgorithm: "sha1",
      compression: ["gzip"],
      accept: [
        "debug_files",
        "release_files",
        "pdbs",
        "sources",
        "bcsymbolmaps",
        "artifact_bundles",
        "artifact_bundles_v2",
      ],
    }),
  );

  app.post(path, async (c) => {
    const parsed = await c.req.parseBody({ all: true }).catch(() => ({}));
    const files = (name: string): File[] =>
      [(parsed as Record<string, unknown>)[name]].flat().filter((part): part is File => part instanceof File);
    const given = [
      ...files("file").map((file) => ({ file, packed: false })),
      ...files("file_gzip").map((file) => ({ file, packed: true })),
    ];
    if (given.length > chunksPerRequest) throw refusal(400, { error: "Too many chunks" });
    const chunks = await Promise.all(
      given.map(async ({ file, packed }) => {
        const bytes = new Uint8Array(await file.arrayBuffer());
        return { name: file.name, bytes: packed ? await unpackedChunk(bytes) : bytes };
      }),
    );
    if (chunks.some(({ bytes }) => bytes.length > chunkSize)) throw refusal(400, { error: "Chunk size too large" });
    for (const { name, bytes } of chunks)
      if (sha1Of(bytes) !== name) throw refusal(400, { error: "Checksum mismatch" });
    model.transaction(() => {
      for (const { name, bytes } of chunks)
        model.chunks.put({ id: name, base64: Buffer.from(bytes).toString("base64") });
    });
    return c.body(null, 200);
  });

  app.post(`${organizationPath}/artifactbundle/assemble/`, async (c) => {
    const { checksum, chunks, projects, version, dist } = await assembleBody(c);
    const projectIds = projects.map((slug) => model.projects.where("slug", slug)[0]?.id);
    if (projectIds.length === 0) throw refusal(400, { error: "You need to specify at least one project" });
    const ids = projectIds.filter((id) => id !== undefined);
    if (ids.length < projectIds.length) throw refusal(400, { error: "One or more projects are invalid" });
    const known = model.assemblies.get(checksum);
    if (known !== null) {
      // The same bundle for another release or project is linked to that one as well.
      if (known.state === "ok") keepBundle(checksum, chunks, ids, version ?? null, dist ?? null);
      return c.json({ state: known.state, detail: known.detail, missingChunks: [] });
    }
    const missingChunks = chunks.filter((chunk) => model.chunks.get(chunk) === null);
    // Without chunks a client only asks for the status.
    if (chunks.length === 0 || missingChunks.length > 0)
      return c.json({ state: "not_found", detail: null, missingChunks });
    const finish = (): Assembly =>
      model.assemblies.put(keepBundle(checksum, chunks, ids, version ?? null, dist ?? null));
    model.assemblies.put({ id: checksum, state: "created", detail: null });
    const delayMs = assemblingMs();
    if (delayMs > 0) {
      model.assemblies.put({ id: checksum, state: "assembling", detail: null });
      setTimeout(() => parts.isOpen() && finish(), delayMs).unref();
    } else finish();
    return c.json({ state: "created", detail: null, missingChunks: [] });
  });

  app.get(`${projectPath}/files/artifact-bundles/`, (c) => {
    const { id } = findProject(parts, c.req.param("project"));
    const query = c.req.query("query") ?? "";
    const listed = model.bundles
      .all()
      .filter(({ projectIds }) => projectIds.includes(id))
      .filter((bundle) => [bundle.id, bundle.version, bundle.dist].some((text) => (text ?? "").includes(query)));
    return page(c, listed.reverse(), bundleView);
  });

  /** Assembles a bundle and returns the result. */
  function keepBundle(
    checksum: string,
    chunks: readonly string[],
    projectIds: readonly string[],
    version: string | null,
    dist: string | null,
  ): Assembly {
    const bytes = Buffer.concat(chunks.map((chunk) => Buffer.from(model.chunks.get(chunk)?.base64 ?? "", "base64")));
    if (sha1Of(bytes) !== checksum) return { id: checksum, state: "error", detail: "Reported checksum mismatch" };
    try {
      const { id = randomUUID(), files } = readBundle(bytes);
      const known = model.bundles.get(id);
      const bundle: ArtifactBundle = {
        ...{ id, version: version ?? known?.version ?? null, dist: dist ?? known?.dist ?? null },
        projectIds: [...new Set([...(known?.projectIds ?? []), ...projectIds])],
        fileCount: files.length,
        dateCreated: known?.dateCreated ?? now(),
      };
      model.transaction(() => {
        model.bundles.put(bundle);
        if (known === null) for (const file of files) model.artifacts.put({ ...file, id: model.newId(), bundleId: id });
      });
      return { id: checksum, state: "ok", detail: null };
    } catch (error) {
      return { id: checksum, state: "error", detail: `Invalid bundle: ${error instanceof Error ? error.message : ""}` };
    }
  }
}

const sha1Of = (bytes: Uint8Array) => createHash("sha1").update(bytes).digest("hex");

async function unpackedChunk(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return await unpack(bytes, "gzip", chunkSize);
  } catch (error) {
    throw refusal(400, { error: error instanceof BodyTooLarge ? "Chunk size too large" : "Invalid gzip" });
  }
}

async function assembleBody(c: SentryContext): Promise<z.output<typeof wanted>> {
  const json: unknown = await c.req.json().catch(() => undefined);
  if (json === undefined) throw refusal(400, { error: "Invalid json body" });
  const { success, data, error } = wanted.safeParse(json);
  if (success) return data;
  throw refusal(400, { error: error.issues[0]?.message ?? "invalid" });
}

const bundleView = ({ id, version, dist, fileCount, dateCreated }: ArtifactBundle) => ({
  ...{ bundleId: id, date: dateCreated, dateModified: dateCreated, fileCount },
  associations: version === null ? [] : [{ release: version, dist }],
});
