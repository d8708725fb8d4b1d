import { randomBytes } from "node:crypto";
import * as z from "zod";
import { charField } from "../kit/index.ts";
import { notFound, now, page, readBody } from "./http.ts";
import { keyView } from "./key-view.ts";
import type { ProjectKey, SentryModel } from "./model.ts";
import { findProject, projectPath, type SentryParts } from "./parts.ts";

const rateLimit = z
  .object({
    count: z.int().min(0).nullish(),
    window: z.int().min(0).max(86_400, "Ensure this value is less than or equal to 86400.").nullish(),
  })
  .nullish();
const newKey = z.looseObject({
  name: z.string().check(charField(64)).nullish(),
  rateLimit,
  useCase: z.enum(["user", "profiling", "tempest", "demo"]).optional(),
});
const changedKey = z.looseObject({
  name: z.string().check(charField(64)).nullish(),
  isActive: z.boolean().optional(),
  rateLimit,
  browserSdkVersion: z.string().optional(),
  dynamicSdkLoaderOptions: z.record(z.string(), z.boolean()).optional(),
});

/** A limit exists only when both of its numbers do: zeros are answered as `null`. */
const effectiveLimit = (limit: z.output<typeof rateLimit>): ProjectKey["rateLimit"] =>
  limit?.count && limit.window ? { window: limit.window, count: limit.count } : null;

const hex32 = () => randomBytes(16).toString("hex");

export function createKey(model: SentryModel, projectId: string, body: z.output<typeof newKey>): ProjectKey {
  return model.keys.put({
    id: hex32(),
    secret: hex32(),
    name: body.name || "Key",
    projectId,
    isActive: true,
    rateLimit: effectiveLimit(body.rateLimit),
    browserSdkVersion: "latest",
    dynamicSdkLoaderOptions: {
      hasReplay: true,
      hasPerformance: true,
      hasDebug: false,
      hasFeedback: false,
      hasLogsAndMetrics: false,
    },
    useCase: body.useCase ?? "user",
    dateCreated: now(),
  });
}

/** Client keys. Sentry: src/sentry/core/endpoints/{project_keys,project_key_details}.py */
export function keyRoutes(parts: SentryParts): void {
  const { app, model, publicUrl } = parts;
  const view = (key: ProjectKey) => keyView(key, publicUrl());
  const find = (project: string | undefined, id: string | undefined) => {
    const key = model.keys.get(id ?? "");
    if (key === null || key.projectId !== findProject(parts, project).id) throw notFound();
    return key;
  };

  app.get(`${projectPath}/keys/`, (c) => {
    const { id } = findProject(parts, c.req.param("project"));
    const status = c.req.query("status");
    const keys = model.keys
      .where("projectId", id)
      .filter(({ isActive }) => !status || isActive === (status === "active"));
    return page(c, keys.reverse(), view);
  });
  app.post(`${projectPath}/keys/`, async (c) => {
    const { id } = findProject(parts, c.req.param("project"));
    return c.json(view(createKey(model, id, await readBody(c, newKey))), 201);
  });

  app.get(`${projectPath}/keys/:key/`, (c) => c.json(view(find(c.req.param("project"), c.req.param("key")))));
  app.put(`${projectPath}/keys/:key/`, async (c) => {
    const key = find(c.req.param("project"), c.req.param("key"));
    const body = await readBody(c, changedKey);
    const changed: ProjectKey = {
      ...key,
      name: body.name || key.name,
      isActive: body.isActive ?? key.isActive,
      rateLimit: body.rateLimit === undefined ? key.rateLimit : effectiveLimit(body.rateLimit),
      browserSdkVersion: body.browserSdkVersion ?? key.browserSdkVersion,
      dynamicSdkLoaderOptions: { ...key.dynamicSdkLoaderOptions, ...body.dynamicSdkLoaderOptions },
    };
    return c.json(view(model.keys.put(changed)));
  });
  app.delete(`${projectPath}/keys/:key/`, (c) => {
    model.keys.delete(find(c.req.param("project"), c.req.param("key")).id);
    return c.body(null, 204);
  });
}
