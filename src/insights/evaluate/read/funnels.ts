import * as z from "zod";
import { object, own } from "../../../model/json.ts";
import { queryDefaults } from "../../../model/posthog/defaults.ts";
import { funnelRefusals, mostFunnelSteps } from "../../../model/posthog/funnel-rules.ts";
import { NotEvaluable, QueryRejected } from "../errors.ts";
import type { Attribution, Exclusion, FunnelStep, FunnelsPlan } from "../plan.ts";
import {
  breakdownOwner,
  compareFilter,
  queryFields,
  type ReadingContext,
  readBreakdownFilter,
  readCommon,
  readDateRange,
  readInterval,
  storedProperty,
} from "./common.ts";
import { readFilters } from "./filters.ts";
import { flag, harmless, number, parse, refuse, text, within } from "./parse.ts";
import {
  checkEventsNode,
  customNameOf,
  type EventsNode,
  eventsNodeFields,
  readEventsNode,
  requireEventsNode,
} from "./series.ts";

const funnelsQuery = z.strictObject({
  kind: z.literal("FunnelsQuery"),
  ...queryFields,
  funnelsFilter: z.unknown().optional(),
  compareFilter,
});

const funnelsFilter = z.strictObject({
  funnelVizType: text,
  funnelOrderType: text,
  funnelWindowInterval: number,
  funnelWindowIntervalUnit: text,
  exclusions: z.array(z.unknown()).nullish(),
  breakdownAttributionType: text,
  breakdownAttributionValue: number,
  funnelAggregateByHogQL: text,
  funnelFromStep: number,
  funnelToStep: number,
  binCount: number,
  hideIncompleteConversionWindowPeriods: flag,
  funnelUseClientCaptureOrder: z.unknown().optional(),
  breakdownSorting: harmless,
  customAggregationTarget: harmless,
  funnelStepReference: harmless,
  goalLines: harmless,
  hiddenLegendBreakdowns: harmless,
  layout: harmless,
  resultCustomizations: harmless,
  showTrendLines: harmless,
  showValuesOnSeries: harmless,
  useUdf: harmless,
});

type FunnelsFilter = z.output<typeof funnelsFilter>;

const exclusionNode = z.strictObject({ ...eventsNodeFields, funnelFromStep: z.int(), funnelToStep: z.int() });

/** PostHog: fixed lengths, a month is 31 days (posthog/utils.py, DATERANGE_MAP). */
const secondsOf: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 7 * 86_400,
  month: 31 * 86_400,
};

const vizTypes: Readonly<Record<string, FunnelsPlan["viz"]>> = {
  steps: "steps",
  time_to_convert: "time to convert",
  trends: "trends",
};

const orders = ["ordered", "strict", "unordered"] as const;

export function readFunnels(value: unknown, context: ReadingContext, where: string): FunnelsPlan {
  const query = parse(funnelsQuery, value, where);
  const at = (...path: PropertyKey[]) => within(where, path);
  const filter = parse(funnelsFilter.nullish(), query.funnelsFilter, at("funnelsFilter")) ?? {};
  const [refused] = funnelRefusals(object(value));
  if (refused) throw new QueryRejected(refused.problem, at(...refused.path));
  if (query.compareFilter?.compare) throw new NotEvaluable("a compared funnel", at("compareFilter"));
  refuse(
    filter.funnelUseClientCaptureOrder,
    "the client's order of events",
    at("funnelsFilter", "funnelUseClientCaptureOrder"),
  );
  const viz = own(vizTypes, filter.funnelVizType ?? "steps");
  if (viz === undefined) {
    throw new NotEvaluable(`a funnel as ${filter.funnelVizType}`, at("funnelsFilter", "funnelVizType"));
  }
  const order = orders.find((one) => one === (filter.funnelOrderType ?? "ordered"));
  if (order === undefined) {
    throw new QueryRejected(`there is no order ${filter.funnelOrderType}`, at("funnelsFilter", "funnelOrderType"));
  }
  const plan: FunnelsPlan = {
    kind: "funnels",
    viz,
    order,
    steps: query.series.map((one, index) => readStep(one, at("series", index))),
    exclusions: (filter.exclusions ?? []).map((one, index) =>
      readExclusion(one, at("funnelsFilter", "exclusions", index)),
    ),
    windowSeconds: readWindow(filter, at("funnelsFilter")),
    interval: readInterval(query, where),
    dateRange: readDateRange(query.dateRange, at("dateRange")),
    filter: readCommon(query, context, where),
    breakdown: readBreakdown(query.breakdownFilter, filter, where),
    per: readTarget(filter.funnelAggregateByHogQL, at("funnelsFilter", "funnelAggregateByHogQL")),
    fromStep: filter.funnelFromStep ?? 0,
    toStep: filter.funnelToStep ?? query.series.length - 1,
    binCount: filter.binCount ?? null,
    hideIncompletePeriods: filter.hideIncompleteConversionWindowPeriods ?? false,
  };
  refuseUnanswered(plan, where);
  return plan;
}

