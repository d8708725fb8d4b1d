import type { Formula } from "../../model/posthog/formula.ts";
import type { PropertyMath } from "../../model/posthog/property-math.ts";

/*
 * A parsed query: only what affects numbers, in our own terms, with every default filled in. Everything in this form
 * can be evaluated.
 */

export type Interval = "minute" | "hour" | "day" | "week" | "month" | "quarter" | "year";

export interface DateRange {
  /** The date as PostHog writes it: "-7d", "mStart", "2026-11-01"; null for its default, the last 7 days. */
  readonly from: string | null;
  readonly to: string | null;
  /** Bounds are used unchanged, not moved to the ends of hours or days. */
  readonly explicit: boolean;
}

/** Whose property: the event's own, or the person's as it was when the event came in. */
export type PropertyOf = "event" | "person";

export type Filter = { readonly type: "all" | "any"; readonly filters: readonly Filter[] } | PropertyFilter;

export interface PropertyFilter {
  readonly type: "property";
  readonly of: PropertyOf;
  readonly key: string;
  readonly operator: Operator;
  /** Never empty, except for operators that test presence. */
  readonly values: readonly FilterValue[];
  /** More than one value, or written as a list of one that an operator needs as a list. */
  readonly where: string;
}

export type FilterValue = string | number | boolean;

export type Operator =
  | "exact"
  | "is_not"
  | "icontains"
  | "not_icontains"
  | "regex"
  | "not_regex"
  | "gt"
  | "gte"
  | "lt"
  | "lte"
  | "between"
  | "not_between"
  | "is_set"
  | "is_not_set";

export type Aggregate = PropertyMath;

export type SeriesMath =
  | { readonly kind: "count" }
  | { readonly kind: "people" }
  | { readonly kind: "sessions" }
  | { readonly kind: "active"; readonly windowDays: 7 | 30 }
  /** `matching`: the first event that passes the filters, instead of the first event of that name. */
  | { readonly kind: "first"; readonly matching: boolean }
  | { readonly kind: "times per person"; readonly aggregate: Aggregate }
  | {
      readonly kind: "property";
      readonly aggregate: Aggregate;
      readonly of: PropertyOf;
      readonly key: string;
      readonly multiplier: number | null;
    };

export interface Series {
  /** Null: every event. */
  readonly event: string | null;
  /** The name in the chart, when the query sets one. */
  readonly customName: string | null;
  readonly math: SeriesMath;
  /** As the query writes it; PostHog's answers repeat it. */
  readonly written: { readonly math: string | null; readonly mathProperty: string | null };
  readonly filter: Filter;
  readonly where: string;
}

export interface BreakdownBy {
  readonly of: PropertyOf;
  readonly key: string;
  readonly normalizeUrl: boolean;
  /** Number of equal ranges into which a numeric property is divided. */
  readonly histogramBins: number | null;
  readonly where: string;
}

export interface Breakdown {
  readonly by: readonly BreakdownBy[];
  /** PostHog answers with a text for `breakdown` and with a list for `breakdowns`. */
  readonly shape: "single" | "list";
  readonly limit: number;
  readonly hideOther: boolean;
}

export type Compare = { readonly to: "previous" } | { readonly to: "offset"; readonly offset: string };

export interface FormulaNode {
  readonly text: string;
  readonly formula: Formula;
  readonly customName: string | null;
}

export interface TrendsPlan {
  readonly kind: "trends";
  readonly series: readonly Series[];
  readonly interval: Interval;
  readonly dateRange: DateRange;
  readonly filter: Filter;
  readonly breakdown: Breakdown | null;
  readonly compare: Compare | null;
  readonly formulas: readonly FormulaNode[];
  readonly shown: "over time" | "cumulative" | "total";
  /** Number of points in the moving average; 1: no smoothing. */
  readonly smoothing: number;
}

export interface FunnelStep {
  readonly event: string | null;
  readonly customName: string | null;
  readonly filter: Filter;
  /** Only the person's first event of that name ever, or the first that also passes the filters. */
  readonly firstOnly: "no" | "of name" | "matching";
  readonly optional: boolean;
  readonly where: string;
}

export interface Exclusion {
  readonly event: string | null;
  readonly filter: Filter;
  /** Steps from 0; the exclusion applies between each pair of steps from `fromStep` to `toStep`. */
  readonly fromStep: number;
  readonly toStep: number;
  readonly where: string;
}

export type Attribution =
  | { readonly type: "first touch" | "last touch" | "all events" }
  | { readonly type: "step"; readonly step: number };

export interface FunnelsPlan {
  readonly kind: "funnels";
  readonly viz: "steps" | "time to convert" | "trends";
  readonly steps: readonly FunnelStep[];
  readonly exclusions: readonly Exclusion[];
  readonly order: "ordered" | "strict" | "unordered";
  readonly windowSeconds: number;
  readonly interval: Interval;
  readonly dateRange: DateRange;
  readonly filter: Filter;
  readonly breakdown: {
    readonly by: readonly BreakdownBy[];
    readonly limit: number;
    readonly attribution: Attribution;
  } | null;
  /** One funnel for each person, or for each session. */
  readonly per: "person" | "session";
  /** Steps from 0. */
  readonly fromStep: number;
  readonly toStep: number;
  readonly binCount: number | null;
  readonly hideIncompletePeriods: boolean;
}

export type Plan = TrendsPlan | FunnelsPlan;
