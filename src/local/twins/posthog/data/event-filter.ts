import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Api, RouteOptions } from "../http/api.ts";
import { invalid } from "../http/errors.ts";
import { choice, definedFields, json, parseFields } from "../http/fields.ts";
import type { SentEvent } from "../ingest/batch.ts";
import { isObject } from "../queries/source.ts";
import type { EventFilterRecord, JsonObject } from "../records.ts";
import type { World } from "../world.ts";

const options: RouteOptions = { scope: "event_filter" };
const mostConditions = 20;
const deepest = 5;
/** Events of PostHog's own that no filter drops. Source: nodejs/src/common/protected-internal-events.ts. */
const protectedEvents: readonly unknown[] = ["$recording_observed"];

const requestFields = z.object({
  mode: choice(["disabled", "dry_run", "live"]).optional(),
  filter_tree: json().optional(),
  test_cases: json().optional(),
});

/**
 * The project's one event filter: POST makes or changes it, and nothing deletes it. Source: posthog/api/event_filter_config.py and
 * posthog/models/event_filter_config.py.
 */
export function eventFilterRoutes(world: World, { on }: Api): void {
  if (!world.features.eventFilters) return;
  on("GET", "/environments/:project/event_filter", options, () => {
    const found = world.eventFilters.get(world.project.id);
    return found === null ? new Response(null, { status: 204 }) : Response.json(shown(found));
  });
  on("POST", "/environments/:project/event_filter", options, ({ body }) => {
    const fields = definedFields(parseFields(requestFields, body));
    const found = world.eventFilters.get(world.project.id) ?? {
      ...{ id: world.project.id, uuid: randomUUID(), created_at: world.timestamp(), updated_at: world.timestamp() },
      ...{ mode: "disabled" as const, filter_tree: null, test_cases: [] },
    };
    if (fields.filter_tree) checkTree(fields.filter_tree);
    if (fields.test_cases) checkTestCases(fields.test_cases);
    const given = fields.filter_tree;
    const tree = given === undefined ? found.filter_tree : isObject(given) ? given : null;
    const cases = (fields.test_cases ?? found.test_cases) as JsonObject[];
    if (tree) tryTestCases(tree, cases);
    const made = world.eventFilters.put({
      ...{ ...found, ...(fields.mode && { mode: fields.mode }) },
      ...{ filter_tree: tree && pruneRoot(tree), test_cases: cases, updated_at: world.timestamp() },
    });
    return Response.json(shown(made));
  });
}

/** Whether the project's filter drops an event; a dry run drops none. */
export function isDropped(world: World, { event, distinctId }: SentEvent): boolean {
  const filter = world.features.eventFilters ? world.eventFilters.get(world.project.id) : null;
  if (filter?.mode !== "live" || filter.filter_tree === null || protectedEvents.includes(event)) return false;
  return matches(filter.filter_tree, { event_name: event, distinct_id: distinctId });
}

const shown = ({ uuid, ...record }: EventFilterRecord) => ({ ...record, id: uuid });

const childrenOf = (node: JsonObject): JsonObject[] =>
  Array.isArray(node.children) ? node.children.filter(isObject) : [];
const isGroup = ({ type }: JsonObject) => type === "and" || type === "or";
const refused = (detail: string) => invalid(detail, "filter_tree");

function checkTree(tree: unknown): void {
  if (countConditions(tree) > mostConditions) throw refused(`Filter exceeds maximum of ${mostConditions} conditions.`);
  if (depth(tree) > deepest) throw refused(`Tree exceeds maximum depth of ${deepest}.`);
  checkNode(tree, "root");
}

function countConditions(node: unknown): number {
  if (!isObject(node)) return 0;
  if (node.type === "condition") return 1;
  if (node.type === "not") return countConditions(node.child);
  return isGroup(node) ? childrenOf(node).reduce((sum, child) => sum + countConditions(child), 0) : 0;
}

function depth(node: unknown, above = 0): number {
  if (!isObject(node)) return above;
  if (node.type === "not") return depth(node.child, above + 1);
  return isGroup(node) ? Math.max(above, ...childrenOf(node).map((child) => depth(child, above + 1))) : above;
}

