import { considered, numbersOf, selected, statistic, sum } from "./numbers.ts";
import type { Period, Shape } from "./period.ts";
import { kindOf, numberOf, rawOf, typedText } from "./properties.ts";
import type { NodeJson, ReferenceEvent, TrendsJson, World } from "./queries.ts";

/*
 * One line for each value of a breakdown: first a line for every value, then those beyond the limit are merged.
 */

const missing = "$$_posthog_breakdown_null_$$";
export const other = "$$_posthog_breakdown_other_$$";

/** A series with one combination of values. */
export interface Line {
  readonly key: string[];
  data: number[];
}

export function makeLines(query: TrendsJson, node: NodeJson, period: Period, shape: Shape, world: World): Line[] {
  const columns = breakdownColumns(query);
  const bins = columns.map(({ bins: count }, index) => {
    if (count === undefined) return null;
    const numbers = selected(query, node, period, world).flatMap(
      (event) => numberOf(raw(event, columns[index] as Column)) ?? [],
    );
    return { min: Math.min(...numbers), max: Math.max(...numbers), count, isEmpty: numbers.length === 0 };
  });
  const rawKey = (event: ReferenceEvent) => JSON.stringify(columns.map((column) => textOf(event, column, world)));
  const keys = [...new Set(considered(query, node, period, shape, world).map(rawKey))];
  if (columns.length === 0 && keys.length === 0) keys.push("[]");
  // One line for each value, unchanged.
  const fine = keys.map((key) => ({
    key: JSON.parse(key) as string[],
    ...numbersOf(query, node, period, shape, (event) => rawKey(event) === key, world),
  }));
  const withRows = fine.filter(({ has }) => columns.length === 0 || has.includes(true));
  const binned = merge(
    withRows,
    (key) => key.map((text, index) => (bins[index] ? binText(text, bins[index]) : text)),
    node,
  );
  if (columns.length === 0) return binned.map(({ data, key }) => ({ key, data: reshape(data, query, shape) }));
  const limit = query.breakdownFilter?.breakdown_limit ?? 25;
  const ranked = [...binned].sort(
    (a, b) =>
      (shape.isTotal ? 0 : Number(a.key.includes(missing)) - Number(b.key.includes(missing))) ||
      sum(b.data) - sum(a.data) ||
      bytes(a.key, b.key),
  );
  const keep = new Set(ranked.slice(0, limit).map(({ key }) => JSON.stringify(key)));
  const limited = merge(binned, (key) => (keep.has(JSON.stringify(key)) ? key : key.map(() => other)), node);
  const place = ({ key }: Line) => (key.includes(other) ? 2 : key.includes(missing) ? 1 : 0);
  return limited
    .map(({ key, data }) => ({ key, data: reshape(data, query, shape) }))
    .sort((a, b) => place(a) - place(b) || sum(b.data) - sum(a.data) || bytes(a.key, b.key));
}

interface Column {
  readonly of: "event" | "person";
  readonly key: string;
  readonly url: boolean;
  readonly bins: number | undefined;
}

function breakdownColumns({ breakdownFilter: filter }: TrendsJson): Column[] {
  if (filter?.breakdowns) {
    return filter.breakdowns.map(({ property, type, histogram_bin_count }) => ({
      of: type ?? "event",
      key: property,
      url: false,
      bins: histogram_bin_count,
    }));
  }
  if (filter?.breakdown === undefined) return [];
  return [
    {
      of: filter.breakdown_type ?? "event",
      key: filter.breakdown,
      url: filter.breakdown_normalize_url ?? false,
      bins: filter.breakdown_histogram_bin_count,
    },
  ];
}

const raw = (event: ReferenceEvent, { of, key }: Column) => rawOf(event, of, key);

function textOf(event: ReferenceEvent, column: Column, world: World): string {
  if (column.bins !== undefined) return String(numberOf(raw(event, column)) ?? missing);
  let text = typedText(raw(event, column), kindOf(world, column.of, column.key));
  if (text !== null && column.url) text = text.replace(/[/?#]+$/, "") || "/";
  return text === null || text === "" ? missing : text;
}

function binText(text: string, bins: { min: number; max: number; count: number; isEmpty: boolean }): string {
  if (text === missing || bins.isEmpty) return missing;
  const value = Number(text);
  const width = (bins.max - bins.min) / bins.count;
  for (let index = 0; index < bins.count; index += 1) {
    const from = width * index + bins.min;
    const to = width * (index + 1) + bins.min + (index === bins.count - 1 ? 0.01 : 0);
    if (value >= from && value < to) return `[${from},${to}]`;
  }
  return missing;
}

/** Merges lines that get the same key. */
function merge(
  lines: readonly { key: string[]; data: number[]; has: boolean[] }[],
  rename: (key: string[]) => string[],
  node: NodeJson,
): { key: string[]; data: number[]; has: boolean[] }[] {
  const groups = new Map<string, { key: string[]; data: number[]; has: boolean[] }[]>();
  for (const line of lines) {
    const key = JSON.stringify(rename(line.key));
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups].map(([key, group]) => {
    const length = group[0]?.data.length ?? 0;
    const data: number[] = [];
    const has: boolean[] = [];
    for (let index = 0; index < length; index += 1) {
      const there = group.filter((line) => line.has[index]).map((line) => line.data[index] ?? 0);
      has.push(there.length > 0);
      const how =
        node.math_property !== undefined && ["max", "min", "avg"].includes(node.math ?? "") ? node.math : "sum";
      data.push(group.length === 1 ? (group[0]?.data[index] ?? 0) : statistic(how ?? "sum", there));
    }
    return { key: JSON.parse(key) as string[], data, has };
  });
}

function reshape(data: readonly number[], query: TrendsJson, { isCumulative }: Shape): number[] {
  const points = query.trendsFilter?.smoothingIntervals ?? 1;
  return data.map((value, index) => {
    if (isCumulative) return sum(data.slice(0, index + 1));
    if (points <= 1) return value;
    const last = data.slice(Math.max(0, index + 1 - points), index + 1);
    return Math.floor(sum(last) / last.length);
  });
}

function bytes(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < a.length; index += 1) {
    const order = Buffer.compare(Buffer.from(a[index] ?? ""), Buffer.from(b[index] ?? ""));
    if (order !== 0) return order;
  }
  return 0;
}
