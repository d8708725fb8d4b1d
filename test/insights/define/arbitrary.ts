import fc from "fast-check";
import { type EventName, events } from "../../../src/catalog/events.ts";
import type { InsightTile } from "../../../src/insights/define/definition.ts";
import {
  absent,
  atLeast,
  average,
  between,
  containing,
  count,
  funnel,
  lessThan,
  maximum,
  median,
  minimum,
  monthlyPeople,
  moreThan,
  newPeople,
  not,
  p75,
  p90,
  p95,
  p99,
  people,
  present,
  sessions,
  step,
  sum,
  timesPerPerson,
  timeToConvert,
  trend,
  weeklyPeople,
} from "../../../src/insights/define/index.ts";

/*
 * Tiles that the builders can create, with any options that they allow. The types accept literal options only; events
 * and properties are random here, so options are cast to the type that each builder takes.
 */

const tile = { title: "Title", reading: "Reading.", place: { column: 0, row: 0, width: 6, height: 5 } } as const;

const names = Object.keys(events) as EventName[];
const eventName = fc.constantFrom(...names);

const propertiesOf = (event: EventName) =>
  Object.entries(events[event].properties)
    .filter(([, { privacy }]) => privacy !== "forbidden")
    .map(([name, property]) => ({ name, isNumber: "unit" in property }));

const condition = (isNumber: boolean): fc.Arbitrary<unknown> =>
  isNumber
    ? fc.oneof(
        fc.nat(),
        fc.constantFrom(moreThan(3), lessThan(3), atLeast(2.5), between(1, 2), not(4), present, absent),
        fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
      )
    : fc.oneof(
        fc.string(),
        fc.boolean(),
        fc.constantFrom(not("a", "b"), not(true), containing("a"), present, absent),
        fc.array(fc.string(), { minLength: 1, maxLength: 3 }),
      );

/** Filters on some properties of some events. */
const where = (chosen: readonly EventName[]) => {
  const properties = chosen.flatMap(propertiesOf);
  const conditions = properties.map(({ name, isNumber }) => [name, condition(isNumber)] as const);
  return fc.record(Object.fromEntries(conditions), { requiredKeys: [] });
};

const optional = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

/** The record without the keys whose random value is undefined. */
const given = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc
    .record(fields)
    .map((drawn) => Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined)));

const lookingBack = fc.oneof(
  fc.constant({}),
  fc
    .tuple(fc.constantFrom("lastHours", "lastDays", "lastWeeks", "lastMonths"), fc.integer({ min: 1, max: 400 }))
    .map(([unit, length]) => ({ [unit]: length })),
  fc.constant({ since: "2026-11-01" }),
);

const counting = [count, people, weeklyPeople, monthlyPeople, newPeople, sessions, timesPerPerson];
const measuring = [sum, average, minimum, maximum, median, p75, p90, p95, p99];

const series = eventName.chain((event) =>
  given({ label: optional(fc.string({ minLength: 1 })), where: optional(where([event])) }).chain((options) => {
    const numbers = propertiesOf(event).filter(({ isNumber }) => isNumber);
    const counted = fc.constantFrom(...counting).map((make) => make(event, options as never));
    if (numbers.length === 0) return counted;
    const measured = fc
      .tuple(fc.constantFrom(...measuring), fc.constantFrom(...numbers))
      .map(([make, { name }]) => make(event, name as never, options as never));
    return fc.oneof(counted, measured);
  }),
);

const formulas = (seriesCount: number) => {
  const letter = fc.nat(seriesCount - 1).map((index) => String.fromCharCode(65 + index));
  const formula = fc
    .tuple(letter, fc.constantFrom("+", "-", "*", "/", "%", "**"), fc.oneof(letter, fc.constantFrom("2", "0.5")))
    .map(([left, operator, right]) => `(${left} ${operator} ${right}) * 100`);
  return fc.dictionary(fc.string({ minLength: 1 }), formula, { minKeys: 1, maxKeys: 3 });
};

const breakdowns = (chosen: readonly EventName[]) => {
  const properties = [...new Set(chosen.flatMap(propertiesOf).map(({ name }) => name))];
  if (properties.length === 0) return fc.constant(undefined);
  const one = fc.constantFrom(...properties);
  return optional(fc.oneof(one, fc.uniqueArray(one, { minLength: 1, maxLength: 3 })));
};

