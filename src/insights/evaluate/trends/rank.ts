import { missingValue, otherValues } from "../../../model/posthog/breakdowns.ts";
import { sumOf } from "../numbers.ts";
import { compareTexts } from "../texts.ts";

/*
 * The order of PostHog's results: the largest first; the missing value and "Other" come last.
 */

interface Ranked {
  readonly values: readonly string[] | null;
  readonly data: readonly number[];
}

/** Lines of one series. */
export function byRank(a: Ranked, b: Ranked): number {
  return (
    rankClass(a.values) - rankClass(b.values) ||
    sumOf(b.data) - sumOf(a.data) ||
    compareTexts(a.values ?? [], b.values ?? [])
  );
}

interface RankedFormula extends Ranked {
  readonly count: number;
}

/** Results of a formula over a single breakdown; ties are sorted by name in descending order. */
export function byFormulaRank(a: RankedFormula, b: RankedFormula): number {
  return rankClass(a.values) - rankClass(b.values) || bySize(a, b);
}

/** The same for a list of breakdowns, where PostHog does not treat special values differently. */
export function bySize(a: RankedFormula, b: RankedFormula): number {
  return (
    sumOf(b.data) - sumOf(a.data) ||
    b.count - a.count ||
    compareNumbers(b.data, a.data) ||
    compareTexts(b.values ?? [], a.values ?? [])
  );
}

function rankClass(values: Ranked["values"]): number {
  if (values?.includes(otherValues)) return 2;
  return values?.includes(missingValue) ? 1 : 0;
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  const different = a.findIndex((value, index) => value !== b[index]);
  return different === -1 ? 0 : (a[different] ?? 0) - (b[different] ?? 0);
}
