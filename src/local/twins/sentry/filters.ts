import * as z from "zod";
import { notFound, readBody } from "./http.ts";
import { findProject, projectPath, type SentryParts } from "./parts.ts";

/** Default filters of a new project (Sentry: src/sentry/ingest/inbound_filters.py). */
export const defaultFilters: Record<string, boolean | string[]> = {
  "browser-extensions": false,
  "filtered-transaction": true,
  "legacy-browsers": false,
  localhost: false,
  "web-crawlers": true,
};

const legacyBrowsers = [
  ...["ie", "edge", "safari", "firefox", "chrome", "opera", "android", "opera_mini"],
  ...[
    "ie_pre_9",
    "ie9",
    "ie10",
    "ie11",
    "opera_pre_15",
    "android_pre_4",
    "safari_pre_6",
    "opera_mini_pre_8",
    "edge_pre_79",
  ],
] as const;

const change = z.looseObject({
  active: z.boolean().optional(),
  subfilters: z.array(z.enum(legacyBrowsers)).optional(),
});

/** Inbound filters: listed with their state, written one at a time. Sentry: src/sentry/core/endpoints/project_filter*.py */
export function filterRoutes(parts: SentryParts): void {
  const { app, model } = parts;

  app.get(`${projectPath}/filters/`, (c) => {
    const { filters } = findProject(parts, c.req.param("project"));
    return c.json(Object.entries(filters).map(([id, active]) => ({ id, active })));
  });

  app.put(`${projectPath}/filters/:filter/`, async (c) => {
    const project = findProject(parts, c.req.param("project"));
    const filter = c.req.param("filter");
    if (!(filter in project.filters)) throw notFound();
    const { active, subfilters } = await readBody(c, change);
    const state = filter === "legacy-browsers" && subfilters?.length ? subfilters : (active ?? false);
    model.projects.put({ ...project, filters: { ...project.filters, [filter]: state } });
    return c.body(null, 204);
  });
}
