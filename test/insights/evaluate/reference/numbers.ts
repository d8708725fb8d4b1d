import { bucketOf } from "./buckets.ts";
import { day, instantOf, midnight, second, wallOf } from "./clock.ts";
import type { Period, Shape } from "./period.ts";
import { numberOf, passes, passesQuery, rawOf, sessionOf } from "./properties.ts";
import type { NodeJson, ReferenceEvent, TrendsJson, World } from "./queries.ts";

/*
 * The number of each bucket, for the events of one line.
 */

function isOfSeries(event: ReferenceEvent, query: TrendsJson, node: NodeJson, world: World): boolean {
  return (
    (node.event === null || event.event === node.event) &&
    passesQuery(event, query, world) &&
    passes(event, node.properties, world)
  );
}

/** Events of the series in the range. */
export function selected(query: TrendsJson, node: NodeJson, period: Period, world: World): ReferenceEvent[] {
  return world.events.filter(
    (event) => event.at >= period.from && event.at <= period.to && isOfSeries(event, query, node, world),
  );
}

/** Events whose values can get a line. */
export function considered(
  query: TrendsJson,
  node: NodeJson,
  period: Period,
  shape: Shape,
  world: World,
): ReferenceEvent[] {
  const days = activeDays(node, query);
  if (days !== null) return active(query, node, period, shape, days, world);
  if (node.math?.startsWith("first_")) return firsts(query, node, period, world);
  return selected(query, node, period, world);
}

/** The numbers of all buckets, and whether each bucket has any events. */
export function numbersOf(
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
  if (math === "unique_session") return new Set(events.map(sessionOf)).size;
  if (math.endsWith("_count_per_actor")) {
    const times = new Map<string, number>();
    for (const { person } of events) times.set(person, (times.get(person) ?? 0) + 1);
    return statistic(math.replace("_count_per_actor", ""), [...times.values()]);
  }
  if (node.math_property === undefined) return events.length;
  const of = node.math_property_type === "person_properties" ? "person" : "event";
  const numbers = events.flatMap((event) => numberOf(rawOf(event, of, node.math_property ?? "")) ?? []);
  return statistic(
    math,
    numbers.map((number) => number * (node.math_multiplier ?? 1)),
  );
}

export function statistic(name: string, numbers: readonly number[]): number {
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

export function sum(numbers: readonly number[]): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
