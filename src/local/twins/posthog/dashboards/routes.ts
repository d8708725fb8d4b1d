import { shownTags } from "../data/tags.ts";
import { type Api, type ApiRequest, forbidDestroy, type Method, numericId, type RouteOptions } from "../http/api.ts";
import { invalid, notFound } from "../http/errors.ts";
import { mentions, page } from "../http/page.ts";
import type { DashboardRecord } from "../records.ts";
import type { World } from "../world.ts";
import { createDashboard, updateDashboard } from "./rules.ts";
import { dashboardAnswer, dashboardBasic, tileAnswer } from "./shape.ts";
import { copyTile, createTextTile, deleteTile, moveTile, reorderTiles, updateTextTile } from "./tile-actions.ts";

const options: RouteOptions = { scope: "dashboard" };

export function dashboardRoutes(world: World, { inProject }: Api): void {
  inProject("GET", "/dashboards", options, ({ url }) => {
    const exact = url.searchParams.get("search") ? { search_match_type: "exact" } : {};
    return page(url, find(url.searchParams), (dashboard) => ({ ...dashboardBasic(world, dashboard), ...exact }));
  });
  inProject("POST", "/dashboards", options, ({ body, caller }) =>
    Response.json(dashboardAnswer(world, createDashboard(world, body, caller)), { status: 201 }),
  );
  inProject("GET", "/dashboards/:id", options, (request) => {
    // Reading also writes: the time of the last access is stored.
    const dashboard = world.dashboards.put({ ...standing(request), last_accessed_at: world.timestamp() });
    return Response.json(dashboardAnswer(world, dashboard));
  });
  inProject("PATCH", "/dashboards/:id", options, update);
  inProject("PUT", "/dashboards/:id", options, update);
  inProject("DELETE", "/dashboards/:id", options, forbidDestroy);

  action("POST", "create_text_tile", (dashboard, { body, caller }) =>
    Response.json(tileAnswer(world, dashboard, createTextTile(world, dashboard, body, caller)), { status: 201 }),
  );
  action("POST", "update_text_tile", (dashboard, { body, caller }) =>
    Response.json(tileAnswer(world, dashboard, updateTextTile(world, dashboard, body, caller))),
  );
  action("POST", "delete_tile", (dashboard, { body }) => {
    deleteTile(world, dashboard, body);
    return new Response(null, { status: 204 });
  });
  for (const method of ["PATCH", "POST"] as const) {
    action(method, "move_tile", (dashboard, { body }) => {
      moveTile(world, dashboard, body);
      return Response.json(dashboardAnswer(world, dashboard));
    });
  }
  action("POST", "copy_tile", (dashboard, { body }) => {
    copyTile(world, dashboard, body);
    return Response.json(dashboardAnswer(world, dashboard));
  });
  action("POST", "reorder_tiles", (dashboard, { body }) => {
    reorderTiles(world, dashboard, body);
    return Response.json(dashboardAnswer(world, dashboard));
  });

  function action(
    method: Method,
    name: string,
    run: (dashboard: DashboardRecord, request: ApiRequest) => Response,
  ): void {
    inProject(method, `/dashboards/:id/${name}`, options, (request) => run(standing(request), request));
  }

  function update(request: ApiRequest): Response {
    const { path, body, caller } = request;
    const dashboard = world.dashboards.get(numericId(path("id")));
    // A deleted dashboard can be reached only by the request that restores it.
    const restores = body.deleted === false || body.deleted === "false";
    if (dashboard === null || (dashboard.deleted && !restores)) throw notFound();
    return Response.json(dashboardAnswer(world, updateDashboard(world, dashboard, body, caller)));
  }

  function standing({ path }: ApiRequest): DashboardRecord {
    const dashboard = world.dashboards.get(numericId(path("id")));
    if (dashboard === null || dashboard.deleted) throw notFound();
    return dashboard;
  }

  /** Pinned ones first, then by name. */
  function find(query: URLSearchParams): DashboardRecord[] {
    const search = query.get("search") ?? "";
    if (search.length > 200) throw invalid("Search query must be 200 characters or fewer.", "search");
    const tags = query.getAll("tags");
    const mode = query.get("creation_mode");
    return world.dashboards
      .all()
      .filter((it) => !it.deleted)
      .filter((it) => mode === null || it.creation_mode === mode)
      .filter((it) => tags.length === 0 || shownTags(world, it.tags).some((tag) => tags.includes(tag)))
      .filter((it) => search === "" || mentions(search, it.name, it.description, ...shownTags(world, it.tags)))
      .sort((a, b) => Number(b.pinned) - Number(a.pinned) || (a.name ?? "").localeCompare(b.name ?? "") || a.id - b.id);
  }
}
