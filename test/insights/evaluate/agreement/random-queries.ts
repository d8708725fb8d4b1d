import fc from "fast-check";
import type { DateRangeJson, FunnelsJson, IntervalJson, NodeJson, TrendsJson } from "../reference/queries.ts";
import { filters } from "./random-filters.ts";
import { eventNames } from "./random-world.ts";

/** Removes the keys that are undefined. */
function given<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Value;
}

const often = <Value>(value: Value, other: fc.Arbitrary<Value>, weight = 3) =>
  fc.oneof({ weight, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: other });

const eventName = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<string | null>(...eventNames) },
  { weight: 1, arbitrary: fc.constantFrom(null, "never") },
);

const maths = [
  ..."total dau weekly_active monthly_active unique_session first_time_for_user first_matching_event_for_user".split(
    " ",
  ),
  ..."avg min max median p75 p90 p95 p99".split(" ").map((name) => `${name}_count_per_actor`),
];

/** What the values of a series are computed from. */
const measured = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ math_property: "number" }) },
  { weight: 1, arbitrary: fc.constant({ math_property: "number", math_multiplier: 0.5 }) },
  { weight: 1, arbitrary: fc.constant({ math_property: "seats", math_property_type: "person_properties" as const }) },
);

const label = often<string | undefined>(undefined, fc.constant("a name of its own"));

const series: fc.Arbitrary<NodeJson> = fc
  .tuple(
    eventName,
    fc.oneof(
      fc.constantFrom(undefined, ...maths).map((math) => ({ math })),
      fc
        .constantFrom("avg", "sum", "min", "max", "median", "p75", "p90", "p95", "p99")
        .chain((math) => measured.map((of) => ({ math, ...of }))),
    ),
    filters,
    label,
  )
  .map(
    ([event, math, properties, custom_name]) =>
      given({ kind: "EventsNode", event, ...math, properties, custom_name }) as NodeJson,
  );

/** Ranges that suit an interval: few enough points for a slow reference. */
const ranges: Readonly<Record<IntervalJson, fc.Arbitrary<DateRangeJson | undefined>>> = {
  minute: fc.constantFrom<DateRangeJson>({ date_from: "-1h" }, { date_from: "-40M" }),
  hour: fc.constantFrom<DateRangeJson>(
    { date_from: "-24h" },
    { date_from: "-2d" },
    { date_from: "dStart" },
    { date_from: "-30h", date_to: "-3h" },
    { date_from: "2026-10-24", date_to: "2026-10-26 10:30" },
    { date_from: "-20h", explicitDate: true },
    { date_from: "-7d" },
    { date_from: "-1w" },
  ),
  day: fc.oneof(
    fc.constantFrom<DateRangeJson | undefined>(
      undefined,
      { date_from: "-7d" },
      { date_from: "-14d" },
      { date_from: "-30d" },
      { date_from: "-3d", date_to: "-1d" },
      { date_from: "-1dStart", date_to: "-1dEnd" },
      { date_from: "-72h" },
      { date_from: "mStart" },
      { date_from: "-1mStart", date_to: "-1mEnd" },
      { date_from: "-9d", explicitDate: true },
      { date_from: "all" },
    ),
    fc.constantFrom<DateRangeJson>(
      { date_from: "2026-03-05", date_to: "2026-03-30" },
      { date_from: "2026-10-01" },
      { date_from: "-6w" },
      { date_from: "-2m" },
      { date_from: "2026-10-20 10:00", date_to: "2026-11-03 09:30" },
      { date_from: "2026-10-20T10:00:00Z", date_to: "2026-10-31T09:30:30Z", explicitDate: true },
    ),
  ),
  week: fc.constantFrom<DateRangeJson>(
    { date_from: "-30d" },
    { date_from: "-6w" },
    { date_from: "-48h" },
    { date_from: "2026-02-01" },
    { date_from: "2026-10-01", date_to: "2026-11-02" },
  ),
  month: fc.constantFrom<DateRangeJson>(
    { date_from: "-30d" },
    { date_from: "-3m" },
    { date_from: "yStart" },
    { date_from: "-8w" },
    { date_from: "2025-11-11" },
  ),
  quarter: fc.constantFrom<DateRangeJson>({ date_from: "-1y" }, { date_from: "-2q" }),
  year: fc.constantFrom<DateRangeJson>({ date_from: "-2y" }),
};

const timed = fc
  .constantFrom<IntervalJson>("minute", "hour", "day", "day", "day", "day", "week", "week", "month", "quarter", "year")
  .chain((interval) => (ranges[interval] ?? ranges.day).map((dateRange) => ({ interval, dateRange })));

const listed = fc.constantFrom<NonNullable<TrendsJson["breakdownFilter"]>["breakdowns"] & {}>(
  [{ property: "word" }],
  [{ property: "flag", type: "event" }],
  [{ property: "word" }, { property: "plan", type: "person" }],
  [{ property: "number" }, { property: "flag" }],
  [{ property: "word" }, { property: "flag" }, { property: "maybe" }],
  [{ property: "number", histogram_bin_count: 3 }],
  [{ property: "number", histogram_bin_count: 2 }, { property: "maybe" }],
);

