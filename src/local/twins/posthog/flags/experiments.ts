import { z } from "zod";
import { type Api, forbidDestroy, numericId, type RouteOptions } from "../http/api.ts";
import { invalid, notFound } from "../http/errors.ts";
import { dateTime, definedFields, flag, parseFields, text } from "../http/fields.ts";
import { page } from "../http/page.ts";
import type { ExperimentRecord } from "../records.ts";
import type { World } from "../world.ts";

const written = z.object({
  name: text({ max: 400, blank: false }),
  feature_flag_key: text({ blank: false }),
  start_date: dateTime().nullable().optional(),
  end_date: dateTime().nullable().optional(),
  deleted: flag().optional(),
});

const options: RouteOptions = { scope: "experiment" };

/**
 * Experiments, as far as flags know them: name, flag, start and end. Nothing is measured. Source:
 * products/experiments/backend/presentation/serializers.py.
 */
export function experimentRoutes(world: World, { inProject }: Api): void {
  inProject("GET", "/experiments", options, ({ url }) =>
    page(
      url,
      world.experiments.all().filter((it) => !it.deleted),
      (it) => it,
    ),
  );
  inProject("POST", "/experiments", options, ({ body, caller }) => {
    const fields = parseFields(written, body);
    const of = world.flags.where("key", fields.feature_flag_key).find((it) => !it.deleted);
    if (of === undefined) throw invalid("This local PostHog makes no flag for an experiment.", "feature_flag_key");
    const made = world.experiments.put({
      id: world.experiments.nextId(),
      ...{ name: fields.name, flag_id: of.id, feature_flag_key: of.key, deleted: false },
      ...{ start_date: fields.start_date ?? null, end_date: fields.end_date ?? null },
      ...{ created_by: caller.userId, created_at: world.timestamp() },
    });
    return Response.json(made, { status: 201 });
  });
  inProject("PATCH", "/experiments/:id", options, ({ path, body }) => {
    const found = world.experiments.get(numericId(path("id")));
    if (found === null || found.deleted) throw notFound();
    const { feature_flag_key: _, ...fields } = parseFields(written.partial(), body);
    return Response.json(world.experiments.put({ ...found, ...definedFields(fields) }));
  });
  inProject("DELETE", "/experiments/:id", options, forbidDestroy);
}

/** Experiments that use a flag, deleted ones left out. */
export const experimentsOf = (world: World, flagId: number): ExperimentRecord[] =>
  world.experiments.all().filter((it) => it.flag_id === flagId && !it.deleted);

/** One that has begun and not ended keeps its flag from being deleted. */
export const isRunning = ({ start_date, end_date }: ExperimentRecord): boolean =>
  start_date !== null && end_date === null;