/** A trend of any series, formulas, filters, breakdowns, times and displays. */
export const anyTrend: fc.Arbitrary<InsightTile> = fc.array(series, { minLength: 1, maxLength: 4 }).chain((lines) => {
  const chosen = lines.map(({ event }) => event);
  const options = given({
    formulas: optional(formulas(lines.length)),
    where: optional(where(chosen)),
    breakdown: breakdowns(chosen),
    breakdownLimit: optional(fc.integer({ min: 1, max: 50 })),
    interval: optional(fc.constantFrom("minute", "hour", "day", "week", "month")),
    display: optional(
      fc.constantFrom(
        "line",
        "cumulative line",
        "area",
        "stacked bars",
        "bars",
        "total bars",
        "pie",
        "table",
        "number",
      ),
    ),
    comparedWith: optional(fc.constantFrom("period before", "week before", "month before", "year before")),
    unit: optional(fc.constantFrom("count", "share", "milliseconds", "seconds")),
    // From zero to the maximum of the unit, see below.
    goals: optional(
      fc.array(fc.record({ label: fc.string(), value: fc.nat(1000).map((thousandth) => thousandth / 1000) })),
    ),
  });
  const wholes: Readonly<Record<string, number>> = { share: 1, milliseconds: 100_000, seconds: 600 };
  return fc.tuple(options, lookingBack).map(([drawn, time]) => {
    const { goals, unit, ...rest } = drawn as { goals?: { label: string; value: number }[]; unit?: string };
    const whole = wholes[unit ?? "count"] ?? 10;
    const lying = goals?.map(({ label, value }) => ({ label, value: value * whole }));
    const options = { ...tile, ...time, ...rest, ...(unit && { unit }), ...(lying && { goals: lying }), series: lines };
    return trend(options as never);
  });
});

const funnelStep = eventName.chain((event) =>
  fc.oneof(
    fc.constant(event),
    given({ label: optional(fc.string({ minLength: 1 })), where: optional(where([event])) }).map((options) =>
      step(event, options as never),
    ),
  ),
);

const window = fc.oneof(
  fc.constant({}),
  fc
    .tuple(
      fc.constantFrom("windowMinutes", "windowHours", "windowDays", "windowWeeks"),
      fc.integer({ min: 1, max: 90 }),
    )
    .map(([unit, length]) => ({ [unit]: length })),
);

const steps = fc.array(funnelStep, { minLength: 2, maxLength: 5 }).map((all) => ({
  all,
  chosen: all.map((one) => (typeof one === "string" ? one : one.event)),
}));

/** An event that is no step, excluded from the first step to the last. */
const exclusions = (chosen: readonly EventName[]) =>
  fc
    .constantFrom(...names.filter((name) => !chosen.includes(name)))
    .map((event) => [{ event, afterStep: 0, beforeStep: chosen.length - 1 }]);

/** A funnel of any steps, windows, orders, exclusions, breakdowns and attributions. */
export const anyFunnel: fc.Arbitrary<InsightTile> = steps.chain(({ all, chosen }) => {
  const options = given({
    where: optional(where(chosen)),
    order: optional(fc.constantFrom("ordered", "strict", "unordered")),
    exclusions: optional(exclusions(chosen)),
    breakdown: breakdowns(chosen).map((breakdown) => (Array.isArray(breakdown) ? breakdown[0] : breakdown)),
    breakdownLimit: optional(fc.integer({ min: 1, max: 50 })),
    attribution: optional(fc.constantFrom("first touch", "last touch", "all events", { step: 0 })),
    layout: optional(fc.constantFrom("side by side", "below each other")),
  });
  return fc
    .tuple(options, lookingBack, window)
    .map(([drawn, time, within]) => funnel({ ...tile, ...time, ...within, ...drawn, steps: all } as never));
});

/** A time to convert between any steps. */
export const anyTimeToConvert: fc.Arbitrary<InsightTile> = steps.chain(({ all, chosen }) => {
  const options = given({
    where: optional(where(chosen)),
    order: optional(fc.constantFrom("ordered", "strict", "unordered")),
    exclusions: optional(exclusions(chosen)),
    fromStep: optional(fc.constant(0)),
    toStep: optional(fc.integer({ min: 1, max: chosen.length - 1 })),
    bins: optional(fc.integer({ min: 1, max: 90 })),
  });
  return fc
    .tuple(options, lookingBack, window)
    .map(([drawn, time, within]) => timeToConvert({ ...tile, ...time, ...within, ...drawn, steps: all } as never));
});

export const anyInsight: fc.Arbitrary<InsightTile> = fc.oneof(anyTrend, anyFunnel, anyTimeToConvert);
