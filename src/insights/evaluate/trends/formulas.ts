import { sumOf } from "../numbers.ts";
import type { FormulaNode, TrendsPlan } from "../plan.ts";
import type { TrendsItem } from "../results.ts";
import { compareNaturally } from "../texts.ts";
import { breakdownValue, comparison, shownNumbers } from "./answer.ts";
import { calculate } from "./formula.ts";
import type { Line } from "./lines.ts";
import type { Period } from "./period.ts";
import { byFormulaRank, bySize } from "./rank.ts";

/** A formula over the lines of all series in a period, one result for each combination of breakdown values. */
export function formulaItems(
  plan: TrendsPlan,
  node: FormulaNode,
  order: number,
  period: Period,
  linesOfSeries: readonly (readonly Line[])[],
): TrendsItem[] {
  const points = plan.shown === "total" ? 1 : period.buckets.starts.length;
  const calculated = valuesOf(linesOfSeries).map((values) => {
    // A series without the value counts as 0.
    const rows = linesOfSeries.map((lines) => find(lines, values)?.data ?? new Array<number>(points).fill(0));
    const data = Array.from({ length: points }, (_, index) =>
      calculate(
        node.formula,
        rows.map((row) => row[index] ?? 0),
      ),
    );
    // PostHog applies the formula to the sums, it does not sum the formula's results.
    return { values, data, count: calculate(node.formula, rows.map(sumOf)) };
  });
  return calculated.sort(orderOf(plan)).map(({ values, data, count }) => {
    const value = breakdownValue(plan, { values, data });
    return {
      ...shownNumbers(plan, period, data, count),
      label: node.customName ?? `Formula (${node.text})`,
      filter: { insight: "TRENDS" },
      action: null,
      order,
      ...comparison(period),
      ...(value === null ? {} : { breakdown_value: value }),
    };
  });
}

/** PostHog ranks compared results by `count` alone, which is 0 in a chart of totals: these keep their order. */
function orderOf({ compare, breakdown, shown }: TrendsPlan): typeof bySize {
  if (compare !== null) return shown === "total" ? () => 0 : (a, b) => b.count - a.count;
  return breakdown?.shape === "list" ? bySize : byFormulaRank;
}

/** Every combination of values that any series has; without a breakdown the single empty one. */
function valuesOf(linesOfSeries: readonly (readonly Line[])[]): Line["values"][] {
  const all = linesOfSeries.flat().map(({ values }) => [JSON.stringify(values), values] as const);
  return [...new Map(all).values()].sort((a, b) => compareNaturally(a ?? [], b ?? []));
}

function find(lines: readonly Line[], values: Line["values"]): Line | undefined {
  const key = JSON.stringify(values);
  return lines.find((line) => JSON.stringify(line.values) === key);
}
