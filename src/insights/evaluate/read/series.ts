import * as z from "zod";
import { own } from "../../../model/json.ts";
import { propertyMaths } from "../../../model/posthog/property-math.ts";
import { NotEvaluable, QueryRejected } from "../errors.ts";
import type { Aggregate, Interval, PropertyOf, Series, SeriesMath } from "../plan.ts";
import { readFilters } from "./filters.ts";
import { flag, harmless, number, parse, refuse, text, within } from "./parse.ts";

/** The fields of an event node, which exclusions of funnels share. */
export const eventsNodeFields = {
  kind: z.literal("EventsNode"),
  event: text,
  name: text,
  custom_name: text,
  properties: z.unknown().optional(),
  fixedProperties: z.unknown().optional(),
  math: text,
  math_property: text,
  math_property_type: text,
  math_multiplier: number,
  math_hogql: text,
  math_group_type_index: number,
  math_property_revenue_currency: z.unknown().optional(),
  optionalInFunnel: flag,
  limit: number,
  orderBy: z.unknown().optional(),
  response: harmless,
  version: harmless,
};

const eventsNode = z.strictObject(eventsNodeFields);
export type EventsNode = z.output<typeof eventsNode>;

/** Parses a node of `series`; unsupported kinds are refused. */
export function readEventsNode(value: unknown, where: string): EventsNode {
  return checkEventsNode(parse(eventsNode, requireEventsNode(value, where), where), where);
}

export function requireEventsNode(value: unknown, where: string): unknown {
  const kind = typeof value === "object" && value !== null && "kind" in value ? value.kind : undefined;
  if (typeof kind === "string" && kind !== "EventsNode") {
    const because = kind === "ActionsNode" ? "an action is defined in PostHog, not in the query" : undefined;
    throw new NotEvaluable(`a series of kind ${kind}`, where, because);
  }
  return value;
}

export function checkEventsNode<Node extends EventsNode>(node: Node, where: string): Node {
  refuse(node.math_hogql, "HogQL math", within(where, ["math_hogql"]));
  refuse(node.math_group_type_index, "group math", within(where, ["math_group_type_index"]));
  refuse(node.math_property_revenue_currency, "a currency", within(where, ["math_property_revenue_currency"]));
  refuse(node.limit, "a limit of events", within(where, ["limit"]));
  refuse(node.orderBy, "an order of events", within(where, ["orderBy"]));
  if (Array.isArray(node.fixedProperties) ? node.fixedProperties.length > 0 : node.fixedProperties) {
    throw new NotEvaluable("fixed properties", within(where, ["fixedProperties"]));
  }
  return node;
}

/** PostHog: a name that equals the event's is not shown as a custom name. */
export function customNameOf({ custom_name, name, event }: EventsNode): string | null {
  if (custom_name) return custom_name;
  return name && name !== event ? name : null;
}

export function readSeries(value: unknown, interval: Interval, where: string): Series {
  const node = readEventsNode(value, where);
  return {
    event: node.event ?? null,
    customName: customNameOf(node),
    math: readMath(node, interval, where),
    written: { math: node.math ?? null, mathProperty: node.math_property ?? null },
    filter: readFilters(node.properties, within(where, ["properties"])),
    where,
  };
}

const isAggregate = (name: string): name is Aggregate => (propertyMaths as readonly string[]).includes(name);

/** SeriesMath of PostHog that needs more than events: groups, SQL, sessions. */
const notEvaluatedMath =
  /^(?:unique_group|hogql|first_time_for_group|first_matching_event_for_group|first_time_for_user_with_filters)$/;

function readMath(node: EventsNode, interval: Interval, where: string): SeriesMath {
  const math = node.math ?? "total";
  const at = within(where, ["math"]);
  if (notEvaluatedMath.test(math)) throw new NotEvaluable(`the math ${math}`, at);
  const perPerson = /^(.+)_count_per_actor$/.exec(math)?.[1];
  if (perPerson !== undefined && perPerson !== "sum" && isAggregate(perPerson)) {
    return { kind: "times per person", aggregate: perPerson };
  }
  if (isAggregate(math)) return readPropertyMath(node, math, where);
  switch (math) {
    case "total":
      return { kind: "count" };
    case "dau":
      return { kind: "people" };
    case "unique_session":
      return { kind: "sessions" };
    case "weekly_active":
      return activeWithin(7, ["week", "month", "quarter", "year"], interval);
    case "monthly_active":
      return activeWithin(30, ["month", "quarter", "year"], interval);
    case "first_time_for_user":
      return { kind: "first", matching: false };
    case "first_matching_event_for_user":
      return { kind: "first", matching: true };
    default:
      throw new QueryRejected(`there is no math ${math}`, at);
  }
}

/** PostHog: when the interval is at least as long as the window, the people of the interval count. */
function activeWithin(windowDays: 7 | 30, asLong: readonly Interval[], interval: Interval): SeriesMath {
  return asLong.includes(interval) ? { kind: "people" } : { kind: "active", windowDays };
}

function readPropertyMath(node: EventsNode, aggregate: Aggregate, where: string): SeriesMath {
  const { math_property: key, math_property_type: of } = node;
  // PostHog: without a property it silently counts events.
  if (key === null || key === undefined) return { kind: "count" };
  if (/^\$(?:session_duration|time)$/.test(key)) {
    throw new NotEvaluable(`the math ${aggregate} of ${key}`, within(where, ["math_property"]));
  }
  const owners: Readonly<Record<string, PropertyOf>> = { event_properties: "event", person_properties: "person" };
  const owner = own(owners, of ?? "event_properties");
  if (owner === undefined) {
    throw new NotEvaluable(`the math of ${of}`, within(where, ["math_property_type"]));
  }
  return { kind: "property", aggregate, of: owner, key, multiplier: node.math_multiplier ?? null };
}
