/*
 * The part of PostHog's query JSON that the reference reads, and the events that the queries run over. Types only.
 */

export interface ReferenceEvent {
  readonly event: string;
  readonly person: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly personProperties: Readonly<Record<string, unknown>>;
}

export type Kind = "String" | "Numeric" | "Boolean";

export interface World {
  readonly events: readonly ReferenceEvent[];
  readonly now: number;
  readonly timeZone: string;
  readonly weekStart: "sunday" | "monday";
  readonly types: Readonly<Record<string, Kind>>;
  /** The project's filters for internal users. */
  readonly testAccountFilters: readonly FilterJson[];
}

export interface FilterJson {
  readonly type: "event" | "person";
  readonly key: string;
  readonly operator: string;
  readonly value?: unknown;
}

export type FiltersJson = readonly (FilterJson | GroupJson)[] | GroupJson;

export interface GroupJson {
  readonly type: "AND" | "OR";
  readonly values: readonly (FilterJson | GroupJson)[];
}

export interface NodeJson {
  readonly kind: "EventsNode";
  readonly event: string | null;
  readonly math?: string;
  readonly math_property?: string;
  readonly math_property_type?: "event_properties" | "person_properties";
  readonly math_multiplier?: number;
  readonly custom_name?: string;
  readonly properties?: FiltersJson;
  readonly optionalInFunnel?: boolean;
}

export type IntervalJson = "minute" | "hour" | "day" | "week" | "month" | "quarter" | "year";

export interface DateRangeJson {
  readonly date_from?: string;
  readonly date_to?: string;
  readonly explicitDate?: boolean;
}

export interface TrendsJson {
  readonly kind: "TrendsQuery";
  readonly series: readonly NodeJson[];
  readonly interval?: IntervalJson;
  readonly dateRange?: DateRangeJson;
  readonly properties?: FiltersJson;
  readonly filterTestAccounts?: boolean;
  readonly breakdownFilter?: {
    readonly breakdown?: string;
    readonly breakdown_type?: "event" | "person";
    readonly breakdown_normalize_url?: boolean;
    readonly breakdown_histogram_bin_count?: number;
    readonly breakdowns?: readonly { property: string; type?: "event" | "person"; histogram_bin_count?: number }[];
    readonly breakdown_limit?: number;
    readonly breakdown_hide_other_aggregation?: boolean;
  };
  readonly compareFilter?: { readonly compare: boolean; readonly compare_to?: string };
  readonly trendsFilter?: {
    readonly display?: string;
    readonly formula?: string;
    readonly formulas?: readonly string[];
    readonly formulaNodes?: readonly { readonly formula: string; readonly custom_name?: string }[];
    readonly smoothingIntervals?: number;
  };
}

export interface FunnelsJson {
  readonly kind: "FunnelsQuery";
  readonly series: readonly NodeJson[];
  readonly interval?: IntervalJson;
  readonly dateRange?: DateRangeJson;
  readonly properties?: FiltersJson;
  readonly filterTestAccounts?: boolean;
  readonly breakdownFilter?: {
    readonly breakdown?: string | readonly string[];
    readonly breakdown_type?: "event" | "person";
    readonly breakdown_limit?: number;
  };
  readonly funnelsFilter?: {
    readonly funnelVizType?: "steps" | "time_to_convert" | "trends";
    readonly funnelOrderType?: "ordered" | "strict" | "unordered";
    readonly funnelWindowInterval?: number;
    readonly funnelWindowIntervalUnit?: "second" | "minute" | "hour" | "day" | "week" | "month";
    readonly exclusions?: readonly (NodeJson & { readonly funnelFromStep: number; readonly funnelToStep: number })[];
    readonly breakdownAttributionType?: "first_touch" | "last_touch" | "all_events" | "step";
    readonly breakdownAttributionValue?: number;
    readonly funnelAggregateByHogQL?: string;
    readonly funnelFromStep?: number;
    readonly funnelToStep?: number;
    readonly binCount?: number;
    readonly hideIncompleteConversionWindowPeriods?: boolean;
  };
}
