import { otherValues } from "../../../model/posthog/breakdowns.ts";
import { earliestEvent, type QueryContext } from "../context.ts";
import type { TrendsPlan } from "../plan.ts";
import type { TrendsAnswer, TrendsItem } from "../results.ts";
import { dateRangeAnswer, trendsItem } from "./answer.ts";

import { formulaItems } from "./formulas.ts";
import { type Line, linesOf } from "./lines.ts";
import { type Period, periodsOf } from "./period.ts";

/** Answers a trend: all series of all periods in parallel, then the formulas over them. */
export async function evaluateTrends(plan: TrendsPlan, asked: QueryContext): Promise<TrendsAnswer> {
  const names = plan.series.map(({ event }) => event);
  const earliest = plan.dateRange.from === "all" ? await earliestEvent(asked, names, "trends") : null;
  const periods = periodsOf(plan, asked.clock, () => earliest);
  const lines = await Promise.all(
    periods.map((period) => Promise.all(plan.series.map((series) => linesOf(plan, series, period, asked)))),
  );
  const perPeriod = periods.map((period, index) => ({ period, lines: lines[index] ?? [] }));
  const items = plan.formulas.length > 0 ? calculated(plan, perPeriod) : counted(plan, perPeriod);
  const [current, previous] = periods;
  const hasMore = items.some(isOther);
  return {
    kind: "trends",
    results: plan.breakdown?.hideOther ? items.filter((item) => !isOther(item)) : items,
    hasMore,
    resolved_date_range: dateRangeAnswer(current, asked.clock),
    ...(previous === undefined ? {} : { resolved_compare_date_range: dateRangeAnswer(previous, asked.clock) }),
  };
}

interface PeriodLines {
  readonly period: Period;
  /** By series. */
  readonly lines: readonly (readonly Line[])[];
}

/** All series of the current period, then all of the earlier one. */
function counted(plan: TrendsPlan, periods: readonly PeriodLines[]): TrendsItem[] {
  return periods.flatMap(({ period, lines }) =>
    lines.flatMap((ofSeries, index) => ofSeries.map((line) => trendsItem(plan, index, period, line))),
  );
}

function calculated(plan: TrendsPlan, periods: readonly PeriodLines[]): TrendsItem[] {
  return plan.formulas.flatMap((node, order) =>
    periods.flatMap(({ period, lines }) => formulaItems(plan, node, order, period, lines)),
  );
}

function isOther({ breakdown_value: value }: TrendsItem): boolean {
  return value !== undefined && [value].flat().includes(otherValues);
}
