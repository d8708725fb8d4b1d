import * as z from "zod";
import { object } from "../../../model/json.ts";
import { queryDefaults } from "../../../model/posthog/defaults.ts";
import { displayOf } from "../../../model/posthog/displays.ts";
import { parseFormula, seriesLetter, seriesOf } from "../../../model/posthog/formula.ts";
import { trendRefusals } from "../../../model/posthog/trend-rules.ts";
import { NotEvaluable, QueryRejected } from "../errors.ts";
import type { Breakdown, BreakdownBy, Compare, FormulaNode, Series, TrendsPlan } from "../plan.ts";
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
import { flag, harmless, number, parse, refuse, text, within } from "./parse.ts";
import { readSeries } from "./series.ts";

const trendsQuery = z.strictObject({
  kind: z.literal("TrendsQuery"),
  ...queryFields,
  trendsFilter: z.unknown().optional(),
  compareFilter,
  conversionGoal: z.unknown().optional(),
});

const formulaNode = z.strictObject({ formula: z.string(), custom_name: text });

const trendsFilter = z.strictObject({
  display: text,
  formula: text,
  formulas: z.array(z.string()).nullish(),
  formulaNodes: z.array(formulaNode).nullish(),
  smoothingIntervals: number,
  hideWeekends: flag,
  breakdown_histogram_bin_count: number,
  aggregationAxisFormat: harmless,
  aggregationAxisPostfix: harmless,
  aggregationAxisPrefix: harmless,
  confidenceLevel: harmless,
  decimalPlaces: harmless,
  detailedResultsAggregationType: harmless,
  excludeBoxPlotOutliers: harmless,
  goalLines: harmless,
  hiddenLegendIndexes: harmless,
  minDecimalPlaces: harmless,
  // Drawn by the browser on top of the answer, as trend lines are.
  movingAverageIntervals: harmless,
  resultCustomizationBy: harmless,
  resultCustomizations: harmless,
  showAlertThresholdLines: harmless,
  showConfidenceIntervals: harmless,
  showLabelsOnSeries: harmless,
  showLegend: harmless,
  showMovingAverage: harmless,
  showMultipleYAxes: harmless,
  showPercentStackView: harmless,
  showTrendLines: harmless,
  showValuesOnSeries: harmless,
  yAxisScaleType: harmless,
});

export function readTrends(value: unknown, context: ReadingContext, where: string): TrendsPlan {
  const query = parse(trendsQuery, value, where);
  const at = (field: string) => within(where, [field]);
  const [refused] = trendRefusals(object(value));
  if (refused) throw new QueryRejected(refused.problem, within(where, refused.path));
  refuse(query.conversionGoal, "a conversion goal", at("conversionGoal"));
  const interval = readInterval(query, where);
  const filter = parse(trendsFilter.nullish(), query.trendsFilter, at("trendsFilter")) ?? {};
  const series = query.series.map((one, index) => readSeries(one, interval, within(where, ["series", index])));
  const plan: TrendsPlan = {
    kind: "trends",
    series,
    interval,
    dateRange: readDateRange(query.dateRange, at("dateRange")),
    filter: readCommon(query, context, where),
    breakdown: readBreakdown(query.breakdownFilter, at("breakdownFilter")),
    compare: readCompare(query.compareFilter),
    formulas: readFormulas(filter, series, at("trendsFilter")),
    shown: readDisplay(filter.display, at("trendsFilter")),
    smoothing: filter.smoothingIntervals ?? 1,
  };
  refuseCombinations(plan, filter, where);
  return plan;
}

function readDisplay(display: string | null | undefined, where: string): TrendsPlan["shown"] {
  const shown = displayOf(display)?.values;
  if (shown === undefined) throw new NotEvaluable(`the display ${display}`, within(where, ["display"]));
  return shown;
}

function readCompare(compare: z.output<typeof compareFilter>): Compare | null {
  if (!compare?.compare) return null;
  return compare.compare_to ? { to: "offset", offset: compare.compare_to } : { to: "previous" };
}

