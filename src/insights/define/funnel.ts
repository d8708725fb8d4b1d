import type { EventName, PropertyName } from "../../catalog/events.ts";
import { defined } from "./defined.ts";
import { type InsightTile, type InsightTileOptions, looksOf } from "./definition.ts";
import type { FunnelsFilter, FunnelsQuery, FunnelViz, InsightVizNode } from "./query.ts";
import { type ConversionWindow, conversionWindow, dateRange, type LookingBack } from "./range.ts";
import { eventsNode, type Series } from "./series.ts";
import { propertyFilters, type Where } from "./where.ts";

/** A tile that follows people through steps. Its steps can carry an alert on a conversion; times to convert cannot. */
export type FunnelTile<Shown extends FunnelViz = FunnelViz> = InsightTile<InsightVizNode<FunnelsQuery<Shown>>>;

/** An event, or `step(event, { where, label })`. */
type Step = EventName | Series;
type Steps = readonly [Step, Step, ...Step[]] | readonly [Step, ...Step[], Step];
type EventOf<OneStep extends Step> = OneStep extends Series<infer Event> ? Event : OneStep & EventName;
type StepProperty<All extends Steps> = PropertyName<EventOf<All[number]>>;

type PathOptions<All extends Steps> = InsightTileOptions &
  LookingBack &
  ConversionWindow & {
    /** At least two, in the order of the funnel. */
    readonly steps: All;
    /**
     * Only events with these properties, in all steps.
     * @default all of them
     */
    readonly where?: Where<EventOf<All[number]>>;
    /**
     * "ordered": other events may come between the steps. "strict": none may. "unordered": the steps in any order.
     * @default "ordered"
     */
    readonly order?: "ordered" | "strict" | "unordered";
    /**
     * People who do one of these between two steps leave the funnel altogether.
     * @default none
     */
    readonly exclusions?: readonly Exclusion[];
  };

/** Steps are numbered from 0, as in PostHog. */
export interface Exclusion {
  readonly event: EventName;
  /** Number of the step after which it counts, from 0. */
  readonly afterStep: number;
  /** Number of the step before which it counts, from 0. */
  readonly beforeStep: number;
}

export type FunnelOptions<All extends Steps> = PathOptions<All> & {
  /**
   * One funnel for each value of the property. PostHog's funnels take a single one.
   * @default one funnel for all
   */
  readonly breakdown?: StepProperty<All>;
  /**
   * Values shown, the largest first.
   * @default PostHog's, 25
   */
  readonly breakdownLimit?: number;
  /**
   * Which value counts when a person has several. `{ step: 0 }` is the first step's.
   * @default "first touch"
   */
  readonly attribution?: "first touch" | "last touch" | "all events" | { readonly step: number };
  /**
   * Bars next to each other, or below each other for long labels.
   * @default "side by side"
   */
  readonly layout?: "side by side" | "below each other";
};

export type TimeToConvertOptions<All extends Steps> = PathOptions<All> & {
  /**
   * Step from which the time is taken, from 0.
   * @default the first
   */
  readonly fromStep?: number;
  /**
   * Step at which it ends, from 0.
   * @default the last
   */
  readonly toStep?: number;
  /**
   * Bars of the histogram, 1 to 90.
   * @default PostHog chooses by the number of people
   */
  readonly bins?: number;
};

/**
 * How many of the people who did the first step reach each later one.
 *
 * @example
 * funnel({
 *   title: "Opened to finished",
 *   reading: "Share of the people who go on to complete a step.",
 *   steps: ["onboarding.stepper_open", "onboarding.step_completed"],
 *   windowDays: 14,
 *   place: { column: 0, row: 0, width: 6, height: 5 },
 * });
 */
export function funnel<const All extends Steps>(options: FunnelOptions<All>): FunnelTile<"steps"> {
  return path(options, {
    funnelVizType: "steps",
    ...attribution(options.attribution),
    layout: options.layout === "below each other" ? "horizontal" : "vertical",
  });
}

/**
 * How long people take from one step to another, as a histogram.
 *
 * @example
 * timeToConvert({
 *   title: "Time to finish",
 *   reading: "How long new operators take to complete a step.",
 *   steps: [step("onboarding.stepper_open", { firstTime: true }), "onboarding.step_completed"],
 *   windowDays: 14,
 *   place: { column: 6, row: 0, width: 6, height: 5 },
 * });
 */
export function timeToConvert<const All extends Steps>(
  options: TimeToConvertOptions<All>,
): FunnelTile<"time_to_convert"> {
  const { fromStep, toStep, bins } = options;
  return path(options, {
    funnelVizType: "time_to_convert",
    ...defined({ funnelFromStep: fromStep, funnelToStep: toStep, binCount: bins }),
  });
}

function path<Shown extends FunnelViz, const All extends Steps>(
  options: PathOptions<All> & { readonly breakdown?: string; readonly breakdownLimit?: number },
  shown: FunnelsFilter<Shown>,
): FunnelTile<Shown> {
  const { title, reading, place } = options;
  const source: FunnelsQuery<Shown> = {
    kind: "FunnelsQuery",
    series: options.steps.map(node),
    dateRange: dateRange(options),
    ...defined({
      properties: propertyFilters(options.where),
      breakdownFilter: breakdownFilter(options.breakdown, options.breakdownLimit),
    }),
    funnelsFilter: {
      ...shown,
      funnelOrderType: options.order ?? "ordered",
      ...conversionWindow(options),
      ...defined({ exclusions: options.exclusions?.map(exclusionNode) }),
    },
  };
  return { kind: "insight", title, reading, query: { kind: "InsightVizNode", source }, place, ...looksOf(options) };
}

function node(step: Step): Series {
  return typeof step === "string" ? eventsNode(step, undefined, {}) : step;
}

function exclusionNode({ event, afterStep, beforeStep }: Exclusion) {
  return { ...node(event), funnelFromStep: afterStep, funnelToStep: beforeStep };
}

function breakdownFilter(breakdown: string | undefined, limit: number | undefined) {
  if (breakdown === undefined) return undefined;
  return { breakdown, breakdown_type: "event" as const, ...defined({ breakdown_limit: limit }) };
}

function attribution(attribution: FunnelOptions<Steps>["attribution"]) {
  if (attribution === undefined) return {};
  if (typeof attribution === "object") {
    return { breakdownAttributionType: "step" as const, breakdownAttributionValue: attribution.step };
  }
  const types = { "first touch": "first_touch", "last touch": "last_touch", "all events": "all_events" } as const;
  return { breakdownAttributionType: types[attribution] };
}
