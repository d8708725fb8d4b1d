import { z } from "zod";
import { type Api, type ApiRequest, forbidDestroy, numericId, type RouteOptions } from "../http/api.ts";
import { notFound } from "../http/errors.ts";
import {
  choice,
  danglingReference,
  dateTime,
  definedFields,
  flag,
  integer,
  parseFields,
  text,
} from "../http/fields.ts";
import { mentions, page } from "../http/page.ts";
import { userBasic } from "../people/users.ts";
import type { AnnotationRecord } from "../records.ts";
import type { World } from "../world.ts";

const requestFields = z.object({
  content: text({ max: 8192 }).nullable().optional(),
  date_marker: dateTime().nullable().optional(),
  creation_type: choice(["USR", "GIT"]).optional(),
  scope: choice(["dashboard_item", "dashboard", "project", "organization", "recording"]).optional(),
  dashboard_item: integer().nullable().optional(),
  dashboard_id: integer().nullable().optional(),
  deleted: flag().optional(),
});

const options: RouteOptions = { scope: "annotation" };

/** Notes on a day of a chart. Source: posthog/api/annotation.py. */
export function annotationRoutes(world: World, { inProject }: Api): void {
  inProject("GET", "/annotations", options, ({ url }) => {
    const search = url.searchParams.get("search");
    const scope = url.searchParams.get("scope");
    const found = world.annotations
      .all()
      .filter((it) => !it.deleted && (scope === null || it.scope === scope))
      .filter((it) => search === null || mentions(search, it.content))
      .reverse()
      .sort((a, b) => (b.date_marker ?? "").localeCompare(a.date_marker ?? ""));
    return page(url, found, (it) => answer(world, it));
  });
  inProject("POST", "/annotations", options, ({ body, caller }) => {
    const fields = parseFields(requestFields, body);
    checkReferences(world, fields);
    const at = world.timestamp();
    const made = world.annotations.put({
      id: world.annotations.nextId(),
      content: fields.content ?? null,
      date_marker: fields.date_marker ?? null,
      creation_type: fields.creation_type ?? "USR",
      scope: fields.scope ?? "dashboard_item",
      dashboard_item: fields.dashboard_item ?? null,
      dashboard_id: fields.dashboard_id ?? null,
      deleted: fields.deleted ?? false,
      created_by: caller.userId,
      created_at: at,
      updated_at: at,
    });
    return Response.json(answer(world, made), { status: 201 });
  });
  inProject("GET", "/annotations/:id", options, (request) => {
    const found = known(request);
    if (found.deleted) throw notFound();
    return Response.json(answer(world, found));
  });
  // A PATCH also reaches deleted annotations, to restore them.
  inProject("PATCH", "/annotations/:id", options, (request) => {
    const fields = parseFields(requestFields, request.body);
    checkReferences(world, fields);
    const after = { ...known(request), ...definedFields(fields), updated_at: world.timestamp() };
    return Response.json(answer(world, world.annotations.put(after)));
  });
  inProject("DELETE", "/annotations/:id", options, forbidDestroy);

  function known({ path }: ApiRequest): AnnotationRecord {
    const found = world.annotations.get(numericId(path("id")));
    if (found === null) throw notFound();
    return found;
  }
}

function checkReferences(world: World, fields: z.infer<typeof requestFields>): void {
  if (fields.dashboard_item && world.insights.get(fields.dashboard_item) === null) {
    throw danglingReference(fields.dashboard_item, "dashboard_item");
  }
  if (fields.dashboard_id && world.dashboards.get(fields.dashboard_id) === null) {
    throw danglingReference(fields.dashboard_id, "dashboard_id");
  }
}

function answer(world: World, it: AnnotationRecord) {
  const insight = it.dashboard_item === null ? null : world.insights.get(it.dashboard_item);
  const dashboard = it.dashboard_id === null ? null : world.dashboards.get(it.dashboard_id);
  return {
    ...it,
    created_by: userBasic(world, it.created_by),
    dashboard_name: dashboard?.name ?? null,
    insight_short_id: insight?.short_id ?? null,
    insight_name: insight?.name ?? null,
    insight_derived_name: insight?.derived_name ?? null,
  };
}
