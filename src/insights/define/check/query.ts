import type { Catalog } from "../../../catalog/event.ts";
import { eventProblems, eventsOf, filterProblems, propertyProblems } from "./events.ts";
import { funnelProblems } from "./funnel.ts";
import { isWhole, type JsonObject, list, nodesOf, object } from "./json.ts";
import type { Problem } from "./problem.ts";
import { problem } from "./problem.ts";
import { trendProblems } from "./trend.ts";

/** What is wrong with an insight's query. Checks every node in it, also in imported queries. */
export function queryProblems(query: unknown, catalog: Catalog): Problem[] {
  return nodesOf(query).flatMap((node) => {
    if (node.kind === "EventsNode") return eventProblems(node, catalog);
    return [
      ...(node.kind === "TrendsQuery" ? trendProblems(node) : []),
      ...(node.kind === "FunnelsQuery" ? funnelProblems(node) : []),
      ...(Array.isArray(node.series) ? seriesQueryProblems(node, node.series, catalog) : []),
    ];
  });
}

/** Checks what all queries over series share: filters and breakdowns on all events, and a date range. */
function seriesQueryProblems(query: JsonObject, series: readonly unknown[], catalog: Catalog): Problem[] {
  const events = eventsOf(series, catalog);
  return [
    ...series.flatMap(kindlessProblems),
    ...filterProblems(query.properties, events, catalog),
    ...breakdownProblems(object(query.breakdownFilter), events, catalog),
    ...dateProblems(object(query.dateRange)),
  ];
}

function kindlessProblems(node: unknown): Problem[] {
  if (typeof object(node).kind === "string") return [];
  return [problem("a series does not say its kind", 'add kind: "EventsNode", PostHog would add it and differ', node)];
}

function breakdownProblems(filter: JsonObject, events: readonly string[], catalog: Catalog): Problem[] {
  const { breakdown, breakdown_type: singleType, breakdowns, breakdown_limit: limit } = filter;
  const single = typeof breakdown === "string" ? [breakdown] : list(breakdown);
  const all = [
    ...single.map((property) => ({ property, type: singleType })),
    ...list(breakdowns).map((one) => ({ property: object(one).property, type: object(one).type })),
  ];
  const unknown = all
    .filter(({ type }) => (type ?? "event") === "event")
    .flatMap(({ property }) => propertyProblems(`the breakdown ${property}`, String(property), events, catalog));
  if (limit === undefined || limit === null || isWhole(limit, 1)) return unknown;
  return [...unknown, problem(`the breakdown shows ${limit} values`, "use a whole number from 1", limit)];
}

/** -30d, -1mStart, mStart, all, 2026-11-01, 2026-11-01T10:00 (PostHog: posthog/utils.py relative_date_parse). */
const readableDate =
  /^(?:all|-?\d+[hdwmqyMs](?:Start|End)?|[dwmqy](?:Start|End)|\d{4}-\d{1,2}-\d{1,2}(?:[T ][\d:.]+.*)?)$/;

function dateProblems({ date_from, date_to }: JsonObject): Problem[] {
  return [date_from, date_to]
    .filter((date) => date !== undefined && date !== null && !readableDate.test(String(date)))
    .map((date) =>
      problem(`the time ${date} is not one that PostHog reads`, "use a whole number, as in lastDays: 30", date),
    );
}
