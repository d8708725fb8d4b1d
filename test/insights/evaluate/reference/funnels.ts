import { bucketOf, makeBuckets } from "./buckets.ts";
import { addMonths, day, hour, instantOf } from "./clock.ts";
import { readDates } from "./dates.ts";
import { referenceEntrances } from "./entrances.ts";
import { kindOf, passes, passesQuery, rawOf, sessionOf, typedText } from "./properties.ts";
import type { FunnelsJson, NodeJson, ReferenceEvent, World } from "./queries.ts";
import { dropRepeats, type Rules, type Step, type Walked, walkOrdered, walkUnordered } from "./walk.ts";

/*
 * Funnels by loops over people and their events.
 */

export interface ReferenceStep {
  readonly name: string | null;
  readonly custom_name: string | null;
  readonly count: number;
  readonly average_conversion_time: number | null;
  readonly median_conversion_time: number | null;
}

export interface ReferenceFunnel {
  /** By breakdown value; a single group without a value when there is no breakdown. */
  readonly groups: readonly { readonly value: readonly string[]; readonly steps: readonly ReferenceStep[] }[];
  readonly totalMedian: number | null;
}

const unitSeconds = { second: 1, minute: 60, hour: 3600, day: 86400, week: 604800, month: 31 * 86400 };

interface Setting {
  readonly query: FunnelsJson;
  readonly world: World;
  readonly from: number;
  readonly to: number;
  readonly columns: readonly string[];
  readonly order: "ordered" | "strict" | "unordered";
}

function setting(query: FunnelsJson, world: World): Setting {
  const dates = readDates(query.dateRange, query.interval ?? "day", world);
  const breakdown = query.breakdownFilter?.breakdown;
  return {
    query,
    world,
    from: instantOf(dates.from, world.timeZone),
    to: instantOfMoment(dates.to, world.timeZone),
    columns: breakdown === undefined ? [] : [breakdown].flat(),
    order: query.funnelsFilter?.funnelOrderType ?? "ordered",
  };
}

function instantOfMoment(wall: number, timeZone: string): number {
  return instantOf(Math.floor(wall), timeZone) + (wall - Math.floor(wall));
}

export function referenceFunnel(query: FunnelsJson, world: World): ReferenceFunnel {
  const walked = walkEveryone(query, world);
  const groups = new Map<string, { value: string[]; walks: Walked[] }>();
  for (const { value, walk } of walked) {
    const key = JSON.stringify(value);
    const group = groups.get(key) ?? { value, walks: [] };
    group.walks.push(walk);
    groups.set(key, group);
  }
  const limit = query.breakdownFilter?.breakdown_limit ?? 25;
  const counts = (walks: readonly Walked[]) =>
    query.series.map((_, i) => walks.filter(({ steps }) => steps.includes(i + 1)).length);
  const byDepth = (
    a: { value: readonly string[]; walks: Walked[] },
    b: { value: readonly string[]; walks: Walked[] },
  ) => {
    const [left, right] = [counts(a.walks), counts(b.walks)];
    for (let i = left.length - 1; i >= 0; i -= 1) if (left[i] !== right[i]) return (right[i] ?? 0) - (left[i] ?? 0);
    return Buffer.compare(Buffer.from(a.value.join("\0")), Buffer.from(b.value.join("\0")));
  };
  const sorted = [...groups.values()].sort(byDepth);
  const shown = sorted.slice(0, limit);
  if (sorted.length > limit) {
    shown.push({ value: ["Other"], walks: sorted.slice(limit).flatMap(({ walks }) => walks) });
    shown.sort(byDepth);
  }
  const all = walked.map(({ walk }) => walk);
  return {
    groups: shown.map(({ value, walks }) => ({ value, steps: stepsOf(query, walks, counts(walks)) })),
    totalMedian: middle(
      all.filter(({ depth }) => depth >= query.series.length).map(({ times }) => (times.at(-1) ?? 0) - (times[0] ?? 0)),
    ),
  };
}

function stepsOf(query: FunnelsJson, walks: readonly Walked[], counts: readonly number[]): ReferenceStep[] {
  return query.series.map((node, i) => {
    const taken = walks
      .map(({ times }) => (times[i] ?? Number.NaN) - (times[i - 1] ?? Number.NaN))
      .filter((seconds) => seconds > 0);
    const unordered = query.funnelsFilter?.funnelOrderType === "unordered";
    return {
      name: unordered ? `Completed ${i + 1} step${i === 0 ? "" : "s"}` : node.event,
      custom_name: unordered ? null : (node.custom_name ?? null),
      count: counts[i] ?? 0,
      average_conversion_time: taken.length === 0 ? null : taken.reduce((a, b) => a + b) / taken.length,
      median_conversion_time: middle(taken),
    };
  });
}

