import { type Api, type ApiRequest, forbidDestroy, type RouteOptions } from "../http/api.ts";
import { notFound } from "../http/errors.ts";
import { page } from "../http/page.ts";
import type { InsightRecord } from "../records.ts";
import type { World } from "../world.ts";
import { insightBasic } from "./basic.ts";
import { createInsight, updateInsight } from "./rules.ts";
import { findInsights, isTrue } from "./search.ts";
import { insightAnswer, type Setting, withoutDeprecatedDashboards } from "./shape.ts";

const options: RouteOptions = { scope: "insight", bucket: "insights" };

export function insightRoutes(world: World, { inProject }: Api): void {
  inProject("GET", "/insights", options, ({ url, caller }) => {
    const query = url.searchParams;
    const exact = query.get("search") ? { search_match_type: "exact" } : {};
    return page(url, findInsights(world, query, caller), (insight) => ({
      ...withoutDeprecatedDashboards(world, url, answerFor(url, insight)),
      ...exact,
    }));
  });
  inProject("POST", "/insights", options, ({ body, caller, url }) =>
    Response.json(withoutDeprecatedDashboards(world, url, insightAnswer(world, createInsight(world, body, caller))), {
      status: 201,
    }),
  );
  inProject("GET", "/insights/:id", options, ({ url, path }) => {
    const insight = find(path("id"));
    if (insight === null || insight.deleted) throw notFound();
    return Response.json(withoutDeprecatedDashboards(world, url, answerFor(url, insight)));
  });
  inProject("PATCH", "/insights/:id", options, update);
  inProject("PUT", "/insights/:id", options, update);
  inProject("DELETE", "/insights/:id", options, forbidDestroy);

  function update({ method, url, path, body, caller }: ApiRequest): Response {
    const insight = find(path("id"));
    // Only a PATCH with a literal `false` reaches a deleted insight: it restores it.
    const reachable = insight?.deleted === false || (method === "PATCH" && body.deleted === false);
    if (insight === null || !reachable) throw notFound();
    return Response.json(
      withoutDeprecatedDashboards(world, url, insightAnswer(world, updateInsight(world, insight, body, caller))),
    );
  }

  /** Finds an insight by id or, failing that, by short id. */
  function find(id: string): InsightRecord | null {
    const byNumber = /^\d+$/.test(id) ? world.insights.get(Number(id)) : null;
    return byNumber ?? world.insights.where("short_id", id)[0] ?? null;
  }

  function answerFor(url: URL, insight: InsightRecord) {
    if (isTrue(url.searchParams.get("basic"))) return insightBasic(world, insight);
    return insightAnswer(world, insight, settingOf(url, insight));
  }

  function settingOf(url: URL, insight: InsightRecord): Setting | null {
    const id = Number(url.searchParams.get("from_dashboard") ?? Number.NaN);
    const dashboard = Number.isNaN(id) ? null : world.dashboards.get(id);
    if (dashboard === null || dashboard.deleted) return null;
    const tile = world.tiles
      .where("dashboard_id", id)
      .find((it) => it.insight_id === insight.id && it.deleted !== true);
    return { dashboard, tile: tile ?? null };
  }
}
