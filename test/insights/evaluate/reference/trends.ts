import type { BreakdownValue } from "../../../../src/insights/evaluate/results.ts";
import { type Bucket, bucketOf, makeBuckets } from "./buckets.ts";
import { day, instantOf, midnight, second, wallOf } from "./clock.ts";
import { type Dates, earlierDates, lowerWall, readDates } from "./dates.ts";
import { formulaOf } from "./formula.ts";
import { kindOf, numberOf, passes, rawOf, typedText } from "./properties.ts";
import type { IntervalJson, NodeJson, ReferenceEvent, TrendsJson, World } from "./queries.ts";

/*
 * Trends by loops over all events, once for each number.
 */

export interface ReferenceItem {
  readonly data: number[];
  readonly days: string[];
  readonly labels?: string[];
  readonly count: number;
  readonly aggregated_value?: number;
  readonly label: string;
  readonly order: number;
  readonly breakdown_value?: BreakdownValue;
  readonly compare_label?: string;
}

const missing = "$$_posthog_breakdown_null_$$";
const other = "$$_posthog_breakdown_other_$$";

interface Period {
  readonly dates: Dates;
  readonly buckets: Bucket[];
  /** Instants, both included. */
  readonly from: number;
  readonly to: number;
  readonly name?: "current" | "previous";
}

/** A series with one combination of values. */
interface Line {
  readonly key: string[];
  data: number[];
}

export function referenceTrends(query: TrendsJson, world: World): { results: ReferenceItem[]; hasMore: boolean } {
  const display = query.trendsFilter?.display ?? "ActionsLineGraph";
  const isTotal = ["BoldNumber", "ActionsPie", "ActionsBarValue", "ActionsTable"].includes(display);
  const interval = isTotal ? "day" : (query.interval ?? "day");
  const names = query.series.map(({ event }) => event);
  const dates = readDates(query.dateRange, interval, world, names);
  const periods: Period[] = [makePeriod(dates, interval, world)];
  if (query.compareFilter?.compare) {
    const earlier = earlierDates(dates, interval, query.compareFilter.compare_to, world);
    periods[0] = { ...makePeriod(dates, interval, world), name: "current" };
    periods.push({ ...makePeriod(earlier, interval, world), name: "previous" });
  }
  const formulas =
    query.trendsFilter?.formulaNodes ?? (query.trendsFilter?.formula ? [{ formula: query.trendsFilter.formula }] : []);
  const lines = periods.map((period) =>
    query.series.map((node) =>
      makeLines(
        query,
        node,
        period,
        { interval, isTotal, isCumulative: display === "ActionsLineGraphCumulative" },
        world,
      ),
    ),
  );
  const results: ReferenceItem[] = [];
  if (formulas.length > 0) {
    formulas.forEach((formula, order) => {
      periods.forEach((period, p) => {
        results.push(...formulaItems(query, formula, order, period, lines[p] ?? [], isTotal));
      });
    });
  } else {
    periods.forEach((period, p) => {
      query.series.forEach((node, s) => {
        for (const line of lines[p]?.[s] ?? []) results.push(item(query, node, s, period, line, isTotal, display));
      });
    });
  }
  const isOther = ({ breakdown_value: value }: ReferenceItem) => value !== undefined && [value].flat().includes(other);
  const hasMore = results.some(isOther);
  const hide = query.breakdownFilter?.breakdown_hide_other_aggregation ?? false;
  return { results: hide ? results.filter((one) => !isOther(one)) : results, hasMore };
}

function makePeriod(dates: Dates, interval: IntervalJson, world: World): Period {
  const wholeSecond = (wall: number) => Math.floor(instantOf(Math.floor(wall), world.timeZone) / second) * second;
  return {
    dates,
    buckets: makeBuckets(dates, interval, world),
    from: wholeSecond(lowerWall(dates, interval, world)),
    to: wholeSecond(dates.to),
  };
}

