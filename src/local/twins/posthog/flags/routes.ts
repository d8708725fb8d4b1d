import { z } from "zod";
import { shownTags, storedTags, tagsField } from "../data/tags.ts";
import { type Api, type ApiRequest, forbidDestroy, numericId, type RouteOptions } from "../http/api.ts";
import { invalid, notFound } from "../http/errors.ts";
import { choice, definedFields, flag, object, parseFields, text } from "../http/fields.ts";
import { mentions, page } from "../http/page.ts";
import { userBasic } from "../people/users.ts";
import type { FlagRecord } from "../records.ts";
import type { World } from "../world.ts";
import { experimentsOf, isRunning } from "./experiments.ts";
import { readFilters } from "./filters.ts";

const badKey = "Only letters, numbers, hyphens (-) & underscores (_) are allowed.";

const requestFields = z.object({
  key: text({ max: 400, blank: false }).refine((key) => /^[a-zA-Z0-9_-]+$/.test(key), badKey),
  name: text().optional(),
  filters: object().optional(),
  active: flag().optional(),
  deleted: flag().optional(),
  tags: tagsField().optional(),
  ensure_experience_continuity: flag().nullable().optional(),
  evaluation_runtime: choice(["server", "client", "all"]).nullable().optional(),
});

const options: RouteOptions = { scope: "feature_flag" };

/** Source: posthog/api/feature_flag.py, the parts that clients for definitions use. */
export function flagRoutes(world: World, { inProject }: Api): void {
  inProject("GET", "/feature_flags", options, ({ url }) => {
    const search = url.searchParams.get("search");
    const found = world.flags
      .all()
      .filter((it) => !it.deleted && (search === null || mentions(search, it.key, it.name)));
    return page(url, found.reverse(), (it) => answer(world, it));
  });
  inProject("POST", "/feature_flags", options, ({ body, caller }) => {
    const fields = parseFields(requestFields, body);
    requireFreeKey(world, fields.key, null);
    const at = world.timestamp();
    const made = world.flags.put({
      id: world.flags.nextId(),
      key: fields.key,
      name: fields.name ?? "",
      filters: readFilters(fields.filters ?? {}, hasFlag),
      active: fields.active ?? true,
      deleted: fields.deleted ?? false,
      tags: storedTags(world, fields.tags, []),
      ensure_experience_continuity: fields.ensure_experience_continuity ?? false,
      evaluation_runtime: fields.evaluation_runtime ?? "all",
      version: 1,
      created_by: caller.userId,
      created_at: at,
      updated_at: at,
    });
    return Response.json(answer(world, made), { status: 201 });
  });
  inProject("GET", "/feature_flags/:id", options, (request) => {
    const found = known(request);
    if (found.deleted) throw notFound();
    return Response.json(answer(world, found));
  });
  inProject("PATCH", "/feature_flags/:id", options, (request) => {
    const before = known(request);
    if (before.deleted && request.body.deleted !== false) throw notFound();
    const { tags, filters, ...fields } = parseFields(requestFields.partial(), request.body);
    if (fields.key !== undefined) requireFreeKey(world, fields.key, before.id);
    if (fields.deleted) requireUnused(world, before);
    const after: FlagRecord = {
      ...before,
      ...definedFields(fields),
      filters: filters === undefined ? before.filters : readFilters(filters, hasFlag),
      tags: storedTags(world, tags, before.tags),
      version: before.version + 1,
      updated_at: world.timestamp(),
    };
    return Response.json(answer(world, world.flags.put(after)));
  });
  inProject("DELETE", "/feature_flags/:id", options, forbidDestroy);

  function hasFlag(idOrKey: string): boolean {
    return world.flags.all().some((it) => !it.deleted && (String(it.id) === idOrKey || it.key === idOrKey));
  }

  function known({ path }: ApiRequest): FlagRecord {
    const found = world.flags.get(numericId(path("id")));
    if (found === null) throw notFound();
    return found;
  }
}

function requireFreeKey(world: World, key: string, self: number | null): void {
  if (world.flags.where("key", key).some((it) => !it.deleted && it.id !== self)) {
    throw invalid("There is already a feature flag with this key.", "key", "unique");
  }
}

/** Source: FeatureFlagSerializer.update. */
function requireUnused(world: World, { id, key }: FlagRecord): void {
  const running = experimentsOf(world, id).filter(isRunning);
  if (running.length > 0) {
    const names = running.map((it) => `"${it.name}" (ID: ${it.id})`).join(", ");
    throw invalid(
      `Cannot delete a feature flag that is linked to running experiment(s): ${names}. Please stop the experiment(s) before deleting the flag.`,
      null,
    );
  }
  const dependents = world.flags.all().filter((it) => !it.deleted && dependsOn(it, id, key));
  if (dependents.length > 0) {
    const names = dependents.map((it) => `${it.key} (ID: ${it.id})`).join(", ");
    throw invalid(`Cannot delete this feature flag because other flags depend on it: ${names}.`, null);
  }
}

const dependsOn = ({ filters }: FlagRecord, id: number, key: string): boolean =>
  JSON.stringify(filters).includes('"type":"flag"') &&
  [`"key":"${id}"`, `"key":"${key}"`].some((mention) => JSON.stringify(filters.groups).includes(mention));

function answer(world: World, it: FlagRecord) {
  const experiments = experimentsOf(world, it.id);
  const author = userBasic(world, it.created_by);
  return {
    ...it,
    tags: shownTags(world, it.tags),
    created_by: author,
    last_modified_by: author,
    experiment_set: experiments.map(({ id }) => id),
    experiment_set_metadata: experiments.map(({ id, name }) => ({ id, name })),
    surveys: {},
    features: {},
    rollback_conditions: null,
    performed_rollback: false,
    can_edit: true,
    usage_dashboard: null,
    analytics_dashboards: [],
    has_enriched_analytics: false,
    user_access_level: "manager",
    is_remote_configuration: false,
    has_encrypted_payloads: false,
    status: "ACTIVE",
    evaluation_runtime: it.evaluation_runtime ?? "all",
    is_used_in_replay_settings: false,
    last_called_at: null,
  };
}