const breakdownFilter = fc
  .tuple(
    fc.oneof(
      fc.constantFrom("word", "maybe", "number", "flag", "many", "never").map((breakdown) => ({ breakdown })),
      fc.constant({ breakdown: "plan", breakdown_type: "person" as const }),
      fc.constant({ breakdown: "url", breakdown_normalize_url: true }),
      fc.integer({ min: 1, max: 5 }).map((bins) => ({ breakdown: "number", breakdown_histogram_bin_count: bins })),
      listed.map((breakdowns) => ({ breakdowns })),
    ),
    fc.constantFrom(undefined, undefined, 1, 2, 10),
    fc.constantFrom(undefined, true),
  )
  .map(([by, breakdown_limit, breakdown_hide_other_aggregation]) =>
    given({ ...by, breakdown_limit, breakdown_hide_other_aggregation }),
  );

const formulas = fc.constantFrom("A", "A / 2", "B / (A + B)", "a - -b * 2", "A % 3 + B ** 2", "(A + 1) / B", "-A ** 2");

const totalDisplays = ["BoldNumber", "ActionsPie", "ActionsBarValue", "ActionsTable"] as const;
const otherDisplays = ["ActionsAreaGraph", "ActionsBar", "ActionsUnstackedBar"] as const;

const filterTestAccounts = often<boolean | undefined>(undefined, fc.boolean(), 6);

export const randomTrends: fc.Arbitrary<TrendsJson> = fc
  .record({
    times: timed,
    nodes: fc.oneof(
      { weight: 3, arbitrary: fc.array(series, { minLength: 1, maxLength: 1 }) },
      { weight: 3, arbitrary: fc.array(series, { minLength: 2, maxLength: 2 }) },
      { weight: 1, arbitrary: fc.array(series, { minLength: 3, maxLength: 3 }) },
    ),
    properties: filters,
    filterTestAccounts,
    breakdownFilter: often(undefined, breakdownFilter, 1),
    compareFilter: often(
      undefined,
      fc
        .constantFrom(undefined, undefined, "-1w", "-1m", "-1y", "-2d")
        .map((compare_to) => given({ compare: true, compare_to })),
    ),
    display: often(
      "ActionsLineGraph",
      fc.constantFrom(...totalDisplays, ...otherDisplays, "ActionsLineGraphCumulative", "ActionsLineGraphCumulative"),
      2,
    ),
    smoothingIntervals: often(undefined, fc.integer({ min: 1, max: 8 }), 6),
    formulas: often([], fc.array(formulas, { minLength: 1, maxLength: 3 }), 2),
    writtenAs: fc.constantFrom(
      "formulaNodes" as const,
      "formulaNodes" as const,
      "formulas" as const,
      "formula" as const,
    ),
  })
  .map(({ times, nodes, breakdownFilter, compareFilter, display, smoothingIntervals, ...drawn }) => {
    const { properties, filterTestAccounts, formulas, writtenAs } = drawn;
    const isTotal = (totalDisplays as readonly string[]).includes(display);
    const isPlain = display === "ActionsLineGraph" && breakdownFilter === undefined;
    const calculable = formulas.filter((formula) => nodes.length > 1 || !/b/i.test(formula));
    return given({
      kind: "TrendsQuery",
      series: isHistogram(breakdownFilter) ? nodes.map(binnable) : nodes,
      ...times,
      interval: isTotal && compareFilter ? "day" : times.interval,
      dateRange: isTotal && compareFilter ? { date_from: "-7d" } : times.dateRange,
      properties,
      filterTestAccounts,
      breakdownFilter,
      compareFilter,
      trendsFilter: given({
        display,
        smoothingIntervals: isPlain ? smoothingIntervals : undefined,
        ...(calculable.length === 0 ? {} : written(calculable, writtenAs)),
      }),
    }) as TrendsJson;
  });

/** PostHog's three ways to write formulas; the oldest has a single one. */
function written(formulas: readonly string[], as: "formulaNodes" | "formulas" | "formula") {
  if (as === "formula") return { formula: formulas[0] };
  if (as === "formulas") return { formulas };
  return {
    formulaNodes: formulas.map((formula, index) => given({ formula, custom_name: index === 0 ? "First" : undefined })),
  };
}

function isHistogram(filter: object | undefined): boolean {
  return JSON.stringify(filter ?? {}).includes("bin_count");
}

/** Math that histograms can show. */
function binnable(node: NodeJson): NodeJson {
  const can =
    node.math === undefined || ["total", "dau", "unique_session", "sum", "avg", "min", "max"].includes(node.math);
  return can ? node : { ...node, math: "dau" };
}