function readBreakdown(value: unknown, where: string): Breakdown | null {
  const filter = readBreakdownFilter(value, where);
  const limits = {
    limit: filter.breakdown_limit || queryDefaults.breakdown_limit,
    hideOther: filter.breakdown_hide_other_aggregation ?? false,
  };
  if (filter.breakdowns && filter.breakdowns.length > 0) {
    const by = filter.breakdowns.map((one, index) => readBreakdownBy(one, within(where, ["breakdowns", index])));
    return { by, shape: "list", ...limits };
  }
  const { breakdown } = filter;
  if (breakdown === null || breakdown === undefined) return null;
  if (typeof breakdown !== "string" && typeof breakdown !== "number") {
    throw new NotEvaluable("a list of breakdowns", within(where, ["breakdown"]), "trends read it as cohorts");
  }
  const by = storedProperty({
    of: breakdownOwner(filter.breakdown_type, within(where, ["breakdown_type"])),
    key: String(breakdown),
    normalizeUrl: filter.breakdown_normalize_url ?? false,
    histogramBins: filter.breakdown_histogram_bin_count ?? null,
    where: within(where, ["breakdown"]),
  });
  return { by: [by], shape: "single", ...limits };
}

const breakdownBy = z.strictObject({
  property: z.union([z.string(), z.number()]),
  type: text,
  normalize_url: flag,
  histogram_bin_count: number,
  group_type_index: number,
});

function readBreakdownBy(value: unknown, where: string): BreakdownBy {
  const read = parse(breakdownBy, value, where);
  refuse(read.group_type_index, "a group breakdown", within(where, ["group_type_index"]));
  return storedProperty({
    of: breakdownOwner(read.type, within(where, ["type"])),
    key: String(read.property),
    normalizeUrl: read.normalize_url ?? false,
    histogramBins: read.histogram_bin_count ?? null,
    where,
  });
}

function readFormulas(
  { formulaNodes, formulas, formula }: z.output<typeof trendsFilter>,
  series: readonly Series[],
  where: string,
): FormulaNode[] {
  const written = formulaNodes?.length
    ? formulaNodes
    : formulas?.length
      ? formulas.map((text) => ({ formula: text }))
      : formula
        ? [{ formula }]
        : [];
  return written.map((node, index) => readFormula(node, series, within(where, ["formulaNodes", index])));
}

function readFormula(node: z.output<typeof formulaNode>, series: readonly Series[], where: string): FormulaNode {
  const parsed = parseFormula(node.formula);
  if ("problem" in parsed) throw new QueryRejected(`the formula ${node.formula} ${parsed.problem}`, where);
  const missing = seriesOf(parsed.formula).find((index) => index >= series.length);
  if (missing !== undefined) {
    throw new QueryRejected(
      `the formula ${node.formula} names series ${seriesLetter(missing)}, of which there is none`,
      where,
    );
  }
  return { text: node.formula, formula: parsed.formula, customName: node.custom_name || null };
}

function refuseCombinations(plan: TrendsPlan, filter: z.output<typeof trendsFilter>, where: string): void {
  const at = (...path: PropertyKey[]) => within(where, path);
  if (filter.hideWeekends) throw new NotEvaluable("hideWeekends", at("trendsFilter", "hideWeekends"));
  refuse(filter.breakdown_histogram_bin_count, "a histogram", at("trendsFilter", "breakdown_histogram_bin_count"));
  if (plan.smoothing > 1 && (plan.breakdown !== null || plan.shown !== "over time")) {
    const because = "whether PostHog smooths breakdowns, totals and running sums depends on its version";
    throw new NotEvaluable("smoothing of this chart", at("trendsFilter", "smoothingIntervals"), because);
  }
  if (!Number.isInteger(plan.smoothing)) {
    throw new QueryRejected("smoothing needs a whole number of intervals", at("trendsFilter", "smoothingIntervals"));
  }
  if (plan.compare !== null && plan.shown === "total" && plan.interval !== "day") {
    const because = "PostHog takes the current period by days and the earlier one by the interval";
    throw new NotEvaluable("a compared total with an interval", at("interval"), because);
  }
  plan.series.forEach((series, index) => {
    refuseHistogram(plan, series, at("series", index, "math"));
  });
}

function refuseHistogram({ breakdown }: TrendsPlan, { math }: Series, where: string): void {
  if (!breakdown?.by.some(({ histogramBins }) => histogramBins !== null)) return;
  if (math.kind === "active" || math.kind === "first" || math.kind === "times per person") {
    throw new NotEvaluable("this math in a histogram", where);
  }
}