export function referenceTimeToConvert(query: FunnelsJson, world: World) {
  const from = query.funnelsFilter?.funnelFromStep ?? 0;
  const to = query.funnelsFilter?.funnelToStep ?? query.series.length - 1;
  const taken = walkEveryone(query, world)
    .filter(({ walk }) => walk.depth > to)
    .map(({ walk }) => (walk.times[to] ?? 0) - (walk.times[from] ?? 0));
  const wanted = query.funnelsFilter?.binCount;
  const bins =
    wanted === undefined
      ? Math.min(60, Math.max(1, Math.ceil(Math.cbrt(taken.length))))
      : Math.min(90, Math.max(1, wanted));
  const low = taken.length === 0 ? 0 : Math.floor(Math.min(...taken));
  const high = taken.length === 0 ? 0 : Math.ceil(Math.max(...taken));
  const width = Math.ceil((high - low) / bins) === 0 ? 60 : Math.ceil((high - low) / bins);
  const pairs: [number, number][] = [];
  for (let i = 0; i <= bins; i += 1) {
    pairs.push([low + i * width, taken.filter((seconds) => Math.floor((seconds - low) / width) === i).length]);
  }
  return {
    bins: pairs,
    average_conversion_time: taken.length === 0 ? null : taken.reduce((a, b) => a + b) / taken.length,
    median_conversion_time: middle(taken),
  };
}

export function referenceFunnelTrends(query: FunnelsJson, world: World) {
  const interval = query.interval ?? "day";
  const buckets = makeBuckets(readDates(query.dateRange, interval, world), interval, world);
  const here = setting(query, world);
  const window = windowSeconds(query);
  const tallies = new Map<string, { value: string[]; entered: number[]; converted: number[] }>();
  const tally = (value: string[]) => {
    const key = JSON.stringify(value);
    const zeros = () => buckets.map(() => 0);
    const found = tallies.get(key) ?? { value, entered: zeros(), converted: zeros() };
    tallies.set(key, found);
    return found;
  };
  if (here.columns.length === 0) tally([]);
  for (const steps of stepsOfEveryone(here, (at) => bucketOf(at, buckets, interval, world))) {
    for (const { value, events, rules } of funnelsOf(here, steps)) {
      const from = (query.funnelsFilter?.funnelFromStep ?? 0) + 1;
      const to = (query.funnelsFilter?.funnelToStep ?? query.series.length - 1) + 1;
      const marks = referenceEntrances(events, { ...rules, unordered: here.order === "unordered" }, from, to);
      for (const [period, mark] of marks) {
        const { entered, converted } = tally(value);
        entered[period] = (entered[period] ?? 0) + 1;
        if (mark === "converted") converted[period] = (converted[period] ?? 0) + 1;
      }
    }
  }
  const isShown = (index: number) => {
    if (!query.funnelsFilter?.hideIncompleteConversionWindowPeriods) return true;
    const bucket = buckets[index];
    if (bucket === undefined) return false;
    const end =
      interval === "hour"
        ? bucket.instant + hour
        : instantOf(
            interval === "month" ? addMonths(bucket.wall, 1) : bucket.wall + (interval === "week" ? 7 : 1) * day,
            world.timeZone,
          );
    return end <= Math.floor(world.now / 1000) * 1000 - window * 1000;
  };
  const limit = query.breakdownFilter?.breakdown_limit ?? 25;
  const total = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  const text = (value: readonly string[]) => Buffer.from(value.join("\0"));
  return [...tallies.values()]
    .sort((a, b) => total(b.entered) - total(a.entered) || Buffer.compare(text(b.value), text(a.value)))
    .slice(0, here.columns.length === 0 ? 1 : limit)
    .sort((a, b) => Buffer.compare(text(a.value), text(b.value)))
    .map(({ value, entered, converted }) => {
      const indexes = buckets.map((_, index) => index).filter(isShown);
      return {
        value,
        data: indexes.map((i) =>
          (entered[i] ?? 0) === 0 ? 0 : Math.round((10000 * (converted[i] ?? 0)) / (entered[i] ?? 1)) / 100,
        ),
        days: indexes.map((i) => buckets[i]?.day ?? ""),
        labels: indexes.map((i) => buckets[i]?.label ?? ""),
      };
    });
}

function windowSeconds({ funnelsFilter: filter }: FunnelsJson): number {
  return (filter?.funnelWindowInterval ?? 14) * unitSeconds[filter?.funnelWindowIntervalUnit ?? "day"];
}

function walkEveryone(query: FunnelsJson, world: World): { value: string[]; walk: Walked }[] {
  const here = setting(query, world);
  const found: { value: string[]; walk: Walked }[] = [];
  for (const steps of stepsOfEveryone(here, () => 0)) {
    for (const { value, events, rules } of funnelsOf(here, steps, dropRepeats(steps))) {
      if (here.order !== "unordered") {
        const walk = walkOrdered(events, rules);
        if (walk !== null && walk.depth > 0) found.push({ value, walk });
        continue;
      }
      let best: readonly number[] = [];
      walkUnordered(
        events,
        rules,
        (completed, times) => {
          if (completed > best.length) best = times;
        },
        "once",
      );
      const reached = best.map((_, i) => i + 1);
      if (best.length > 0) found.push({ value, walk: { steps: reached, times: best, depth: best.length } });
    }
  }
  return found;
}

