import * as z from "zod";
import { toneOf, valueName } from "./names.ts";
import { type FunnelStep, funnelResults, funnelTrendsResults, timeToConvertResults } from "./results.ts";
import type { View, Words } from "./view.ts";

const looks = z.object({ funnelVizType: z.string().nullish() }).nullish();

const nobody: Words = { kind: "words", text: "Nobody entered in this time.", isFailure: false };

/** @param funnelsFilter of the query; says how its answer looks. */
export function funnelsView(funnelsFilter: unknown, results: unknown): View {
  switch (looks.parse(funnelsFilter)?.funnelVizType) {
    case "time_to_convert":
      return timeToConvert(results);
    case "trends":
      return overTime(results);
    default:
      return steps(results);
  }
}

function steps(results: unknown): View {
  const read = funnelResults.parse(results);
  const groups = read.every((one) => Array.isArray(one)) ? read : [read as FunnelStep[]];
  const [first] = groups;
  if (first === undefined || first.length === 0) return nobody;
  return {
    kind: "funnel",
    steps: first.map(({ name, custom_name: custom }) => custom || name || "All events"),
    groups: groups.map((group) => ({
      name: valueName(group[0]?.breakdown_value) ?? "",
      counts: group.map(({ count }) => count),
      seconds: group.map(({ median_conversion_time: seconds }) => seconds ?? null),
    })),
  };
}

function timeToConvert(results: unknown): View {
  const {
    bins,
    average_conversion_time: average,
    median_conversion_time: median,
  } = timeToConvertResults.parse(results);
  if (bins.every(([, people]) => people === 0)) return { ...nobody, text: "Nobody converted in this time." };
  return { kind: "histogram", bins, averageSeconds: average ?? null, medianSeconds: median ?? null };
}

function overTime(results: unknown): View {
  const items = funnelTrendsResults.parse(results);
  const [first] = items;
  if (first === undefined) return nobody;
  return {
    kind: "over time",
    shape: "lines",
    days: first.days,
    lines: items.map(({ data, breakdown_value: value }, colour) => ({
      name: valueName(value) ?? "Conversion",
      tone: toneOf(value),
      data,
      isEarlier: false,
      colour,
    })),
    goals: [],
    unit: { format: "percentage", prefix: "", postfix: "" },
  };
}