const step: fc.Arbitrary<NodeJson> = fc
  .tuple(
    eventName,
    often<string | undefined>(undefined, fc.constantFrom("first_time_for_user", "first_time_for_user_with_filters"), 7),
    filters,
    label,
  )
  .map(
    ([event, math, properties, custom_name]) =>
      given({ kind: "EventsNode", event, math, properties, custom_name }) as NodeJson,
  );

const excluded = fc.tuple(eventName, fc.integer({ min: 0, max: 2 }), fc.integer({ min: 1, max: 3 }), filters);

export const randomFunnel: fc.Arbitrary<FunnelsJson> = fc
  .record({
    steps: fc.array(step, { minLength: 2, maxLength: 5 }),
    optional: fc.integer({ min: 0, max: 7 }),
    times: fc
      .constantFrom<IntervalJson | undefined>(undefined, "day", "week", "month", "hour")
      .chain((interval) => ranges[interval ?? "day"].map((dateRange) => ({ interval, dateRange }))),
    properties: filters,
    filterTestAccounts,
    viz: fc.constantFrom("steps" as const, "steps" as const, "time_to_convert" as const, "trends" as const),
    order: fc.constantFrom("ordered" as const, "ordered" as const, "strict" as const, "unordered" as const),
    window: fc.constantFrom(
      {},
      { funnelWindowInterval: 1, funnelWindowIntervalUnit: "day" as const },
      { funnelWindowInterval: 10, funnelWindowIntervalUnit: "second" as const },
      { funnelWindowInterval: 90, funnelWindowIntervalUnit: "minute" as const },
      { funnelWindowInterval: 36, funnelWindowIntervalUnit: "hour" as const },
      { funnelWindowInterval: 1, funnelWindowIntervalUnit: "week" as const },
      { funnelWindowInterval: 1, funnelWindowIntervalUnit: "month" as const },
    ),
    exclusions: often([], fc.array(excluded, { minLength: 1, maxLength: 2 }), 2),
    breakdown: often(
      undefined,
      fc.constantFrom<string | string[]>("word", "many", "number", "flag", ["word", "flag"], "plan", ["plan", "seats"]),
      1,
    ),
    limit: fc.constantFrom(undefined, 2),
    attribution: fc.constantFrom(
      undefined,
      "first_touch" as const,
      "last_touch" as const,
      "all_events" as const,
      "step" as const,
    ),
    attributedStep: fc.integer({ min: 0, max: 2 }),
    perSession: often(false, fc.constant(true), 5),
    range: fc.tuple(fc.constantFrom(undefined, 0, 1), fc.constantFrom(undefined, 1, 2)),
    binCount: fc.constantFrom(undefined, 1, 4),
    hide: often(undefined, fc.constant(true)),
  })
  .map((drawn) => {
    const last = drawn.steps.length - 1;
    const [from, to] = drawn.range;
    const exclusions = drawn.exclusions
      .filter(([excluded]) => drawn.steps.every(({ event }) => event !== excluded))
      .map((one) => excluding(one, last, drawn.order));
    const allowsOptional = drawn.viz === "steps" && drawn.order !== "unordered" && drawn.attribution !== "step";
    const attributedStep = drawn.order === "unordered" ? 0 : Math.min(drawn.attributedStep, last);
    return given({
      kind: "FunnelsQuery",
      series: drawn.steps.map((one, index) =>
        allowsOptional && index > 0 && (drawn.optional >> index) % 2 === 1 ? { ...one, optionalInFunnel: true } : one,
      ),
      ...drawn.times,
      properties: drawn.properties,
      filterTestAccounts: drawn.filterTestAccounts,
      breakdownFilter:
        drawn.breakdown === undefined
          ? undefined
          : given({
              breakdown: drawn.breakdown,
              breakdown_type: [drawn.breakdown].flat().includes("plan") ? "person" : undefined,
              breakdown_limit: drawn.limit,
            }),
      funnelsFilter: given({
        funnelVizType: drawn.viz,
        funnelOrderType: drawn.order,
        ...drawn.window,
        exclusions: exclusions.length === 0 ? undefined : exclusions,
        breakdownAttributionType: drawn.attribution,
        breakdownAttributionValue: drawn.attribution === "step" ? attributedStep : undefined,
        funnelAggregateByHogQL: drawn.perSession ? "properties.$session_id" : undefined,
        funnelFromStep: from !== undefined && from < last ? from : undefined,
        funnelToStep: to !== undefined && to <= last && to > (from ?? 0) ? to : undefined,
        binCount: drawn.binCount,
        hideIncompleteConversionWindowPeriods: drawn.hide,
      }),
    }) as FunnelsJson;
  });

function excluding(
  [event, from, to, properties]: [string | null, number, number, NodeJson["properties"]],
  last: number,
  order: string,
) {
  const node = given({ kind: "EventsNode" as const, event, properties });
  if (order === "unordered") return { ...node, funnelFromStep: 0, funnelToStep: last };
  const funnelFromStep = Math.min(from, last - 1);
  return { ...node, funnelFromStep, funnelToStep: Math.min(last, Math.max(to, funnelFromStep + 1)) };
}
