import { createHash } from "node:crypto";
import type { Context, Hono } from "hono";
import { readBearer, type TwinEnv } from "../../kit/index.ts";
import type { Api } from "../http/api.ts";
import { badKey, unauthenticated } from "../http/errors.ts";
import { callerOf, requireProject } from "../http/keys.ts";
import { isObject } from "../queries/source.ts";
import type { FlagRecord, JsonObject } from "../records.ts";
import type { World } from "../world.ts";

const options = { scope: "feature_flag", takesSecretKey: true } as const;

/**
 * The definitions with which SDKs evaluate flags locally, at the older addresses below `/api`. Call it before the
 * routes of single flags. Source: products/feature_flags/backend/api/feature_flag.py, local_evaluation.
 */
export function localEvaluationRoutes(world: World, { on, inProject }: Api): void {
  inProject("GET", "/feature_flags/local_evaluation", options, ({ headers }) => definitions(world, headers));
  on("GET", "/feature_flag/local_evaluation", options, ({ headers, caller }) => {
    requireProject(world, caller, String(world.project.id));
    return definitions(world, headers);
  });
}

/** The same on the ingestion host. Source: rust/feature-flags/src/api/{flag_definitions,auth}.rs. */
export function definitionRoutes(world: World, app: Hono<TwinEnv>): void {
  const serve = (c: Context<TwinEnv>): Response => {
    const allowed = { Allow: "GET, OPTIONS, HEAD" };
    if (c.req.raw.method === "HEAD") return c.body(null, 200, { "Content-Type": "application/json" });
    if (c.req.method === "OPTIONS") return c.body(null, 204, allowed);
    if (c.req.method !== "GET") return c.body(null, 405, allowed);
    const token = c.req.query("token");
    if (token === undefined) return c.text("Failed to deserialize query string: missing field `token`", 400);
    if (token !== world.project.projectKey) {
      return c.text("The provided API key is invalid or has expired. Please check your API key and try again.", 401);
    }
    authorize(world, c.req.header("Authorization"));
    return definitions(world, c.req.raw.headers);
  };
  for (const path of ["/flags/definitions", "/flags/definitions/"]) app.all(path, serve);
}

/**
 * A secret key of the project, or a personal key that may read flags; a personal key without that scope counts as
 * unknown.
 */
function authorize(world: World, header: string | undefined): void {
  const key = readBearer(header);
  if (key === null) throw unauthenticated("not_authenticated", "Authentication credentials were not provided.");
  if (key.startsWith("phs_")) {
    if (key === world.project.secretKey) return;
    throw unauthenticated("authentication_failed", "Secret API token is invalid.");
  }
  const caller = callerOf(world, key);
  const granting = ["*", "feature_flag:read", "feature_flag:write"];
  const mayRead = caller?.scopes.some((scope) => granting.includes(scope)) === true;
  if (!mayRead || caller?.projects?.includes(world.project.id) === false)
    throw unauthenticated("authentication_failed", badKey("Authorization header"));
}

function definitions(world: World, headers: Headers): Response {
  const body = JSON.stringify({ flags: shownFlags(world), group_type_mapping: {}, cohorts: {} });
  const tag = createHash("sha256").update(body).digest("hex").slice(0, 16);
  const known = headers.get("If-None-Match")?.trim().replace(/^W\//, "").replaceAll('"', "");
  const caching = { ETag: `W/"${tag}"`, "Cache-Control": "private, must-revalidate" };
  if (known === tag) return new Response(null, { status: 304, headers: caching });
  return new Response(body, { headers: { "Content-Type": "application/json", ...caching } });
}

/** Includes disabled flags, because others may depend on them. */
function shownFlags(world: World): JsonObject[] {
  const flags = world.flags.all().filter(({ deleted }) => !deleted);
  return flags
    .toSorted((left, right) => (left.key < right.key ? -1 : 1))
    .map((flag) => ({
      id: flag.id,
      team_id: world.project.id,
      name: flag.name,
      key: flag.key,
      filters: withChains(flag.filters, flags),
      deleted: false,
      active: flag.active,
      ensure_experience_continuity: flag.ensure_experience_continuity,
      has_encrypted_payloads: false,
      version: flag.version,
      evaluation_runtime: flag.evaluation_runtime ?? "all",
      evaluation_tags: [],
      bucketing_identifier: "distinct_id",
    }));
}

/** Conditions on other flags refer to them by key, with the order in which all of them are to be evaluated. */
function withChains(filters: JsonObject, flags: readonly FlagRecord[]): JsonObject {
  const groups = Array.isArray(filters.groups) ? filters.groups.filter(isObject) : [];
  return {
    ...filters,
    groups: groups.map((group) => ({
      ...group,
      properties: propertiesOf(group).map((property) => {
        if (property.type !== "flag") return property;
        const key = keyOf(property, flags);
        return { ...property, key, dependency_chain: dependencyChain(key, flags) };
      }),
    })),
  };
}

const propertiesOf = ({ properties }: JsonObject): JsonObject[] =>
  Array.isArray(properties) ? properties.filter(isObject) : [];

/** A condition refers to the other flag by its id; older conditions by its key. */
const keyOf = ({ key }: JsonObject, flags: readonly FlagRecord[]): string =>
  flags.find(({ id }) => String(id) === String(key))?.key ?? String(key);

/** All dependencies of the flag, each after its own dependencies, and the flag last; empty when they form a cycle. */
function dependencyChain(key: string, flags: readonly FlagRecord[], above: readonly string[] = []): string[] {
  if (above.includes(key)) return [];
  const groups = flags.find((flag) => flag.key === key)?.filters.groups;
  const conditions = Array.isArray(groups) ? groups.filter(isObject).flatMap(propertiesOf) : [];
  const chain: string[] = [];
  for (const condition of conditions.filter(({ type }) => type === "flag")) {
    const below = dependencyChain(keyOf(condition, flags), flags, [...above, key]);
    if (below.length === 0) return [];
    chain.push(...below.filter((one) => !chain.includes(one)));
  }
  return [...chain, key];
}
