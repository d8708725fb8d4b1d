/**
 * What PostHog shows when a query does not say anything: `@default` in frontend/src/queries/schema/schema-general.ts. The
 * app writes some of it into a query as soon as somebody opens and saves it.
 */
export const queryDefaults = {
  aggregationAxisFormat: "numeric",
  /** Also get_breakdown_limit_for_context, for queries of the app and of the API. */
  breakdown_limit: 25,
  breakdown_type: "event",
  breakdownAttributionType: "first_touch",
  computedAs: "non_cumulative",
  detailedResultsAggregationType: "total",
  edgeLimit: 50,
  funnelOrderType: "ordered",
  funnelStepReference: "total",
  funnelVizType: "steps",
  funnelWindowInterval: 14,
  funnelWindowIntervalUnit: "day",
  interval: "day",
  layout: "vertical",
  math: "total",
  meanRetentionCalculation: "simple",
  operator: "exact",
  period: "Day",
  resultCustomizationBy: "value",
  retentionReference: "total",
  retentionType: "retention_first_time",
  smoothingIntervals: 1,
  stepLimit: 5,
  timeWindowMode: "strict_calendar_dates",
  totalIntervals: 8,
  yAxisScaleType: "linear",
} as const;