function checkNode(node: unknown, path: string): void {
  if (!isObject(node)) throw refused(`Node at ${path} must be an object.`);
  if (node.type === "condition") {
    checkCondition(node, path);
    return;
  }
  if (node.type === "not") {
    if (!("child" in node)) throw refused(`Node at ${path}: 'not' node must have a 'child'.`);
    checkNode(node.child, `${path}.child`);
    return;
  }
  if (!isGroup(node))
    throw refused(
      `Node at ${path}: type must be one of ['and', 'condition', 'not', 'or'], got '${String(node.type)}'.`,
    );
  if (!Array.isArray(node.children))
    throw refused(`Node at ${path}: '${String(node.type)}' node must have a 'children' list.`);
  for (const [index, child] of node.children.entries()) checkNode(child, `${path}.children[${index}]`);
}

function checkCondition(node: JsonObject, path: string): void {
  for (const key of ["field", "operator", "value"])
    if (!(key in node)) throw refused(`Condition at ${path} missing required key '${key}'.`);
  const oneOf = (key: string, allowed: readonly string[]) => {
    if (!allowed.includes(String(node[key])))
      throw refused(
        `Condition at ${path}: ${key} must be one of [${allowed.map((word) => `'${word}'`).join(", ")}], got '${String(node[key])}'.`,
      );
  };
  oneOf("field", ["distinct_id", "event_name"]);
  oneOf("operator", ["contains", "exact"]);
  if (typeof node.value !== "string" || node.value === "")
    throw refused(`Condition at ${path}: value must be a non-empty string.`);
}

function checkTestCases(cases: unknown): void {
  const bad = (detail: string) => invalid(detail, "test_cases");
  if (!Array.isArray(cases)) throw bad("Must be a list.");
  for (const [index, one] of cases.entries()) {
    if (!isObject(one)) throw bad(`Test case ${index} must be an object.`);
    if (!("expected_result" in one)) throw bad(`Test case ${index} missing 'expected_result'.`);
    if (one.expected_result !== "drop" && one.expected_result !== "ingest")
      throw bad(`Test case ${index}: expected_result must be 'drop' or 'ingest'.`);
    for (const field of ["event_name", "distinct_id"])
      if (field in one && typeof one[field] !== "string") throw bad(`Test case ${index}: ${field} must be a string.`);
  }
}

function tryTestCases(tree: JsonObject, cases: readonly JsonObject[]): void {
  for (const [index, { expected_result: expected, ...event }] of cases.entries()) {
    const actual = !protectedEvents.includes(event.event_name) && matches(tree, event) ? "drop" : "ingest";
    if (actual !== expected)
      throw invalid(
        `Test case ${index}: expected '${String(expected)}' but got '${actual}' for ${JSON.stringify(event)}`,
        "test_cases",
      );
  }
}

function matches(node: JsonObject, event: JsonObject): boolean {
  if (node.type === "condition") {
    const value = event[String(node.field)];
    if (typeof value !== "string") return false;
    return node.operator === "exact" ? value === node.value : value.includes(String(node.value));
  }
  if (node.type === "not") return isObject(node.child) && !matches(node.child, event);
  const children = childrenOf(node);
  if (node.type === "and") return children.length > 0 && children.every((child) => matches(child, event));
  return children.some((child) => matches(child, event));
}

/** Without empty groups, those of one child collapsed; a condition or a NOT at the root gets a group around it. */
function pruneRoot(tree: JsonObject): JsonObject | null {
  const left = prune(tree);
  return left === null || isGroup(left) ? left : { type: "or", children: [left] };
}

function prune(node: JsonObject): JsonObject | null {
  if (node.type === "not") {
    const child = isObject(node.child) ? prune(node.child) : null;
    return child === null ? null : { ...node, child };
  }
  if (!isGroup(node)) return node;
  const children = childrenOf(node)
    .map(prune)
    .filter((child) => child !== null);
  return children.length > 1 ? { ...node, children } : (children[0] ?? null);
}
