import { z } from "zod";
import { type Api, type ApiRequest, forbidDestroy, numericId, type RouteOptions } from "../http/api.ts";
import { invalid, notFound, paymentRequired } from "../http/errors.ts";
import {
  choice,
  danglingReference,
  dateTime,
  definedFields,
  flag,
  integer,
  list,
  parseFields,
  text,
} from "../http/fields.ts";
import { page } from "../http/page.ts";
import { userBasic } from "../people/users.ts";
import type { SubscriptionRecord } from "../records.ts";
import type { World } from "../world.ts";

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** Source: ee/api/subscription.py. */
const requestFields = z.object({
  dashboard: integer().nullable().optional(),
  insight: integer().nullable().optional(),
  dashboard_export_insights: list(integer()).optional(),
  target_type: choice(["email", "slack", "webhook"]),
  target_value: text({ blank: false }),
  frequency: choice(["daily", "weekly", "monthly", "yearly"]),
  interval: integer().optional(),
  byweekday: list(choice(weekdays)).nullable().optional(),
  bysetpos: integer().nullable().optional(),
  count: integer().nullable().optional(),
  start_date: dateTime(),
  until_date: dateTime().nullable().optional(),
  deleted: flag().optional(),
  enabled: flag().optional(),
  title: text({ max: 100 }).nullable().optional(),
  integration_id: integer().nullable().optional(),
  invite_message: text().nullable().optional(),
});

const options: RouteOptions = { scope: "subscription" };
const maxExported = 6;

export function subscriptionRoutes(world: World, { inProject }: Api): void {
  inProject("GET", "/subscriptions", options, ({ url }) => {
    requirePlan(world);
    const [insight, dashboard] = [url.searchParams.get("insight"), url.searchParams.get("dashboard")];
    const found = world.subscriptions
      .all()
      .filter((it) => !it.deleted)
      .filter((it) => insight === null || it.insight === Number(insight))
      .filter((it) => dashboard === null || it.dashboard === Number(dashboard));
    return page(url, found, (it) => answer(world, it));
  });
  inProject("POST", "/subscriptions", options, ({ body, caller }) => {
    requirePlan(world);
    const fields = parseFields(requestFields, body);
    const made: SubscriptionRecord = {
      id: world.subscriptions.nextId(),
      dashboard: null,
      insight: null,
      dashboard_export_insights: [],
      interval: 1,
      byweekday: null,
      bysetpos: null,
      count: null,
      until_date: null,
      deleted: false,
      enabled: true,
      title: null,
      integration_id: null,
      invite_message: null,
      ...definedFields(fields),
      created_by: caller.userId,
      created_at: world.timestamp(),
    };
    check(world, made, fields, true);
    return Response.json(answer(world, world.subscriptions.put(made)), { status: 201 });
  });
  // An exception among soft-deleted records: it still answers, with `deleted: true`.
  inProject("GET", "/subscriptions/:id", options, (request) => Response.json(answer(world, known(request))));
  inProject("PATCH", "/subscriptions/:id", options, (request) => {
    const fields = parseFields(changes, request.body);
    const changed = { ...known(request), ...definedFields(fields) };
    check(world, changed, fields, false);
    return Response.json(answer(world, world.subscriptions.put(changed)));
  });
  inProject("DELETE", "/subscriptions/:id", options, forbidDestroy);

  function known({ path }: ApiRequest): SubscriptionRecord {
    requirePlan(world);
    const found = world.subscriptions.get(numericId(path("id")));
    if (found === null) throw notFound();
    return found;
  }
}

const changes = requestFields.partial();
type Fields = z.infer<typeof changes>;

function requirePlan(world: World): void {
  if (world.features.subscriptions) return;
  throw paymentRequired("Subscriptions is part of the premium PostHog offering.");
}

/** `after` is what would be stored, `fields` what this request contains. */
function check(world: World, after: SubscriptionRecord, fields: Fields, isNew: boolean): void {
  const dashboard = after.dashboard === null ? null : world.dashboards.get(after.dashboard);
  if (fields.dashboard && (dashboard === null || dashboard.deleted))
    throw danglingReference(fields.dashboard, "dashboard");
  const insight = after.insight === null ? null : world.insights.get(after.insight);
  if (fields.insight && (insight === null || insight.deleted)) throw danglingReference(fields.insight, "insight");

  if (after.dashboard === null && after.insight === null) {
    throw invalid("Insight is required for insight subscriptions.", "insight");
  }
  if (after.dashboard !== null && after.insight !== null) {
    throw invalid("Dashboard subscriptions cannot also set insight or prompt.");
  }
  if (after.dashboard === null && after.dashboard_export_insights.length > 0) {
    throw invalid("Cannot set insights selection without a dashboard.", "dashboard_export_insights");
  }
  if (after.dashboard !== null && (isNew || fields.dashboard_export_insights)) checkExported(world, after);
  if (after.target_type === "slack" && !after.integration_id) {
    throw invalid("A Slack integration is required for Slack subscriptions.", "integration_id");
  }
  if (after.target_type === "webhook" && !URL.canParse(after.target_value)) {
    throw invalid("Invalid webhook URL: Invalid URL", "target_value");
  }
}

function checkExported(world: World, { dashboard, dashboard_export_insights }: SubscriptionRecord): void {
  const attr = "dashboard_export_insights";
  const chosen = new Set(dashboard_export_insights);
  if (chosen.size === 0) throw invalid("Select at least one insight for this subscription.", attr);
  if (chosen.size > maxExported) throw invalid(`Cannot select more than ${maxExported} insights.`, attr);
  const onDashboard = world.tiles.where("dashboard_id", dashboard ?? 0).flatMap((tile) => tile.insight_id ?? []);
  const strangers = [...chosen].filter((id) => !onDashboard.includes(id));
  if (strangers.length > 0) throw invalid(`${strangers.length} invalid insight(s) selected.`, attr);
}

function answer(world: World, it: SubscriptionRecord) {
  const insight = it.insight === null ? null : world.insights.get(it.insight);
  const dashboard = it.dashboard === null ? null : world.dashboards.get(it.dashboard);
  return {
    ...it,
    created_by: userBasic(world, it.created_by),
    insight_short_id: insight?.short_id ?? null,
    resource_name: insight === null ? (dashboard?.name ?? null) : (insight.name ?? insight.derived_name),
    next_delivery_date: it.start_date,
    summary: `sent ${it.interval === 1 ? it.frequency : `every ${it.interval} ${unit[it.frequency]}`}`,
    summary_enabled: false,
    summary_prompt_guide: "",
  };
}

const unit = { daily: "days", weekly: "weeks", monthly: "months", yearly: "years" } as const;
