import { createHash } from "node:crypto";
import type { Api, ApiRequest } from "../http/api.ts";
import { invalid, throttled } from "../http/errors.ts";
import { capturedEvents } from "../ingest/events.ts";
import type { Evaluate } from "../options.ts";
import type { JsonObject } from "../records.ts";
import type { World } from "../world.ts";
import { countEvents, listEvents } from "./count.ts";
import { isObject, sourceQuery } from "./source.ts";
import { upgradeQuery } from "./upgrade.ts";
import { validateSource } from "./validation.ts";

/** Source of the envelope: posthog/api/query.py. A query counts as reading: a key with `query:read` may POST here. */
export function queryRoutes(world: World, { inProject }: Api, evaluate: Evaluate = refuse): void {
  let running = 0;

  inProject("POST", "/query", { scope: "query:read", bucket: "query" }, async ({ body }) => {
    const query = requireQuery(body);
    if (running >= (world.limits.query?.concurrent ?? Number.POSITIVE_INFINITY)) throw throttled(null);
    running += 1;
    try {
      return Response.json({ ...envelope(world, query), ...(await answerQuery(world, query, evaluate)) });
    } finally {
      running -= 1;
    }
  });
  inProject("POST", "/query/upgrade", { scope: "query:read", bucket: "query" }, ({ body }) =>
    Response.json({ query: upgradeQuery(requireQuery(body)) }),
  );
}

function requireQuery(body: ApiRequest["body"]): JsonObject {
  if (body.query === undefined) throw invalid("This field is required.", "query", "required");
  if (!isObject(body.query)) throw invalid("Query must be a valid JSON object", "query");
  return body.query;
}

/** The answer of POST query/, without its envelope. */
export async function answerQuery(world: World, query: JsonObject, evaluate: Evaluate = refuse): Promise<JsonObject> {
  const { timezone, weekStart } = world.project;
  const count = counted(world, query);
  if (count !== null) return count;
  validateSource(sourceQuery(query) ?? {});
  try {
    return await evaluate({
      query,
      events: (after) => capturedEvents(world, after),
      persons: () => world.personLinks.all().map(({ id, person }) => [id, person] as const),
      now: world.now(),
      timezone,
      weekStart,
    });
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error), "query");
  }
}

function envelope(world: World, query: JsonObject): JsonObject {
  const at = world.timestamp();
  return {
    cache_key: `cache_${createHash("md5").update(JSON.stringify(query)).digest("hex")}`,
    cache_target_age: null,
    error: null,
    hasMore: false,
    hogql: null,
    is_cached: false,
    last_refresh: at,
    modifiers: null,
    next_allowed_client_refresh: at,
    query_status: null,
    resolved_date_range: null,
    timezone: world.project.timezone,
    timings: [],
  };
}

/** What the twin answers without an evaluator: whether an event has arrived, and with what. */
function counted(world: World, query: JsonObject): JsonObject | null {
  const source = sourceQuery(query);
  const sql = source?.kind === "HogQLQuery" && typeof source.query === "string" ? source.query : null;
  if (sql === null) return null;
  const events = capturedEvents(world);
  const answer = { hogql: sql, limit: 100, offset: 0 };
  const count = countEvents(sql, events);
  if (count !== null) return { ...answer, results: [[count]], columns: ["count()"], types: [["count()", "UInt64"]] };
  const results = listEvents(sql, events);
  if (results === null) return null;
  const columns = ["distinct_id", "properties"];
  return { ...answer, results: results.slice(0, 100), columns, types: columns.map((name) => [name, "String"]) };
}

const refuse: Evaluate = ({ query }) => {
  throw new Error(
    `This PostHog twin cannot evaluate ${String(sourceQuery(query)?.kind ?? query.kind)}: it was started without an evaluator, and alone it only counts and lists events ("select count() from events where event = '…'").`,
  );
};
