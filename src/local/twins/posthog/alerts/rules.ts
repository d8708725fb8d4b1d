import { randomUUID } from "node:crypto";
import { z } from "zod";
import { invalid } from "../http/errors.ts";
import {
  choice,
  danglingReference,
  definedFields,
  flag,
  integer,
  json,
  list,
  object,
  parseFields,
  text,
} from "../http/fields.ts";
import type { Caller } from "../http/keys.ts";
import { alertableKind } from "../queries/source.ts";
import type { AlertRecord, InsightRecord, JsonObject } from "../records.ts";
import type { World } from "../world.ts";
import { checkWatch } from "./watch.ts";

/** Source: products/alerts/backend/api/alert.py, AlertSerializer. */
const requestFields = z.object({
  insight: integer(),
  name: text({ max: 255 }).optional(),
  subscribed_users: list(integer()),
  threshold: object(),
  condition: json().optional(),
  config: json().optional(),
  detector_config: json().optional(),
  enabled: flag().optional(),
  calculation_interval: choice(["hourly", "daily", "weekly", "monthly", "every_15_minutes", "real_time"]).optional(),
  snoozed_until: json().optional(),
  skip_weekend: flag().nullable().optional(),
  schedule_restriction: object().nullable().optional(),
});

const thresholdFields = z.object({ name: text({ max: 255 }).optional(), configuration: object() });

export function createAlert(world: World, body: JsonObject, caller: Caller): AlertRecord {
  const fields = parseFields(requestFields, body);
  const threshold = parseFields(thresholdFields, fields.threshold, ["threshold"]);
  const at = world.timestamp();
  const alert: AlertRecord = {
    id: randomUUID(),
    insight_id: requireInsight(world, fields.insight).id,
    name: fields.name ?? "",
    subscribed_users: requireMembers(world, fields.subscribed_users),
    threshold: { id: randomUUID(), created_at: at, name: threshold.name ?? "", configuration: threshold.configuration },
    condition: fields.condition as JsonObject,
    config: fields.config as JsonObject,
    detector_config: (fields.detector_config as JsonObject | null | undefined) ?? null,
    state: "Not firing",
    enabled: fields.enabled ?? true,
    calculation_interval: fields.calculation_interval ?? "daily",
    snoozed_until: null,
    skip_weekend: fields.skip_weekend ?? null,
    schedule_restriction: fields.schedule_restriction ?? null,
    created_by: caller.userId,
    created_at: at,
  };
  checkAlert(world, alert, alert.detector_config === null);
  if (world.alerts.count() >= world.features.maxAlerts) {
    throw invalid(`Your plan is limited to ${world.features.maxAlerts} alerts`, "alert");
  }
  return world.alerts.put(alert);
}

export function updateAlert(world: World, before: AlertRecord, body: JsonObject): AlertRecord {
  const { insight, threshold, subscribed_users, ...fields } = parseFields(requestFields.partial(), body);
  const changed = threshold === undefined ? null : parseFields(thresholdFields.partial(), threshold, ["threshold"]);
  const after: AlertRecord = {
    ...before,
    ...(definedFields(fields) as Partial<AlertRecord>), // checked as a whole below
    insight_id: insight === undefined ? before.insight_id : requireInsight(world, insight).id,
    subscribed_users:
      subscribed_users === undefined ? before.subscribed_users : requireMembers(world, subscribed_users),
    threshold: {
      ...before.threshold,
      ...(changed?.name === undefined ? {} : { name: changed.name }),
      ...(changed?.configuration === undefined ? {} : { configuration: changed.configuration }),
    },
    ...snoozed(body),
  };
  checkAlert(world, after, after.detector_config === null && (changed !== null || "detector_config" in body));
  return world.alerts.put(after);
}

function snoozed(body: JsonObject): Pick<AlertRecord, "snoozed_until" | "state"> | Record<never, never> {
  if (!("snoozed_until" in body)) return {};
  const until = body.snoozed_until;
  if (until === null) return { snoozed_until: null, state: "Not firing" };
  if (typeof until !== "string") throw invalid("snoozed_until has to be passed in string format", "snoozed_until");
  return { snoozed_until: until, state: "Snoozed" };
}

function checkAlert(world: World, alert: AlertRecord, boundsRequired: boolean): void {
  const query = requireInsight(world, alert.insight_id).query;
  const kind = alertableKind(query);
  if (kind === null) throw invalid("Alerts are not supported for this insight.", "insight");
  if (kind === "HogQLQuery" && !world.features.sqlAlerts) {
    throw invalid("SQL insight alerts are not enabled for your account.", "insight");
  }
  if (kind === "FunnelsQuery" && !world.features.funnelAlerts) {
    throw invalid("Alerts are not supported for this insight.", "insight");
  }
  checkWatch({ query, alert, boundsRequired });
}

function requireInsight(world: World, id: number): InsightRecord {
  const insight = world.insights.get(id);
  if (insight === null || insight.deleted) throw danglingReference(id, "insight");
  return insight;
}

function requireMembers(world: World, ids: readonly number[]): number[] {
  for (const id of ids) {
    if (!world.members.some((member) => member.id === id)) throw danglingReference(id, "subscribed_users");
  }
  return [...new Set(ids)];
}
