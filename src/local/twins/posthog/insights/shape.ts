import { createHash } from "node:crypto";
import { alertAnswer } from "../alerts/shape.ts";
import { userBasic } from "../people/users.ts";
import { withDashboardFilters } from "../queries/dashboard-filters.ts";
import { alertableKind } from "../queries/source.ts";
import type { DashboardRecord, InsightRecord, TileRecord } from "../records.ts";
import type { World } from "../world.ts";
import { insightBasic } from "./basic.ts";

/** Where an insight is shown: alone, or on a dashboard, whose filters rewrite its query. */
export interface Setting {
  dashboard: DashboardRecord;
  tile: TileRecord | null;
}

/** An insight in full. Results stay null: a plain GET serves from a cache (`refresh=force_cache`) that is empty here. */
export function insightAnswer(world: World, insight: InsightRecord, setting: Setting | null = null) {
  const basic = insightBasic(world, insight);
  const query =
    basic.query === null || setting === null ? basic.query : withDashboardFilters(basic.query, filtersOf(setting));
  const alerts = alertableKind(insight.query) === null ? [] : world.alerts.where("insight_id", insight.id);
  const { refreshing: _, ...shared } = basic;
  return {
    ...shared,
    query,
    order: insight.order,
    deleted: insight.deleted,
    cache_target_age: null,
    next_allowed_client_refresh: null,
    result: null,
    hasMore: null,
    columns: null,
    last_modified_by: userBasic(world, insight.last_modified_by),
    is_sample: insight.is_sample,
    effective_restriction_level: 21,
    effective_privilege_level: 37,
    timezone: null,
    is_cached: false,
    query_status: null,
    hogql: null,
    types: null,
    resolved_date_range: null,
    alerts: alerts.map((alert) => alertAnswer(world, alert, insight)),
    filters_hash: `cache_${createHash("md5").update(JSON.stringify(query)).digest("hex")}`,
  };
}

function filtersOf({ dashboard, tile }: Setting) {
  const own = tile?.filters_overrides ?? {};
  return Object.keys(own).length > 0 ? own : dashboard.filters;
}

/** The deprecated `dashboards` is included only on request, once PostHog enforces that. */
export function withoutDeprecatedDashboards<Answer extends { dashboards: unknown }>(
  world: World,
  url: URL,
  answer: Answer,
) {
  if (world.features.dashboardsField || url.searchParams.get("include_dashboards") === "true") return answer;
  const { dashboards: _, ...rest } = answer;
  return rest;
}