interface Shape {
  readonly interval: IntervalJson;
  readonly isTotal: boolean;
  readonly isCumulative: boolean;
}

function makeLines(query: TrendsJson, node: NodeJson, period: Period, shape: Shape, world: World): Line[] {
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
  // One line for each value as it is.
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

function isOfSeries(event: ReferenceEvent, query: TrendsJson, node: NodeJson, world: World): boolean {
  return (
    (node.event === null || event.event === node.event) &&
    passes(event, query.properties, world) &&
    passes(event, node.properties, world)
  );
}

/** Events of the series in the range. */
function selected(query: TrendsJson, node: NodeJson, period: Period, world: World): ReferenceEvent[] {
  return world.events.filter(
    (event) => event.at >= period.from && event.at <= period.to && isOfSeries(event, query, node, world),
  );
}

/** Events whose values there can be lines for. */
function considered(query: TrendsJson, node: NodeJson, period: Period, shape: Shape, world: World): ReferenceEvent[] {
  const days = activeDays(node, query);
  if (days !== null) return active(query, node, period, shape, days, world);
  if (node.math?.startsWith("first_")) return firsts(query, node, period, world);
  return selected(query, node, period, world);
}

/** The numbers of all buckets, and whether the bucket has anything at all. */
function numbersOf(
  query: TrendsJson,
  node: NodeJson,
  period: Period,
  shape: Shape,
  isOfLine: (event: ReferenceEvent) => boolean,
  world: World,
): { data: number[]; has: boolean[] } {
  const { interval, isTotal } = shape;
  const place = (event: ReferenceEvent) => (isTotal ? 0 : bucketOf(event.at, period.buckets, interval, world));
  const count = isTotal ? 1 : period.buckets.length;
  const days = activeDays(node, query);
  const data: number[] = [];
  const has: boolean[] = [];
  let pool: ReferenceEvent[];
  if (days !== null) pool = active(query, node, period, shape, days, world).filter(isOfLine);
  else if (node.math?.startsWith("first_")) pool = firsts(query, node, period, world).filter(isOfLine);
  else pool = selected(query, node, period, world).filter(isOfLine);
  if (node.math?.endsWith("_count_per_actor")) {
    // PostHog counts from date_from on, even where the interval begins before it.
    const from = Math.floor(instantOf(Math.floor(period.dates.from), world.timeZone) / second) * second;
    pool = world.events.filter(
      (event) => event.at >= from && event.at <= period.to && isOfSeries(event, query, node, world) && isOfLine(event),
    );
  }
  if (isUniquePeople(node, query) && shape.isCumulative) {
    const seen = new Set<string>();
    pool = [...pool].sort((a, b) => a.at - b.at).filter(({ person }) => !seen.has(person) && seen.add(person));
  }
  for (let index = 0; index < count; index += 1) {
    const within =
      days === null || isTotal
        ? pool.filter((event) => place(event) === index)
        : pool.filter((event) => isActiveAt(event, index, period, shape, days, world));
    has.push(within.length > 0);
    data.push(aggregate(node, query, within));
  }
  return { data, has };
}

function aggregate(node: NodeJson, query: TrendsJson, events: readonly ReferenceEvent[]): number {
  const math = node.math ?? "total";
  if (math === "total" || math.startsWith("first_")) return events.length;
  if (isUniquePeople(node, query) || activeDays(node, query) !== null)
    return new Set(events.map(({ person }) => person)).size;
  if (math === "unique_session")
    return new Set(events.flatMap((event) => rawOf(event, "event", "$session_id") ?? [])).size;
  if (math.endsWith("_count_per_actor")) {
    const times = new Map<string, number>();
    for (const { person } of events) times.set(person, (times.get(person) ?? 0) + 1);
    return statistic(math.replace("_count_per_actor", ""), [...times.values()]);
  }
  if (node.math_property === undefined) return events.length;
  return statistic(
    math,
    events.flatMap((event) => numberOf(rawOf(event, "event", node.math_property ?? "")) ?? []),
  );
}

function statistic(name: string, numbers: readonly number[]): number {
  if (numbers.length === 0) return 0;
  if (name === "sum") return sum(numbers);
  if (name === "avg") return sum(numbers) / numbers.length;
  if (name === "min") return Math.min(...numbers);
  if (name === "max") return Math.max(...numbers);
  const level = name === "median" ? 0.5 : Number(name.slice(1)) / 100;
  const sorted = [...numbers].sort((a, b) => a - b);
  const position = level * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? 0;
  return below + (above - below) * (position - Math.floor(position));
}

function isUniquePeople({ math }: NodeJson, { interval = "day" }: TrendsJson): boolean {
  const long = ["month", "quarter", "year"].includes(interval);
  return (
    math === "dau" || (math === "weekly_active" && (long || interval === "week")) || (math === "monthly_active" && long)
  );
}

/** Length of the window of active people; null for any other math. */
function activeDays(node: NodeJson, query: TrendsJson): number | null {
  if (isUniquePeople(node, query)) return null;
  return node.math === "weekly_active" ? 7 : node.math === "monthly_active" ? 30 : null;
}

function active(
  query: TrendsJson,
  node: NodeJson,
  period: Period,
  shape: Shape,
  days: number,
  world: World,
): ReferenceEvent[] {
  const since = shape.isTotal
    ? instantOf(midnight(period.dates.to) - (days - 1) * day, world.timeZone)
    : Math.floor(instantOf(Math.floor(period.dates.from) - days * day, world.timeZone) / second) * second;
  const found = world.events.filter(
    (event) => event.at >= since && event.at <= period.to && isOfSeries(event, query, node, world),
  );
  if (shape.isTotal) return found;
  return found.filter((event) =>
    period.buckets.some((_, index) => isActiveAt(event, index, period, shape, days, world)),
  );
}

/** Whether the event lies in the days (or hours) up to the first one of the bucket. */
function isActiveAt(
  event: ReferenceEvent,
  index: number,
  period: Period,
  { interval }: Shape,
  days: number,
  world: World,
): boolean {
  const bucket = period.buckets[index];
  if (bucket === undefined) return false;
  if (interval === "hour" || interval === "minute") {
    const unit = interval === "hour" ? 3_600_000 : 60_000;
    const start = bucket.instant + Math.floor((event.at - bucket.instant) / unit) * unit;
    return start <= bucket.instant && start > bucket.instant - days * day;
  }
  const eventDay = midnight(wallOf(event.at, world.timeZone));
  return eventDay <= bucket.wall && eventDay > bucket.wall - days * day;
}

/** One event for each person who did it for the first time in the range. */
function firsts(query: TrendsJson, node: NodeJson, period: Period, world: World): ReferenceEvent[] {
  const found: ReferenceEvent[] = [];
  for (const person of new Set(world.events.map((event) => event.person))) {
    const past = world.events.filter(
      (event) =>
        event.person === person &&
        event.at <= period.to &&
        (node.event === null || event.event === node.event) &&
        (node.math === "first_time_for_user" || isOfSeries(event, query, node, world)),
    );
    const earliest = Math.min(...past.map(({ at }) => at));
    const tied = past.filter(({ at }) => at === earliest);
    const [first] = tied;
    if (first && earliest >= period.from && tied.some((event) => isOfSeries(event, query, node, world)))
      found.push(first);
  }
  return found;
}

/** Puts lines together that get the same key. */
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
  return { ...frame(query, period, line, isTotal, count), label, order };
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
    order,
  }));
}

function sum(numbers: readonly number[]): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

function bytes(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < a.length; index += 1) {
    const order = Buffer.compare(Buffer.from(a[index] ?? ""), Buffer.from(b[index] ?? ""));
    if (order !== 0) return order;
  }
  return 0;
}
