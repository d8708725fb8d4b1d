import { z } from "zod";
import type { QueryAnswer } from "../../insights/evaluate/index.ts";

/*
 * Reads the answer of POST /api/projects/:id/query/ into the form of the local evaluation, so that both are drawn the same
 * way. PostHog adds fields with each release, so fields that are not needed are ignored.
 */

const texts = z.array(z.string());
const seconds = z.number().nullish().catch(null);
const range = z
  .object({ date_from: z.string(), date_to: z.string() })
  .nullish()
  .transform((given) => given ?? { date_from: "", date_to: "" });

const number = z
  .number()
  .nullable()
  .transform((value) => value ?? 0);

/** Of a breakdown; cohorts are numbers, and some versions write flags as such. */
const value = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);

const trendsItem = z.object({
  // Some versions have null here for the total of a formula.
  data: z.array(number).nullish(),
  days: texts.nullish(),
  labels: texts.nullish(),
  count: z.number().nullish(),
  aggregated_value: z.number().nullish(),
  label: z.string().nullish(),
  action: z
    .object({
      id: z.union([z.string(), z.number()]).nullish(),
      order: z.number().nullish(),
      name: z.string().nullish(),
      custom_name: z.string().nullish(),
      math: z.string().nullish(),
      math_property: z.string().nullish(),
    })
    .nullish(),
  order: z.number().nullish(),
  breakdown_value: z.union([value, z.array(value)]).nullish(),
  compare: z.boolean().nullish(),
  compare_label: z.enum(["current", "previous"]).nullish(),
});

const trends = z.object({
  results: z.array(trendsItem.transform(trendsItemOf)),
  hasMore: z.boolean().nullish(),
  resolved_date_range: range,
});

const step = z.object({
  action_id: z.union([z.string(), z.number().transform(String)]).nullish(),
  name: z.string().nullish(),
  custom_name: z.string().nullish(),
  order: z.number(),
  count: z.number(),
  average_conversion_time: seconds,
  median_conversion_time: seconds,
  breakdown: z.union([value.transform((one) => [one]), z.array(value)]).nullish(),
});

const steps = z.array(step.transform(stepOf));
const funnelSteps = z.object({
  // Without a breakdown a list of steps, with one a list of such lists.
  results: z.union([steps, z.array(steps)]),
  total_median_conversion_time: seconds,
  resolved_date_range: range,
});

const timeToConvert = z.object({
  results: z.object({
    bins: z.array(z.tuple([z.number(), z.number()])),
    average_conversion_time: seconds,
    median_conversion_time: seconds,
  }),
  resolved_date_range: range,
});

/** The kind of a query, which decides the form of its answer. */
export type AnswerKind = Exclude<QueryAnswer["kind"], "funnel trends">;

/** @throws ZodError when the answer has another form. */
export function readAnswer(kind: AnswerKind, body: unknown): QueryAnswer {
  switch (kind) {
    case "trends": {
      const { results, hasMore, resolved_date_range } = trends.parse(body);
      return { kind, results, hasMore: hasMore ?? false, resolved_date_range };
    }
    case "funnel steps": {
      const { results, total_median_conversion_time, resolved_date_range } = funnelSteps.parse(body);
      return { kind, results, total_median_conversion_time: total_median_conversion_time ?? null, resolved_date_range };
    }
    case "time to convert": {
      const { results, resolved_date_range } = timeToConvert.parse(body);
      const { bins, average_conversion_time = null, median_conversion_time = null } = results;
      return { kind, results: { bins, average_conversion_time, median_conversion_time }, resolved_date_range };
    }
  }
}

type TrendsItem = Extract<QueryAnswer, { kind: "trends" }>["results"][number];
type Step = Extract<QueryAnswer, { kind: "funnel steps" }>["results"][number];

function trendsItemOf(item: z.output<typeof trendsItem>): TrendsItem {
  const { data, days, labels, count, label, action, breakdown_value, compare, compare_label } = item;
  const order = item.order ?? action?.order ?? 0;
  return {
    ...{
      data: data ?? [],
      days: days ?? [],
      order,
      count: count ?? 0,
      label: label ?? "",
      filter: { insight: "TRENDS" },
    },
    ...(labels && { labels }),
    ...(typeof item.aggregated_value === "number" && { aggregated_value: item.aggregated_value }),
    ...(breakdown_value !== undefined && breakdown_value !== null && { breakdown_value }),
    ...(compare && { compare }),
    ...(compare_label && { compare_label }),
    action: action
      ? {
          ...{ days: [], type: "events", order, properties: {}, math_hogql: null, math_group_type_index: null },
          id: action.id === undefined || action.id === null ? null : String(action.id),
          name: action.name ?? "",
          custom_name: action.custom_name ?? null,
          math: action.math ?? null,
          math_property: action.math_property ?? null,
        }
      : null,
  };
}

function stepOf(item: z.output<typeof step>): Extract<Step, { order: number }> {
  const { order, count, breakdown } = item;
  return {
    ...{ order, count, people: [], type: "events" },
    action_id: item.action_id ?? null,
    name: item.name ?? null,
    custom_name: item.custom_name ?? null,
    average_conversion_time: item.average_conversion_time ?? null,
    median_conversion_time: item.median_conversion_time ?? null,
    ...(breakdown && { breakdown, breakdown_value: breakdown }),
  };
}
