import * as z from "zod";

/*
 * The parts of PostHog's `results` that pictures need, from the evaluator or from PostHog itself.
 */

const breakdownValue = z.union([z.string(), z.number(), z.array(z.string())]).nullish();

const trendsItem = z.object({
  data: z.array(z.number()).nullish(),
  days: z.array(z.string()).nullish(),
  aggregated_value: z.number().nullish(),
  label: z.string().nullish(),
  action: z.object({ name: z.string().nullish(), custom_name: z.string().nullish() }).nullish(),
  order: z.number().nullish(),
  breakdown_value: breakdownValue,
  compare_label: z.string().nullish(),
});

const funnelStep = z.object({
  name: z.string().nullish(),
  custom_name: z.string().nullish(),
  count: z.number(),
  median_conversion_time: z.number().nullish(),
  breakdown_value: breakdownValue,
});

const funnelTrendsItem = z.object({
  data: z.array(z.number()),
  days: z.array(z.string()),
  breakdown_value: breakdownValue,
});

export const trendsResults = z.array(trendsItem);
export type TrendsResults = z.output<typeof trendsResults>;
export type TrendsItem = TrendsResults[number];

export const funnelResults = z.union([z.array(z.array(funnelStep)), z.array(funnelStep)]);
export type FunnelStep = z.output<typeof funnelStep>;

export const funnelTrendsResults = z.array(funnelTrendsItem);

export const timeToConvertResults = z.object({
  bins: z.array(z.tuple([z.number(), z.number()])),
  // PostHog has NaN, or nothing, when nobody converted.
  average_conversion_time: z.number().nullish().catch(null),
  median_conversion_time: z.number().nullish().catch(null),
});

export type BreakdownValue = z.output<typeof breakdownValue>;
