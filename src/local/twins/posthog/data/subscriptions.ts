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
import { nextDelivery } from "./recurrence.ts";

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
const targets = ["email", "slack", "webhook"] as const;
/** Those that the schedule is made of (posthog/models/subscription.py, RRULE_FIELDS). */
const timeFields = ["frequency", "count", "interval", "start_date", "until_date", "bysetpos", "byweekday"] as const;

/** Source: ee/api/subscription.py. */
const requestFields = z.object({
  dashboard: integer().nullable().optional(),
  insight: integer().nullable().optional(),
  dashboard_export_insights: list(integer()).optional(),
  target_type: choice(targets),
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
  summary_enabled: flag().optional(),
  summary_prompt_guide: text({ max: 500 }).optional(),
  /** Newer releases: whether it is sent once as soon as it is made. Default true. */
  send_test_now: flag().optional(),
});

const options: RouteOptions = { scope: "subscription" };
const maxExported = 6;

export function subscriptionRoutes(world: World, { inProject }: Api): void {
  inProject("GET", "/subscriptions", options, ({ url }) => {
    requirePlan(world);
    const asked = (name: string): string | null => url.searchParams.get(name);
    const [insight, dashboard, targetType] = [asked("insight"), asked("dashboard"), asked("target_type")];
    if (targetType !== null && !(targets as readonly string[]).includes(targetType))
      throw invalid(`Must be one of: ${targets.join(", ")}.`, "target_type");
    const deleted = ["true", "1"].includes(asked("deleted")?.toLowerCase() ?? "");
    const words = (asked("search") ?? "").toLowerCase();
    const found = world.subscriptions
      .all()
      .toReversed()
      .filter((it) => it.deleted === deleted)
      .filter((it) => insight === null || it.insight === Number(insight))
      .filter((it) => dashboard === null || it.dashboard === Number(dashboard))
      .filter((it) => targetType === null || it.target_type === targetType)
      .filter((it) => `${it.title ?? ""}\n${resourceName(world, it) ?? ""}`.toLowerCase().includes(words));
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
      summary_enabled: false,
      summary_prompt_guide: "",
      ...stored(fields),
      created_by: caller.userId,
      created_at: world.timestamp(),
    };
    check(world, made, fields, null);
    return Response.json(answer(world, world.subscriptions.put(made)), { status: 201 });
  });
  // An exception among soft-deleted records: it still answers, with `deleted: true`.
  inProject("GET", "/subscriptions/:id", options, (request) => Response.json(answer(world, known(request))));
  inProject("PATCH", "/subscriptions/:id", options, (request) => {
    const fields = parseFields(changes, request.body);
    const before = known(request);
    const changed = { ...before, ...stored(fields) };
    check(world, changed, fields, before);
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

/** The fields of the model; the others are of the request alone. */
function stored<Given extends Fields>({ invite_message: _, send_test_now: __, ...fields }: Given) {
  return definedFields(fields);
}

function requirePlan(world: World): void {
  if (world.features.subscriptions) return;
  throw paymentRequired("Subscriptions is part of the premium PostHog offering.");
}

/** `after` is what would be stored, `fields` what this request contains, `before` what is stored: null of a new one. */
function check(world: World, after: SubscriptionRecord, fields: Fields, before: SubscriptionRecord | null): void {
  const isNew = before === null;
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
  const isEnabledAgain = before?.enabled === false && fields.enabled === true;
  const isTimeChanged = after.enabled && timeFields.some((field) => fields[field] !== undefined);
  if ((isNew || isEnabledAgain || isTimeChanged) && nextDelivery(after, world.now()) === null) {
    const ended = "Subscription schedule has reached its end date. Extend until_date or remove count";
    if (isEnabledAgain) throw invalid(`${ended} before re-enabling.`, "enabled");
    throw isNew ? invalid(`${ended}.`, "start_date") : invalid(`${ended}.`);
  }
  if (after.target_type === "slack") checkSlack(world, after);
  if (after.target_type === "webhook" && !URL.canParse(after.target_value)) {
    throw invalid("Invalid webhook URL: Invalid URL", "target_value");
  }
}

function checkSlack(world: World, { integration_id }: SubscriptionRecord): void {
  const attr = "integration_id";
  if (!integration_id) throw invalid("A Slack integration is required for Slack subscriptions.", attr);
  const integration = world.integrations.find(({ id }) => id === integration_id);
  if (!integration) throw invalid("This integration does not exist or does not belong to your team.", attr);
  if (integration.kind !== "slack") throw invalid("Slack subscriptions require a Slack integration.", attr);
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
  const next = nextDelivery(it, world.now());
  return {
    ...it,
    // Of the request that made it; no answer repeats it.
    invite_message: null,
    created_by: userBasic(world, it.created_by),
    insight_short_id: insight?.short_id ?? null,
    resource_name: resourceName(world, it),
    next_delivery_date: next === null ? null : new Date(next).toISOString(),
    summary: `sent ${it.interval === 1 ? it.frequency : `every ${it.interval} ${unit[it.frequency]}`}`,
  };
}

function resourceName(world: World, it: SubscriptionRecord): string | null {
  const insight = it.insight === null ? null : world.insights.get(it.insight);
  const dashboard = it.dashboard === null ? null : world.dashboards.get(it.dashboard);
  return insight === null ? (dashboard?.name ?? null) : (insight.name ?? insight.derived_name);
}

const unit = { daily: "days", weekly: "weeks", monthly: "months", yearly: "years" } as const;
