import * as z from "zod";
import { queryDefaults } from "../../../model/posthog/defaults.ts";
import { seriesMeaning, valueMeaning } from "./colours.ts";
import { breakdownProperty, toneOf, valueName } from "./names.ts";
import { type FunnelStep, funnelResults, funnelTrendsResults, timeToConvertResults } from "./results.ts";
import { type AnswerContext, type Span, unfinishedFrom } from "./unfinished.ts";
import type { View, Words } from "./view.ts";

const looks = z
  .object({
    funnelVizType: z.string().nullish(),
    funnelWindowInterval: z.number().nullish().catch(null),
    funnelWindowIntervalUnit: z.string().nullish().catch(null),
  })
  .nullish();

type Looks = z.output<typeof looks>;

/** What the picture needs of a funnel's query. */
interface FunnelsQueryFields {
  readonly funnelsFilter?: unknown;
  readonly breakdownFilter?: unknown;
  readonly interval?: unknown;
}

const nobody: Words = { kind: "words", text: "Nobody entered in this time.", isFailure: false };

/** @param source the query, which determines the shape of its answer */
export function funnelsView(source: FunnelsQueryFields, answer: { readonly results: unknown } & AnswerContext): View {
  const look = looks.parse(source.funnelsFilter);
  switch (look?.funnelVizType) {
    case "time_to_convert":
      return timeToConvert(answer.results);
    case "trends":
      return overTime(answer, source, look);
    default:
      return steps(answer.results, source);
  }
}

/** Without a breakdown there is one line, the conversion of everyone. */
function meaningOf(name: string | null, { breakdownFilter }: FunnelsQueryFields): string {
  return name === null ? seriesMeaning("Conversion") : valueMeaning(breakdownProperty(breakdownFilter), name);
}

function steps(results: unknown, source: FunnelsQueryFields): View {
  const read = funnelResults.parse(results);
  const groups = read.every((one) => Array.isArray(one)) ? read : [read as FunnelStep[]];
  const [first] = groups;
  if (first === undefined || first.length === 0) return nobody;
  return {
    kind: "funnel",
    steps: first.map(({ name, custom_name: custom }) => custom || name || "All events"),
    groups: groups.map((group, colour) => ({
      name: valueName(group[0]?.breakdown_value) ?? "",
      meaning: meaningOf(valueName(group[0]?.breakdown_value), source),
      colour,
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

/** People who entered may convert until their window is over: PostHog's default is 14 days. */
function windowOf(look: Looks): Span {
  return {
    count: look?.funnelWindowInterval ?? queryDefaults.funnelWindowInterval,
    unit: look?.funnelWindowIntervalUnit ?? queryDefaults.funnelWindowIntervalUnit,
  };
}

function overTime(
  answer: { readonly results: unknown } & AnswerContext,
  source: FunnelsQueryFields,
  look: Looks,
): View {
  const items = funnelTrendsResults.parse(answer.results);
  const [first] = items;
  if (first === undefined) return nobody;
  const interval = typeof source.interval === "string" ? source.interval : "day";
  const unfinished = unfinishedFrom(first.days, interval, answer, windowOf(look));
  return {
    kind: "over time",
    shape: "lines",
    days: first.days,
    ...(unfinished === undefined ? {} : { unfinishedFrom: unfinished }),
    lines: items.map(({ data, breakdown_value: value }, colour) => ({
      name: valueName(value) ?? "Conversion",
      meaning: meaningOf(valueName(value), source),
      tone: toneOf(value),
      series: 0,
      data,
      isEarlier: false,
      colour,
    })),
    goals: [],
    unit: { format: "percentage", prefix: "", postfix: "" },
  };
}
