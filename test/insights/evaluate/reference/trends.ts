import { earlierDates, readDates } from "./dates.ts";
import { formulaOf } from "./formula.ts";
import { type Line, makeLines, other } from "./lines.ts";
import { sum } from "./numbers.ts";
import { makePeriod, type Period } from "./period.ts";
import type { NodeJson, TrendsJson, World } from "./queries.ts";

/*
 * Trends by loops over all events, one pass for each number.
 */

export interface ReferenceItem {
  readonly data: number[];
  readonly days: string[];
  readonly labels?: string[];
  readonly count: number;
  readonly aggregated_value?: number;
  readonly label: string;
  readonly custom_name: string | null;
  readonly order: number;
  readonly breakdown_value?: string | readonly string[];
  readonly compare_label?: string;
}

export function isTotal({ trendsFilter }: TrendsJson): boolean {
  return [
    "BoldNumber",
    "ActionsPie",
    "ActionsDonut",
    "ActionsProportionBar",
    "ActionsBarValue",
    "ActionsTable",
  ].includes(trendsFilter?.display ?? "");
}

export function referenceTrends(query: TrendsJson, world: World): { results: ReferenceItem[]; hasMore: boolean } {
  const display = query.trendsFilter?.display ?? "ActionsLineGraph";
  const interval = isTotal(query) ? "day" : (query.interval ?? "day");
  const names = query.series.map(({ event }) => event);
  const dates = readDates(query.dateRange, interval, world, names);
  const periods: Period[] = [makePeriod(dates, interval, world)];
  if (query.compareFilter?.compare) {
    const earlier = earlierDates(dates, interval, query.compareFilter.compare_to, world);
    periods[0] = { ...makePeriod(dates, interval, world), name: "current" };
    periods.push({ ...makePeriod(earlier, interval, world), name: "previous" });
  }
  const formulas =
    query.trendsFilter?.formulaNodes ??
    query.trendsFilter?.formulas?.map((formula) => ({ formula })) ??
    (query.trendsFilter?.formula ? [{ formula: query.trendsFilter.formula }] : []);
  const lines = periods.map((period) =>
    query.series.map((node) =>
      makeLines(
        query,
        node,
        period,
        { interval, isTotal: isTotal(query), isCumulative: display === "ActionsLineGraphCumulative" },
        world,
      ),
    ),
  );
  const results: ReferenceItem[] = [];
  if (formulas.length > 0) {
    formulas.forEach((formula, order) => {
      periods.forEach((period, p) => {
        results.push(...formulaItems(query, formula, order, period, lines[p] ?? [], isTotal(query)));
      });
    });
  } else {
    periods.forEach((period, p) => {
      query.series.forEach((node, s) => {
        for (const line of lines[p]?.[s] ?? [])
          results.push(item(query, node, s, period, line, isTotal(query), display));
      });
    });
  }
  const isOther = ({ breakdown_value: value }: ReferenceItem) => value !== undefined && [value].flat().includes(other);
  const hasMore = results.some(isOther);
  const hide = query.breakdownFilter?.breakdown_hide_other_aggregation ?? false;
  return { results: hide ? results.filter((one) => !isOther(one)) : results, hasMore };
}

function item(
  query: TrendsJson,
  node: NodeJson,
  order: number,
  period: Period,
  line: Line,
  isTotal: boolean,
  display: string,
): ReferenceItem {
  const name = node.event ?? "All events";
  const isBrokenDown = line.key.length > 0;
  const value = line.key.join("::");
  const label = isBrokenDown ? (query.series.length > 1 ? `${name} - ${value}` : value) : name;
  const count = display === "ActionsLineGraphCumulative" ? (line.data.at(-1) ?? 0) : sum(line.data);
  return { ...frame(query, period, line, isTotal, count), label, custom_name: node.custom_name ?? null, order };
}

function frame(query: TrendsJson, period: Period, line: Line, isTotal: boolean, count: number) {
  const isList = query.breakdownFilter?.breakdowns !== undefined;
  return {
    ...(isTotal
      ? { data: [], days: [], count: 0, aggregated_value: line.data[0] ?? 0 }
      : { data: line.data, days: period.buckets.map((b) => b.day), labels: period.buckets.map((b) => b.label), count }),
    ...(line.key.length > 0 ? { breakdown_value: isList ? line.key : (line.key[0] ?? "") } : {}),
    ...(period.name === undefined ? {} : { compare_label: period.name }),
  };
}

function formulaItems(
  query: TrendsJson,
  node: { formula: string; custom_name?: string },
  order: number,
  period: Period,
  lines: readonly (readonly Line[])[],
  isTotal: boolean,
): ReferenceItem[] {
  const keys = [...new Set(lines.flat().map(({ key }) => JSON.stringify(key)))];
  const length = isTotal ? 1 : period.buckets.length;
  const found = keys.map((key) => {
    const rows = lines.map(
      (ofSeries) => ofSeries.find((line) => JSON.stringify(line.key) === key)?.data ?? Array.from({ length }, () => 0),
    );
    const data = Array.from({ length }, (_, index) =>
      formulaOf(
        node.formula,
        rows.map((row) => row[index] ?? 0),
      ),
    );
    return { key: JSON.parse(key) as string[], data, count: formulaOf(node.formula, rows.map(sum)) };
  });
  return found.map((line) => ({
    ...frame(query, period, line, isTotal, line.count),
    label: node.custom_name ?? `Formula (${node.formula})`,
    custom_name: null,
    order,
  }));
}
