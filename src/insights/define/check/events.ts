import * as z from "zod";
import { type Catalog, requiredType } from "../../../catalog/event.ts";
import { nearest, suggestion } from "../../../catalog/nearest.ts";
import { comparesNumbers, filterRefusal } from "../../../model/posthog/filter-rules.ts";
import { propertyMaths } from "../../../model/posthog/property-math.ts";
import { isBlank, type JsonObject, list, object } from "./json.ts";
import { type Problem, problem } from "./problem.ts";

const propertyMath: readonly string[] = propertyMaths;
const countingMath = [
  "total",
  "dau",
  "weekly_active",
  "monthly_active",
  "unique_session",
  "first_time_for_user",
  "first_matching_event_for_user",
  "hogql",
  "unique_group",
  ...["avg", "min", "max", "median", "p75", "p90", "p95", "p99"].map((math) => `${math}_count_per_actor`),
];

/** What is wrong with one EventsNode: its event, what it measures, its own filters. */
export function eventProblems(node: JsonObject, catalog: Catalog): Problem[] {
  const events = eventsOf([node], catalog);
  return [
    ...unknownEventProblems(node, catalog),
    ...mathProblems(node, events, catalog),
    ...filterProblems(node.properties, events, catalog),
  ];
}

function unknownEventProblems({ event }: JsonObject, catalog: Catalog): Problem[] {
  // PostHog treats a missing event as "all events".
  if (event === undefined || event === null || (typeof event === "string" && Object.hasOwn(catalog, event))) return [];
  const meant = nearest(String(event), Object.keys(catalog));
  const add = "add it to src/catalog/events.ts";
  return [
    problem(
      `the event ${event} is not in the catalog`,
      meant === undefined ? add : `did you mean ${meant}? otherwise ${add}`,
      event,
    ),
  ];
}

function mathProblems(node: JsonObject, events: readonly string[], catalog: Catalog): Problem[] {
  const { math, math_property: property } = node;
  if (math === undefined || math === null) return [];
  const measures = propertyMath.includes(String(math));
  if (!measures && !countingMath.includes(String(math))) {
    const fix = `use one that PostHog knows; ${suggestion(String(math), [...propertyMath, ...countingMath])}`;
    return [problem(`${math} is no way to count, PostHog would silently count events`, fix, math)];
  }
  if (!measures) return [];
  const measured = isBlank(node.event) ? "all events" : String(node.event);
  if (isBlank(property)) {
    const fix = "name the number to take it of, as in median(event, property)";
    return [problem(`${math} of ${measured} lacks its property, PostHog would silently count events`, fix, node)];
  }
  const unknown = propertyProblems(`the measured property ${property}`, String(property), events, catalog);
  if (unknown.length > 0 || events.some((event) => numericProperties(event, catalog).includes(String(property)))) {
    return unknown;
  }
  // For an event that is not in the catalog, nothing else can be checked.
  if (events.length === 0) return [];
  const numbers = events.flatMap((event) => numericProperties(event, catalog));
  return [
    problem(
      `${math} of ${property} cannot be taken: ${property} of ${measured} is not a number`,
      numbers.length > 0
        ? `numbers are ${[...new Set(numbers)].join(", ")}`
        : `count ${measured} instead, it has no numbers`,
      property,
    ),
  ];
}

/** Problems of a list of filters, or of a group of them, on any of these events. */
export function filterProblems(filters: unknown, events: readonly string[], catalog: Catalog): Problem[] {
  const inGroup = list(object(filters).values);
  return [...list(filters), ...inGroup].flatMap((filter) => {
    const { key, type = "event", operator, value, values } = object(filter);
    if (values !== undefined) return filterProblems(filter, events, catalog);
    if (type !== "event" && type !== "person") return [];
    const refused = filterRefusal(object(filter));
    if (refused) return [problem(`the filter on ${key}: ${refused.problem}`, refused.fix, refused.value)];
    if (type !== "event") return [];
    const unknown = propertyProblems(`the filter on ${key}`, String(key), events, catalog);
    if (unknown.length > 0) return unknown;
    if (Array.isArray(value) && value.length === 0) {
      return [
        problem(`the filter on ${key} has no value, PostHog would ignore it`, "give it one, or remove it", value),
      ];
    }
    const isNumeric = events.some((event) => numericProperties(event, catalog).includes(String(key)));
    if (comparesNumbers(operator) && events.length > 0 && !isNumeric) {
      const fix = "compare for equality instead; as texts, 9 is more than 10";
      return [problem(`the filter on ${key} compares (${operator}) something that is not a number`, fix, filter)];
    }
    return [];
  });
}

/** A problem when none of the events has the property. Without a known event nothing is checked. */
export function propertyProblems(what: string, name: string, events: readonly string[], catalog: Catalog): Problem[] {
  if (events.length === 0) return [];
  const known = [...new Set(events.flatMap((event) => propertyNames(event, catalog)))];
  if (known.includes(name)) return [];
  const owner =
    events.length === 1 ? `is not a property of ${events[0]}` : `is a property of ${noneOf(events, catalog)}`;
  return [problem(`${what} ${owner}`, suggestion(name, known), name)];
}

/**
 * Words that do not change when an event is added to the catalog: an adopted dashboard accepts a problem by its words.
 */
const noneOf = (events: readonly string[], catalog: Catalog): string =>
  events.length === Object.keys(catalog).length ? "no event in the catalog" : `none of ${events.join(", ")}`;

/** The nodes' events that are in the catalog, each once; the whole catalog where a node means all events. */
export function eventsOf(nodes: readonly unknown[], catalog: Catalog): string[] {
  const names = nodes.map((node) => object(node).event);
  if (names.some((name) => name === null || name === undefined)) return Object.keys(catalog);
  return [...new Set(names)].filter((name) => typeof name === "string" && Object.hasOwn(catalog, name)) as string[];
}

function propertyNames(event: string, catalog: Catalog): string[] {
  return Object.entries(catalog[event]?.properties ?? {})
    .filter(([, { privacy }]) => privacy !== "forbidden")
    .map(([name]) => name);
}

function numericProperties(event: string, catalog: Catalog): string[] {
  return Object.entries(catalog[event]?.properties ?? {})
    .filter(([, { type }]) => requiredType(type) instanceof z.ZodNumber)
    .map(([name]) => name);
}