/** The funnels that a person enters: one for each breakdown value that counts. */
function funnelsOf(here: Setting, all: readonly Step[], kept: readonly Step[] = all) {
  const { query, columns, order } = here;
  const filter = query.funnelsFilter;
  const base: Rules = {
    steps: query.series.length,
    window: windowSeconds(query),
    strict: order === "strict",
    optional: query.series.flatMap((node, i) => (node.optionalInFunnel ? [i + 1] : [])),
    valueAt: null,
    value: "",
  };
  const plain = (value: string) => ({ value: JSON.parse(value) as string[], events: kept, rules: base });
  if (columns.length === 0) return [plain("[]")];
  const isBlank = (value: string) => (JSON.parse(value) as string[]).every((text) => text === "");
  const blank = JSON.stringify(columns.map(() => ""));
  const values = all.map(({ value }) => value);
  const type = filter?.breakdownAttributionType ?? "first_touch";
  if (type === "first_touch") return [plain(values.find((value) => !isBlank(value)) ?? blank)];
  if (type === "last_touch") {
    const lit = all.filter(({ value }) => !isBlank(value));
    const last = lit.at(-1)?.at;
    return [plain(lit.find(({ at }) => at === last)?.value ?? blank)];
  }
  if (type === "all_events") {
    return [...new Set(values)].map((value) => ({
      ...plain(value),
      events: kept.filter((event) => event.value === value),
    }));
  }
  const at = (filter?.breakdownAttributionValue ?? 0) + 1;
  const shown = all.filter(({ steps }) => order === "unordered" || steps.includes(at)).map(({ value }) => value);
  return [...new Set(shown)].map((value) => ({ ...plain(value), rules: { ...base, valueAt: at, value } }));
}

/** For each person, or session, the events that the funnel uses, in order. */
function stepsOfEveryone(here: Setting, period: (at: number) => number): Step[][] {
  const { query, world, from, to, order } = here;
  const firsts = query.series.map((node) => firstEvents(node, to, world));
  const people = new Map<string, { event: ReferenceEvent; index: number }[]>();
  world.events.forEach((event, index) => {
    if (event.at < from || event.at > to || !passesQuery(event, query, world)) return;
    const perSession = query.funnelsFilter?.funnelAggregateByHogQL === "properties.$session_id";
    const target = perSession ? sessionOf(event) : event.person;
    if (perSession && (target === "" || target === "null")) return;
    people.set(target, [...(people.get(target) ?? []), { event, index }]);
  });
  return [...people.values()].map((events) =>
    events
      .sort((a, b) => a.event.at - b.event.at || a.index - b.index)
      .map(
        ({ event }): Step => ({
          at: event.at / 1000,
          steps: query.series.flatMap((node, i) => (isStep(event, node, firsts[i] ?? null, world) ? [i + 1] : [])),
          excludes: query.series.flatMap((_, i) => (isExclusion(event, i, here) ? [i + 1] : [])),
          value: JSON.stringify(here.columns.map((key) => textValue(event, key, here))),
          period: period(event.at),
        }),
      )
      .filter(({ steps, excludes }) => order === "strict" || steps.length + excludes.length > 0),
  );
}

function textValue(event: ReferenceEvent, key: string, { query, world }: Setting): string {
  const of = query.breakdownFilter?.breakdown_type ?? "event";
  return typedText(rawOf(event, of, key), kindOf(world, of, key)) ?? "";
}

function isStep(event: ReferenceEvent, node: NodeJson, firsts: Set<ReferenceEvent> | null, world: World): boolean {
  if (node.event !== null && node.event !== event.event) return false;
  return passes(event, node.properties, world) && (firsts === null || firsts.has(event));
}

function isExclusion(event: ReferenceEvent, step: number, { query, world }: Setting): boolean {
  return (query.funnelsFilter?.exclusions ?? []).some(
    (one) => step > one.funnelFromStep && step <= one.funnelToStep && isStep(event, one, null, world),
  );
}

/** The first event of each person, for steps that require it. */
function firstEvents(node: NodeJson, to: number, world: World): Set<ReferenceEvent> | null {
  if (node.math !== "first_time_for_user" && node.math !== "first_time_for_user_with_filters") return null;
  const found = new Map<string, ReferenceEvent>();
  for (const event of world.events) {
    if (event.at > to || (node.event !== null && event.event !== node.event)) continue;
    if (node.math === "first_time_for_user_with_filters" && !passes(event, node.properties, world)) continue;
    const known = found.get(event.person);
    if (known === undefined || event.at < known.at) found.set(event.person, event);
  }
  return new Set(found.values());
}

function middle(numbers: readonly number[]): number | null {
  if (numbers.length === 0) return null;
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length / 2;
  const above = sorted[Math.floor(half)] ?? 0;
  return Number.isInteger(half) ? ((sorted[half - 1] ?? 0) + above) / 2 : above;
}
