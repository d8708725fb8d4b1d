/*
 * PostHog's answers, as POST /api/projects/:id/query/ gives them in `results` and next to it.
 */

export type QueryAnswer = TrendsAnswer | FunnelStepsAnswer | TimeToConvertAnswer | FunnelTrendsAnswer;

export interface DateRangeAnswer {
  readonly date_from: string;
  readonly date_to: string;
}

/** A text for `breakdown`, a list for `breakdowns` and in funnels. */
export type BreakdownValue = string | readonly string[];

export interface TrendsAnswer {
  readonly kind: "trends";
  readonly results: readonly TrendsItem[];
  /** Whether values beyond the limit were summed up as "Other". */
  readonly hasMore: boolean;
  readonly resolved_date_range: DateRangeAnswer;
  readonly resolved_compare_date_range?: DateRangeAnswer;
}

/** One line of a chart, or one number. */
export interface TrendsItem {
  /** Empty in a chart of totals. */
  readonly data: readonly number[];
  readonly days: readonly string[];
  /** Absent in a chart of totals. */
  readonly labels?: readonly string[];
  readonly count: number;
  /** In a chart of totals only. */
  readonly aggregated_value?: number;
  readonly label: string;
  readonly filter: { readonly insight: "TRENDS" };
  /** Null for a formula. */
  readonly action: TrendsAction | null;
  /** Index of the series, or of the formula. */
  readonly order: number;
  readonly breakdown_value?: BreakdownValue;
  readonly compare?: true;
  readonly compare_label?: "current" | "previous";
}

export interface TrendsAction {
  readonly days: readonly string[];
  readonly id: string | null;
  readonly type: "events";
  readonly order: number;
  readonly name: string;
  readonly custom_name: string | null;
  readonly math: string | null;
  readonly math_property: string | null;
  readonly math_hogql: null;
  readonly math_group_type_index: null;
  readonly properties: Readonly<Record<string, never>>;
}

export interface FunnelStepsAnswer {
  readonly kind: "funnel steps";
  /** A list of steps, or with a breakdown one such list for each value; empty when nobody entered. */
  readonly results: readonly FunnelStepItem[] | readonly (readonly FunnelStepItem[])[];
  /** Seconds that people who finished took from the first step to the last. */
  readonly total_median_conversion_time: number | null;
  readonly resolved_date_range: DateRangeAnswer;
}

export interface FunnelStepItem {
  readonly action_id: string | null;
  readonly name: string | null;
  readonly custom_name: string | null;
  readonly order: number;
  readonly people: readonly never[];
  readonly count: number;
  readonly type: "events";
  /** Seconds since the previous step; null for the first step and when nobody got here. */
  readonly average_conversion_time: number | null;
  readonly median_conversion_time: number | null;
  readonly breakdown?: readonly string[];
  readonly breakdown_value?: readonly string[];
}

export interface TimeToConvertAnswer {
  readonly kind: "time to convert";
  readonly results: {
    /** Start of the bin in seconds, and its number of people. */
    readonly bins: readonly (readonly [fromSeconds: number, people: number])[];
    /** Null when nobody converted, where PostHog has NaN. */
    readonly average_conversion_time: number | null;
    readonly median_conversion_time: number | null;
  };
  readonly resolved_date_range: DateRangeAnswer;
}

export interface FunnelTrendsAnswer {
  readonly kind: "funnel trends";
  readonly results: readonly FunnelTrendsItem[];
  readonly resolved_date_range: DateRangeAnswer;
}

export interface FunnelTrendsItem {
  /** Number of periods. */
  readonly count: number;
  /** Per cent of those who entered in the period and converted within the window. */
  readonly data: readonly number[];
  readonly days: readonly string[];
  readonly labels: readonly string[];
  readonly breakdown_value?: readonly string[];
}
