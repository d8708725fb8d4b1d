import { z } from "zod";
import { type Api, numericId, type RouteOptions } from "../http/api.ts";
import { invalid, notFound } from "../http/errors.ts";
import { choice, dateTime, flag, object, parseFields, text } from "../http/fields.ts";
import { page } from "../http/page.ts";
import { userBasic } from "../people/users.ts";
import type { ScheduledChangeRecord } from "../records.ts";
import type { World } from "../world.ts";

const written = z.object({
  record_id: text({ max: 200 }),
  model_name: choice(["FeatureFlag"]),
  payload: object(),
  scheduled_at: dateTime(),
  is_recurring: flag().optional(),
  recurrence_interval: choice(["daily", "weekly", "monthly", "yearly"]).nullable().optional(),
});

const options: RouteOptions = { scope: "feature_flag" };

/** Changes of flags at a set time; nothing executes them here. Source: products/feature_flags/backend/api/scheduled_change.py. */
export function scheduledChangeRoutes(world: World, { inProject }: Api): void {
  inProject("GET", "/scheduled_changes", options, ({ url }) => {
    const [model, record] = ["model_name", "record_id"].map((name) => url.searchParams.get(name));
    const found = world.scheduledChanges
      .all()
      .filter((it) => (model ?? it.model_name) === it.model_name && (record ?? it.record_id) === it.record_id);
    return page(url, found, (it) => answer(world, it));
  });
  inProject("POST", "/scheduled_changes", options, ({ body, caller }) => {
    const fields = parseFields(written, body);
    const isRecurring = fields.is_recurring ?? false;
    if (isRecurring && !fields.recurrence_interval)
      throw invalid(
        "Either recurrence_interval or cron_expression is required when is_recurring is true.",
        "recurrence_interval",
      );
    const target = /^\d+$/.test(fields.record_id) ? world.flags.get(Number(fields.record_id)) : null;
    if (target === null) throw invalid("Feature flag not found", null);
    const at = world.timestamp();
    const made = world.scheduledChanges.put({
      id: world.scheduledChanges.nextId(),
      ...{ record_id: String(target.id), model_name: fields.model_name, payload: fields.payload },
      ...{ scheduled_at: fields.scheduled_at, executed_at: null, is_recurring: isRecurring },
      recurrence_interval: fields.recurrence_interval ?? null,
      ...{ created_by: caller.userId, created_at: at, updated_at: at },
    });
    return Response.json(answer(world, made), { status: 201 });
  });
  inProject("DELETE", "/scheduled_changes/:id", options, ({ path }) => {
    const id = numericId(path("id"));
    if (world.scheduledChanges.get(id) === null) throw notFound();
    world.scheduledChanges.delete(id);
    return new Response(null, { status: 204 });
  });
}

const answer = (world: World, it: ScheduledChangeRecord) => ({
  ...it,
  ...{ team_id: world.project.id, failure_reason: null, last_executed_at: null, end_date: null },
  ...{ cron_expression: null, timezone: world.project.timezone, created_by: userBasic(world, it.created_by) },
});
