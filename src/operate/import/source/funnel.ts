import type { Json, JsonObject } from "../../../resources/kernel/json.ts";
import { type Code, json, list, options } from "./code.ts";
import { fields, items, number, type Reader, wordFor, words } from "./reader.ts";
import { eventsOf, stepCode } from "./series.ts";
import { timeCode, windowCode } from "./time.ts";
import { whereCode } from "./where.ts";

const attributions = { "first touch": "first_touch", "last touch": "last_touch", "all events": "all_events" } as const;

/** Orders other than the default, "ordered". */
const orders = ["strict", "unordered"] as const;

/** A FunnelsQuery as a builder and its options; undefined when no builder draws such a chart. */
export function funnelCode(
  source: JsonObject,
  reader: Reader,
): { builder: "funnel" | "timeToConvert"; fields: Record<string, Code | undefined> } | undefined {
  const nodes = items(source.series);
  const events = eventsOf(nodes, reader);
  const filter = fields(source.funnelsFilter);
  const path = {
    steps: list(nodes.flatMap((node) => stepCode(node, reader) ?? [])),
    where: whereCode(source.properties, events, reader),
    order: orders.some((one) => one === filter.funnelOrderType) ? json(filter.funnelOrderType ?? null) : undefined,
    exclusions: exclusionsCode(items(filter.exclusions), reader),
    ...windowCode(filter),
    ...timeCode(fields(source.dateRange), reader),
  };
  switch (filter.funnelVizType ?? "steps") {
    case "steps":
      return { builder: "funnel", fields: { ...path, ...stepsCode(source, filter, events, reader) } };
    case "time_to_convert":
      return {
        builder: "timeToConvert",
        fields: {
          ...path,
          fromStep: count(filter.funnelFromStep),
          toStep: count(filter.funnelToStep),
          bins: count(filter.binCount),
        },
      };
    default:
      return reader.cannot(`a funnel drawn as ${String(filter.funnelVizType)}`);
  }
}

const count = (value: Json | undefined): Code | undefined => {
  const whole = number(value);
  return whole === undefined ? undefined : json(whole);
};

function stepsCode(
  source: JsonObject,
  filter: JsonObject,
  events: readonly string[],
  reader: Reader,
): Record<string, Code | undefined> {
  const { breakdown, breakdown_type: type = "event", breakdown_limit } = fields(source.breakdownFilter);
  const property = words(breakdown);
  if (property !== undefined && type !== "event") reader.cannot(`a breakdown by ${String(type)} (${property})`);
  else if (property !== undefined && !reader.names.hasProperty(events, property)) {
    reader.cannot(`the breakdown by ${property}: the catalog has no such property`);
  }
  const { breakdownAttributionType: attribution, breakdownAttributionValue: step } = filter;
  const touch = wordFor(attributions, attribution);
  return {
    breakdown: property === undefined ? undefined : json(property),
    breakdownLimit: property === undefined ? undefined : count(breakdown_limit),
    attribution:
      attribution === "step"
        ? options({ step: json(number(step) ?? 0) })
        : touch === undefined
          ? undefined
          : json(touch),
    layout: filter.layout === "horizontal" ? json("below each other") : undefined,
  };
}

function exclusionsCode(exclusions: readonly Json[], reader: Reader): Code | undefined {
  const known = exclusions.map(fields).flatMap(({ event, funnelFromStep, funnelToStep }) => {
    if (!reader.names.hasEvent(event)) return reader.cannot(`the event ${String(event)} is not in the catalog`) ?? [];
    return [json({ event, afterStep: number(funnelFromStep) ?? 0, beforeStep: number(funnelToStep) ?? 0 })];
  });
  return known.length === 0 ? undefined : list(known);
}
