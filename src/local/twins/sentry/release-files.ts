import { createHash } from "node:crypto";
import { conflict, invalid, notFound, now, page, type SentryContext } from "./http.ts";
import type { ReleaseFile } from "./model.ts";
import { organizationPath, type SentryParts } from "./parts.ts";

const path = `${organizationPath}/releases/:version/files`;

/** What the last part of a name must not have. Sentry: INVALID_FILENAME in src/sentry/api/endpoints/project_release_files.py. */
const unusual = /[\n\t\r\f\v\\]/;

/**
 * Files of a release; a name is there once (`unique_together = ("release_id", "ident")` of src/sentry/models/releasefile.py).
 * Sentry: src/sentry/api/endpoints/{organization_release_files,organization_release_file_details,project_release_files}.py
 */
export function releaseFileRoutes({ app, model }: SentryParts): void {
  const versionOf = (c: SentryContext): string => {
    const release = model.releases.get(c.req.param("version") ?? "");
    if (release === null) throw notFound();
    return release.id;
  };
  const find = (c: SentryContext): ReleaseFile => {
    const file = model.releaseFiles.get(c.req.param("file") ?? "");
    if (file?.version !== versionOf(c)) throw notFound();
    return file;
  };

  app.get(`${path}/`, (c) => {
    const parts = c.req.queries("query") ?? [];
    const named = model.releaseFiles
      .where("version", versionOf(c))
      .filter(({ name }) => parts.length === 0 || parts.some((part) => name.includes(part)))
      .sort((one, other) => one.name.localeCompare(other.name));
    return page(c, named, view);
  });
  app.post(`${path}/`, async (c) => {
    const version = versionOf(c);
    const form = await c.req.parseBody({ all: true }).catch(() => undefined);
    const file = form?.file;
    if (!(file instanceof File)) throw invalid({ detail: "Missing uploaded file" });
    const name = typeof form?.name === "string" ? form.name : file.name;
    if (name === "" || name === "file") throw invalid({ detail: "File name must be specified" });
    if (unusual.test(name.slice(name.lastIndexOf("/") + 1)))
      throw invalid({ detail: "File name must not contain special whitespace characters" });
    const headers = headersOf([form?.header ?? []].flat(), file.type);
    const dist = typeof form?.dist === "string" && form.dist !== "" ? form.dist : null;
    const content = new Uint8Array(await file.arrayBuffer());
    const isThere = model.releaseFiles.where("version", version).some((one) => one.name === name && one.dist === dist);
    if (isThere) throw conflict("A file matching this name already exists for the given release");
    const created: ReleaseFile = {
      ...{ id: model.newId(), version, name, dist, headers, size: content.length, dateCreated: now() },
      sha1: createHash("sha1").update(content).digest("hex"),
    };
    return c.json(view(model.releaseFiles.put(created)), 201);
  });
  app.get(`${path}/:file/`, (c) => c.json(view(find(c))));
  app.delete(`${path}/:file/`, (c) => {
    model.releaseFiles.delete(find(c).id);
    return c.body(null, 204);
  });
}

const view = ({ version: _, ...file }: ReleaseFile) => file;

function headersOf(given: readonly unknown[], contentType: string): Record<string, string> {
  const headers: Record<string, string> = { "Content-Type": contentType };
  for (const header of given) {
    const [, name, value] = /^([^:]*):([\s\S]*)$/.exec(String(header)) ?? [];
    if (name === undefined || value === undefined)
      throw invalid({ detail: "header value was not formatted correctly" });
    if (unusual.test(value)) throw invalid({ detail: "header value must not contain special whitespace characters" });
    headers[name] = value.trim();
  }
  return headers;
}