/** Refuses what PostHog can answer, but a table of events cannot. */
function refuseUnanswered({ steps, breakdown }: FunnelsPlan, where: string): void {
  // Steps are bits of a number here, also over time.
  if (steps.length > mostFunnelSteps)
    throw new NotEvaluable(`a funnel of ${steps.length} steps`, within(where, ["series"]));
  if (breakdown?.attribution.type === "step" && steps.some(({ optional }) => optional)) {
    const at = within(where, ["funnelsFilter", "breakdownAttributionValue"]);
    throw new NotEvaluable("attribution to a step in a funnel with optional steps", at);
  }
}

function readStep(value: unknown, where: string): FunnelStep {
  const node = readEventsNode(value, where);
  return {
    ...readEvent(node, where),
    customName: customNameOf(node),
    firstOnly: readFirstOnly(node),
    optional: node.optionalInFunnel ?? false,
  };
}

function readExclusion(value: unknown, where: string): Exclusion {
  const node = checkEventsNode(parse(exclusionNode, requireEventsNode(value, where), where), where);
  if (readFirstOnly(node) !== "no") throw new NotEvaluable("an exclusion of first events", within(where, ["math"]));
  return { ...readEvent(node, where), fromStep: node.funnelFromStep, toStep: node.funnelToStep };
}

function readEvent(node: EventsNode, where: string) {
  return { event: node.event ?? null, filter: readFilters(node.properties, within(where, ["properties"])), where };
}

/** Funnels ignore any other math. */
function readFirstOnly({ math }: EventsNode): FunnelStep["firstOnly"] {
  if (math === "first_time_for_user") return "of name";
  return math === "first_time_for_user_with_filters" ? "matching" : "no";
}

function readWindow({ funnelWindowInterval, funnelWindowIntervalUnit }: FunnelsFilter, where: string): number {
  const seconds = own(secondsOf, funnelWindowIntervalUnit ?? queryDefaults.funnelWindowIntervalUnit);
  if (seconds === undefined) {
    throw new QueryRejected(
      `there is no unit ${funnelWindowIntervalUnit}`,
      within(where, ["funnelWindowIntervalUnit"]),
    );
  }
  return Math.trunc((funnelWindowInterval || queryDefaults.funnelWindowInterval) * seconds);
}

function readTarget(expression: string | null | undefined, where: string): FunnelsPlan["per"] {
  if (!expression || expression === "person_id") return "person";
  if (expression === "properties.$session_id") return "session";
  throw new NotEvaluable(`a funnel for each ${expression}`, where);
}

function readBreakdown(value: unknown, filter: FunnelsFilter, where: string): FunnelsPlan["breakdown"] {
  const at = within(where, ["breakdownFilter"]);
  const read = readBreakdownFilter(value, at);
  if (read.breakdowns && read.breakdowns.length > 0) {
    throw new NotEvaluable(
      "breakdowns",
      within(at, ["breakdowns"]),
      "PostHog's funnels ignore the list and read `breakdown` only",
    );
  }
  refuse(read.breakdown_histogram_bin_count, "a histogram", within(at, ["breakdown_histogram_bin_count"]));
  const keys = parse(z.union([z.array(z.string()), z.string()]).nullish(), read.breakdown, within(at, ["breakdown"]));
  if (keys === null || keys === undefined || keys.length === 0) return null;
  const of = breakdownOwner(read.breakdown_type, within(at, ["breakdown_type"]));
  if (read.breakdown_normalize_url)
    throw new NotEvaluable("normalized URLs in a funnel", within(at, ["breakdown_normalize_url"]));
  const by = [keys]
    .flat()
    .map((key) =>
      storedProperty({ of, key, normalizeUrl: false, histogramBins: null, where: within(at, ["breakdown"]) }),
    );
  const limit = read.breakdown_limit || queryDefaults.breakdown_limit;
  return { by, limit, attribution: readAttribution(filter, within(where, ["funnelsFilter"])) };
}

function readAttribution(filter: FunnelsFilter, where: string): Attribution {
  switch (filter.breakdownAttributionType ?? "first_touch") {
    case "first_touch":
      return { type: "first touch" };
    case "last_touch":
      return { type: "last touch" };
    case "all_events":
      return { type: "all events" };
    case "step":
      return { type: "step", step: filter.breakdownAttributionValue ?? 0 };
    default:
      throw new QueryRejected(
        `there is no attribution ${filter.breakdownAttributionType}`,
        within(where, ["breakdownAttributionType"]),
      );
  }
}
