import { missingValue, otherValues } from "../../../model/posthog/breakdowns.ts";
import { NotEvaluable } from "../errors.ts";
import type { Breakdown, BreakdownBy } from "../plan.ts";
import { sqlText } from "../sql/literal.ts";
import { breakdownText, rawText, readableType } from "../sql/property.ts";
import { mergeSql } from "./aggregate.ts";
import { baseRows } from "./base.ts";
import { dimensionNames, grouping, type RowsQuery } from "./rows.ts";

/** PostHog cuts longer values, at a length that differs between its versions. */
const longestValue = 200;

/** A series for one combination of values. */
export interface BrokenDown {
  /** One text for each breakdown. */
  readonly values: readonly string[];
  /** A number for each bucket. */
  readonly data: number[];
}

/** One bin of a histogram. */
interface Bin {
  readonly from: number;
  readonly below: number;
}

type Binned = readonly (readonly Bin[] | null)[];

export async function brokenDown(
  query: Omit<RowsQuery, "dimensions">,
  breakdown: Breakdown,
  buckets: number,
): Promise<BrokenDown[]> {
  const { table } = query.asked;
  const dimensions = breakdown.by.map((by) =>
    by.histogramBins === null
      ? `coalesce(nullif(${breakdownText(by, table)}, ''), ${sqlText(missingValue)})`
      : `to_number(${rawText(by, table)})`,
  );
  for (const by of breakdown.by) if (by.histogramBins !== null) readableType(by, table);
  const rows = { ...query, dimensions };
  const bins = await binsOf(rows, breakdown.by);
  return collect(await table.query(rankedSql(rows, breakdown, bins)), breakdown, buckets);
}

/** Divides the range from the smallest to the largest value into equal bins. */
async function binsOf(query: RowsQuery, by: readonly BreakdownBy[]): Promise<Binned> {
  if (by.every(({ histogramBins }) => histogramBins === null)) return by.map(() => null);
  const ends = by.map((_, index) => `min(b${index}), max(b${index})`).join(", ");
  const [row = []] = await query.asked.table.query(`SELECT ${ends} FROM (${baseRows(query)})`);
  return by.map(({ histogramBins }, index) => {
    if (histogramBins === null) return null;
    const [min, max] = [row[2 * index], row[2 * index + 1]];
    return typeof min === "number" && typeof max === "number" ? equalBins(min, max, histogramBins) : [];
  });
}

function equalBins(min: number, max: number, count: number): Bin[] {
  const width = (max - min) / count;
  return Array.from({ length: count }, (_, index) => ({
    from: width * index + min,
    // The largest value belongs to the last bin.
    below: width * (index + 1) + min + (index + 1 === count ? 0.01 : 0),
  }));
}

/** SQL for (bucket, b0, …, total) in which only the largest values have rows of their own. */
function rankedSql(query: RowsQuery, { limit, by }: Breakdown, bins: Binned): string {
  const { plan, series } = query;
  const names = dimensionNames(query);
  const list = by.map((_, index) => `b${index}`);
  const isMissing = list.map((name) => `${name} = ${sqlText(missingValue)}`).join(" OR ");
  // PostHog ranks a missing value last, except in charts of totals.
  const order = [plan.shown === "total" ? [] : [`bool_or(${isMissing})`], "sum(total) DESC", list].flat().join(", ");
  const shown = list
    .map((name) => `, CASE WHEN rank <= ${limit} THEN ${name} ELSE ${sqlText(otherValues)} END AS ${name}`)
    .join("");
  return `
    WITH merged AS (${mergedSql(query, bins)}),
    ranked AS (SELECT ${list.join(", ")}, row_number() OVER (ORDER BY ${order}) AS rank FROM merged GROUP BY ${list.join(", ")}),
    shown AS (SELECT bucket, total${shown} FROM merged JOIN ranked USING (${list.join(", ")}))
    SELECT CAST(bucket AS INTEGER), CAST(${mergeSql(series.math, "total")} AS DOUBLE)${names}
    FROM shown GROUP BY bucket${names}`;
}

/** Assigns numeric values to bins; values that are not numbers get none. */
function mergedSql(query: RowsQuery, bins: Binned): string {
  if (bins.every((one) => one === null)) return baseRows(query);
  const columns = bins.map((one, index) => (one === null ? `b${index}` : `${binSql(`b${index}`, one)} AS b${index}`));
  const by = grouping(query);
  return `
    SELECT ${by}, ${mergeSql(query.series.math, "total")} AS total
    FROM (SELECT bucket, total, ${columns.join(", ")} FROM (${baseRows(query)}))
    GROUP BY ${by}`;
}

function binSql(name: string, bins: readonly Bin[]): string {
  const double = (value: number) => `CAST('${value}' AS DOUBLE)`;
  const cases = bins.map(
    ({ from, below }) => `WHEN ${name} >= ${double(from)} AND ${name} < ${double(below)} THEN '[${from},${below}]'`,
  );
  return cases.length === 0 ? sqlText(missingValue) : `CASE ${cases.join(" ")} ELSE ${sqlText(missingValue)} END`;
}

function collect(rows: readonly (readonly unknown[])[], { by }: Breakdown, buckets: number): BrokenDown[] {
  const found = new Map<string, BrokenDown>();
  for (const [bucket, total, ...rest] of rows) {
    const values = rest.map(String);
    refuseLong(values, by);
    const key = JSON.stringify(values);
    const one = found.get(key) ?? { values, data: new Array<number>(buckets).fill(0) };
    found.set(key, one);
    one.data[Number(bucket)] = Number(total);
  }
  return [...found.values()];
}

function refuseLong(values: readonly string[], by: readonly BreakdownBy[]): void {
  const index = values.findIndex((value) => value.length > longestValue);
  const breakdown = by[index];
  if (breakdown === undefined) return;
  const because = `a value has more than ${longestValue} characters, and PostHog cuts long ones`;
  throw new NotEvaluable(`a breakdown by ${breakdown.key}`, breakdown.where, because);
}
