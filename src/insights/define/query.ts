import type { ChartDisplay } from "../../model/posthog/displays.ts";
import type { PropertyMath } from "../../model/posthog/property-math.ts";

/*
 * PostHog's query JSON, as narrow as what the builders emit (PostHog: frontend/src/queries/schema). Names are
 * PostHog's. A query that was written elsewhere and uses more still fits where it is only passed on.
 */

/** What an insight stores: a chart of a query, a table or chart of SQL, or a table of rows. */
export type InsightQuery = InsightVizNode | DataVisualizationNode | DataTableNode;

/**
 * An insight's query as PostHog's app wrote it, for what the builders cannot express. The compiler checks kinds, so
 * that a mistyped one does not compile; the program checks the contents against the catalog.
 */
export type RawQuery =
  | { readonly kind: "InsightVizNode"; readonly source: RawSource; readonly [field: string]: unknown }
  | DataVisualizationNode
  | DataTableNode;

export interface RawSource {
  readonly kind: "TrendsQuery" | "FunnelsQuery" | OtherQuery["kind"];
  readonly series?: readonly RawNode[];
  readonly [field: string]: unknown;
}

/** One series, or one step, of a query. */
export interface RawNode {
  readonly kind: "EventsNode" | "ActionsNode" | "DataWarehouseNode" | "GroupNode" | "FunnelsDataWarehouseNode";
  /** Null: all events. */
  readonly event?: string | null;
  readonly [field: string]: unknown;
}

/** A table of rows, as the app's "Data table" and SQL insights of older versions store it. */
export interface DataTableNode {
  readonly kind: "DataTableNode";
  readonly source: { readonly kind: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

export interface InsightVizNode<Source extends QuerySource = QuerySource> {
  readonly kind: "InsightVizNode";
  readonly source: Source;
}

export type QuerySource = TrendsQuery | FunnelsQuery | OtherQuery;

/** Kinds that the builders do not make, and that a hand-written or imported tile may hold. */
export interface OtherQuery {
  readonly kind: "RetentionQuery" | "PathsQuery" | "StickinessQuery" | "LifecycleQuery";
  readonly [field: string]: unknown;
}

export interface DataVisualizationNode {
  readonly kind: "DataVisualizationNode";
  readonly source: { readonly kind: "HogQLQuery"; readonly query: string; readonly [field: string]: unknown };
  /** Any of PostHog's displays; it has more for SQL than for trends. */
  readonly display?: string;
  readonly [field: string]: unknown;
}

/** `FormulaLabel` is `never` in a query without formulas: its lines are then the series. */
export interface TrendsQuery<
  Series extends readonly EventsNode[] = readonly EventsNode[],
  FormulaLabel extends string = string,
> {
  readonly kind: "TrendsQuery";
  readonly series: Series;
  readonly interval?: Interval;
  readonly dateRange?: DateRange;
  readonly properties?: readonly PropertyFilter[];
  readonly breakdownFilter?: {
    readonly breakdowns?: readonly { readonly type: "event"; readonly property: string }[];
    readonly breakdown_limit?: number;
  };
  readonly compareFilter?: { readonly compare: boolean; readonly compare_to?: string };
  readonly trendsFilter?: TrendsFilter<FormulaLabel>;
}

export interface TrendsFilter<FormulaLabel extends string = string> {
  readonly display?: ChartDisplay;
  readonly formulaNodes?: readonly { readonly formula: string; readonly custom_name?: FormulaLabel }[];
  readonly aggregationAxisFormat?: AxisFormat;
  readonly decimalPlaces?: number;
  readonly showLegend?: boolean;
  readonly showPercentStackView?: boolean;
  readonly goalLines?: readonly GoalLine[];
}

export interface FunnelsQuery<Shown extends FunnelViz = FunnelViz> {
  readonly kind: "FunnelsQuery";
  readonly series: readonly EventsNode[];
  readonly dateRange?: DateRange;
  readonly properties?: readonly PropertyFilter[];
  /** Funnels read `breakdown`, never `breakdowns` (PostHog: …/funnels/funnel_query_context.py). */
  readonly breakdownFilter?: {
    readonly breakdown: string;
    readonly breakdown_type: "event";
    readonly breakdown_limit?: number;
  };
  readonly funnelsFilter: FunnelsFilter<Shown>;
}

export interface FunnelsFilter<Shown extends FunnelViz = FunnelViz> {
  readonly funnelVizType: Shown;
  readonly funnelOrderType?: "ordered" | "strict" | "unordered";
  readonly funnelWindowInterval?: number;
  readonly funnelWindowIntervalUnit?: WindowUnit;
  readonly exclusions?: readonly (EventsNode & { readonly funnelFromStep: number; readonly funnelToStep: number })[];
  readonly breakdownAttributionType?: "first_touch" | "last_touch" | "all_events" | "step";
  readonly breakdownAttributionValue?: number;
  readonly funnelFromStep?: number;
  readonly funnelToStep?: number;
  readonly binCount?: number;
  readonly layout?: "horizontal" | "vertical";
}

/** `Label` is the series' name in the chart: the event's own name unless one was given. */
export interface EventsNode<Event extends string = string, Label extends string = string> {
  readonly kind: "EventsNode";
  readonly event: Event;
  readonly custom_name?: Label;
  readonly math?: SeriesMath;
  readonly math_property?: string;
  readonly properties?: readonly PropertyFilter[];
  /** For a step of a funnel: people may skip it. */
  readonly optionalInFunnel?: true;
}

export interface PropertyFilter {
  readonly type: "event";
  readonly key: string;
  readonly operator: PropertyOperator;
  readonly value: FilterValue | readonly FilterValue[];
}

export type FilterValue = string | number | boolean;

export interface DateRange {
  readonly date_from: string;
  readonly date_to?: string;
}

export interface GoalLine {
  readonly label: string;
  readonly value: number;
}

export type Interval = "minute" | "hour" | "day" | "week" | "month";
export type WindowUnit = "second" | "minute" | "hour" | "day" | "week" | "month";
export type FunnelViz = "steps" | "time_to_convert";

export type SeriesMath =
  | "total"
  | "dau"
  | "weekly_active"
  | "monthly_active"
  | "unique_session"
  | "first_time_for_user"
  | "avg_count_per_actor"
  | PropertyMath;

export type PropertyOperator =
  | "exact"
  | "is_not"
  | "icontains"
  | "not_icontains"
  | "gt"
  | "gte"
  | "lt"
  | "lte"
  | "between"
  | "is_set"
  | "is_not_set";

export type AxisFormat = "numeric" | "percentage" | "percentage_scaled" | "duration" | "duration_ms" | "short";
