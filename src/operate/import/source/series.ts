import type { Json } from "../../../resources/kernel/json.ts";
import { type Code, call, json, options } from "./code.ts";
import { fields, type Reader, wordFor, words } from "./reader.ts";
import { whereCode } from "./where.ts";

const counting = {
  count: "total",
  people: "dau",
  weeklyPeople: "weekly_active",
  monthlyPeople: "monthly_active",
  newPeople: "first_time_for_user",
  sessions: "unique_session",
  timesPerPerson: "avg_count_per_actor",
} as const;

const measuring = {
  sum: "sum",
  average: "avg",
  minimum: "min",
  maximum: "max",
  median: "median",
  p75: "p75",
  p90: "p90",
  p95: "p95",
  p99: "p99",
} as const;

/** One series of a trend: `count("ask.prompt_submitted", { where: … })`. */
export function seriesCode(node: Json, reader: Reader): Code | undefined {
  const { math = "total", math_property } = fields(node);
  const event = eventOf(node, reader);
  if (event === undefined) return undefined;
  const more = seriesOptions(node, event, reader);
  const counts = wordFor(counting, math);
  if (counts !== undefined) return call(counts, json(event), ...more);
  const measures = wordFor(measuring, math);
  if (measures === undefined) return reader.cannot(`counting by ${String(math)}`);
  const property = words(math_property);
  if (property === undefined || !reader.names.isNumber([event], property)) {
    return reader.cannot(`the ${measures} of ${String(property)}: the catalog has no such number of ${event}`);
  }
  return call(measures, json(event), json(property), ...more);
}

/** One step of a funnel: an event's name, or `step(…)` where it needs more. */
export function stepCode(node: Json, reader: Reader): Code | undefined {
  const event = eventOf(node, reader);
  if (event === undefined) return undefined;
  const firstTime = fields(node).math === "first_time_for_user" ? json(true) : undefined;
  const optional = fields(node).optionalInFunnel === true ? json(true) : undefined;
  const [more] = seriesOptions(node, event, reader, { firstTime, optional });
  return more === undefined ? json(event) : call("step", json(event), more);
}

function eventOf(node: Json, reader: Reader): string | undefined {
  const { kind = "EventsNode", event } = fields(node);
  if (kind !== "EventsNode")
    return reader.cannot(kind === "ActionsNode" ? "an action of PostHog's" : `a ${String(kind)}`);
  if (event === undefined || event === null) return reader.cannot("all events at once");
  return reader.names.hasEvent(event) ? event : reader.cannot(`the event ${String(event)} is not in the catalog`);
}

function seriesOptions(
  node: Json,
  event: string,
  reader: Reader,
  more: Readonly<Record<string, Code | undefined>> = {},
): Code[] {
  const { custom_name, properties } = fields(node);
  const label = words(custom_name);
  const where = whereCode(properties, [event], reader);
  const all = { label: label === undefined ? undefined : json(label), where, ...more };
  return Object.values(all).every((code) => code === undefined) ? [] : [options(all)];
}

/** The nodes' events that the catalog has. */
export const eventsOf = (nodes: readonly Json[], { names }: Reader): string[] =>
  nodes.map((node) => fields(node).event).filter(names.hasEvent);
