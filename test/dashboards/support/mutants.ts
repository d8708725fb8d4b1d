import { type EventName, events } from "../../../src/catalog/events.ts";
import type { EventsNode, FunnelsQuery, PropertyOperator, TrendsQuery } from "../../../src/insights/define/query.ts";
import { calculate } from "../../../src/insights/evaluate/trends/formula.ts";
import type { ChartDisplay } from "../../../src/model/posthog/displays.ts";
import { parseFormula } from "../../../src/model/posthog/formula.ts";
import type { ChartTile } from "./shown.ts";

/** A tile with one mistake in it. */
export interface Mutant {
  /** The change that somebody made to it, e.g. "swaps A and B in B / (A + B)". */
  readonly mistake: string;
  readonly tile: ChartTile;
}

/** The mistakes that people make in a dashboard's file, one at a time, and only those that change the result. */
export function mutantsOf(tile: ChartTile): Mutant[] {
  const { source } = tile.query;
  const mistakes = source.kind === "FunnelsQuery" ? funnelMistakes(source) : trendMistakes(source);
  return mistakes.map(([mistake, changed]) => ({
    mistake,
    tile: { ...tile, query: { ...tile.query, source: changed } } as ChartTile,
  }));
}

type Mistakes<Query> = [mistake: string, query: Query][];

function funnelMistakes(query: FunnelsQuery): Mistakes<FunnelsQuery> {
  const { series, funnelsFilter } = query;
  const { funnelWindowInterval: window = 14 } = funnelsFilter;
  const filter = (change: Partial<FunnelsQuery["funnelsFilter"]>) => ({
    ...query,
    funnelsFilter: { ...funnelsFilter, ...change },
  });
  return [
    ["puts the steps in the opposite order", { ...query, series: series.toReversed() }],
    ...series.flatMap((one, index): Mistakes<FunnelsQuery> => {
      const changed = (node: EventsNode) => ({ ...query, series: series.with(index, node) });
      const { math, ...any } = one;
      return [
        ...siblingsOf(one).map((node): [string, FunnelsQuery] => [
          `takes ${node.event} for step ${index + 1}`,
          changed(node),
        ]),
        ...(math === undefined
          ? ([
              [`takes the first time only in step ${index + 1}`, changed({ ...one, math: "first_time_for_user" })],
            ] as const)
          : ([[`takes every time in step ${index + 1}`, changed(any)]] as const)
        ).map(([mistake, wrong]): [string, FunnelsQuery] => [mistake, wrong]),
        ...conditionMistakes(one, index, changed),
        ...(series.length > 2
          ? ([[`leaves out step ${index + 1}`, { ...query, series: series.toSpliced(index, 1) }]] as const)
          : []),
      ].map(([mistake, wrong]): [string, FunnelsQuery] => [mistake, wrong]);
    }),
    ["makes the window half as long", filter({ funnelWindowInterval: Math.ceil(window / 2) })],
    ["makes the window twice as long", filter({ funnelWindowInterval: window * 2 })],
    ["lets nothing happen between the steps", filter({ funnelOrderType: "strict" })],
    ["takes the steps in any order", filter({ funnelOrderType: "unordered" })],
    ...otherRanges(query),
  ];
}

/** Drops the condition of a step, makes an optional step required, or a required one optional. */
function conditionMistakes(
  { properties, optionalInFunnel, ...one }: EventsNode,
  index: number,
  changed: (node: EventsNode) => FunnelsQuery,
): [string, FunnelsQuery][] {
  const optional = optionalInFunnel ? { optionalInFunnel } : {};
  const conditions = properties ? { properties } : {};
  return [
    ...(properties ? [[`forgets the condition of step ${index + 1}`, changed({ ...one, ...optional })] as const] : []),
    ...(optionalInFunnel ? [[`needs step ${index + 1}`, changed({ ...one, ...conditions })] as const] : []),
  ].map(([mistake, wrong]): [string, FunnelsQuery] => [mistake, wrong]);
}

function trendMistakes(query: TrendsQuery): Mistakes<TrendsQuery> {
  const { series, trendsFilter, breakdownFilter } = query;
  const formulas = trendsFilter?.formulaNodes ?? [];
  const mistakes: Mistakes<TrendsQuery> = [...otherRanges(query), ...otherDisplays(query)];
  series.forEach((one, index) => {
    const changed = (node: EventsNode): TrendsQuery => ({ ...query, series: series.with(index, node) });
    const { properties, ...unfiltered } = one;
    if (properties) {
      mistakes.push([`forgets the condition of series ${index + 1}`, changed(unfiltered)]);
      const opposite = properties.map((filter) => ({
        ...filter,
        operator: opposites[filter.operator] ?? filter.operator,
      }));
      mistakes.push([`turns the condition of series ${index + 1} around`, changed({ ...one, properties: opposite })]);
    }
    for (const node of siblingsOf(one)) {
      if (isMeasurable(node)) mistakes.push([`counts ${node.event} in series ${index + 1}`, changed(node)]);
    }
    const wrongMath = wrongMaths[one.math ?? "total"];
    if (wrongMath) mistakes.push([`takes ${wrongMath} in series ${index + 1}`, changed({ ...one, math: wrongMath })]);
    const next = series[index + 1];
    if (next && !isSame(one, next)) {
      const swapped = series.with(index, renamed(next, one)).with(index + 1, renamed(one, next));
      mistakes.push([`swaps series ${index + 1} and ${index + 2}`, { ...query, series: swapped }]);
    }
  });
  formulas.forEach((node, index) => {
    for (const formula of wrongFormulas(node.formula, series.length)) {
      const formulaNodes = formulas.with(index, { ...node, formula });
      mistakes.push([
        `has ${formula} for ${node.formula}`,
        { ...query, trendsFilter: { ...trendsFilter, formulaNodes } },
      ]);
    }
  });
  if (breakdownFilter) {
    const { breakdownFilter: _, ...whole } = query;
    mistakes.push(["forgets the breakdown", whole]);
    for (const property of otherProperties(query)) {
      const breakdowns = [{ type: "event" as const, property }];
      mistakes.push([`breaks down by ${property}`, { ...query, breakdownFilter: { ...breakdownFilter, breakdowns } }]);
    }
  }
  if (breakdownFilter?.breakdown_limit) {
    const { breakdown_limit: limit } = breakdownFilter;
    for (const [mistake, breakdown_limit] of [
      ["shows one value less", limit - 1],
      ["shows one value more", limit + 1],
    ] as const) {
      mistakes.push([mistake, { ...query, breakdownFilter: { ...breakdownFilter, breakdown_limit } }]);
    }
  }
  if (query.compareFilter) {
    const { compareFilter: _, ...alone } = query;
    mistakes.push(["compares with nothing", alone]);
    mistakes.push(["compares with the week before", { ...query, compareFilter: { compare: true, compare_to: "-1w" } }]);
  }
  if (!isTotal(query)) {
    mistakes.push([
      query.interval === "hour" ? "counts by the day" : "counts by the hour",
      { ...query, interval: query.interval === "hour" ? "day" : "hour" },
    ]);
  }
  return mistakes;
}

/** The formula with two letters swapped, without its parentheses, or with one letter in their place. */
function wrongFormulas(formula: string, seriesCount: number): string[] {
  const letters = Array.from({ length: seriesCount }, (_, index) => String.fromCharCode(65 + index));
  const swapped = letters.flatMap((one, index) =>
    letters.slice(index + 1).map((other) => {
      const partners = new Map([
        [one, other],
        [other, one],
      ]);
      return formula.replace(/[A-Z]/g, (letter) => partners.get(letter) ?? letter);
    }),
  );
  const within = /\(.*\)/;
  const shortened = within.test(formula)
    ? [formula.replace(/[()]/g, ""), ...letters.map((letter) => formula.replace(within, letter))]
    : [];
  const wrong = [...swapped, ...shortened].filter((one) => sampleOf(one) !== sampleOf(formula));
  return [...new Set(wrong)];
}

/** Uses the other events of the same area, which are next to it in the editor's list. */
function siblingsOf(node: EventsNode): EventsNode[] {
  const area = node.event.split(".")[0];
  return Object.keys(events)
    .filter((event) => event.includes(".") && event.split(".")[0] === area && event !== node.event)
    .map((event) => ({ ...node, event }));
}

/** A mutant with a property that cannot be measured would not compile. */
function isMeasurable({ event, math_property: property, properties = [] }: EventsNode): boolean {
  const known = Object.keys(events[event as EventName].properties);
  return [property, ...properties.map(({ key }) => key)].every((key) => key === undefined || known.includes(key));
}

/** Properties that all series have, besides the one of the breakdown. */
function otherProperties({ series, breakdownFilter }: TrendsQuery): string[] {
  const used = breakdownFilter?.breakdowns?.map(({ property }) => property) ?? [];
  const [first = [], ...rest] = series.map(({ event }) => Object.keys(events[event as EventName].properties));
  return first.filter((name) => !used.includes(name) && rest.every((names) => names.includes(name)));
}

const opposites: Readonly<Partial<Record<PropertyOperator, PropertyOperator>>> = { exact: "is_not", is_not: "exact" };

/** Evaluates the formula with numbers that tell it apart from other formulas; A - B - C equals A - C - B. */
function sampleOf(text: string): number {
  const parsed = parseFormula(text);
  if ("problem" in parsed) throw new Error(`the formula ${text} ${parsed.problem}`);
  return calculate(parsed.formula, [17, 5, 3]);
}

/** The math that somebody would choose by mistake, and that gives another number where more than one event happened. */
const wrongMaths: Readonly<Record<string, EventsNode["math"]>> = {
  total: "dau",
  sum: "avg",
  avg: "max",
  dau: "total",
  weekly_active: "dau",
  median: "max",
  p90: "median",
  p99: "p90",
};

/** Shows numbers for the whole time instead of a line, or the reverse; or a running sum. */
function otherDisplays(query: TrendsQuery): Mistakes<TrendsQuery> {
  const shown = (mistake: string, display: ChartDisplay): [string, TrendsQuery] => [
    mistake,
    { ...query, trendsFilter: { ...query.trendsFilter, display } },
  ];
  return isTotal(query)
    ? [shown("shows each day", "ActionsLineGraph")]
    : [shown("shows the whole time as one number", "ActionsBarValue"), shown("adds up", "ActionsLineGraphCumulative")];
}

/** One day less or more: every test would notice a week instead of a month. */
function otherRanges<Query extends TrendsQuery | FunnelsQuery>(query: Query): Mistakes<Query> {
  const days = Number(/^-(\d+)d$/.exec(query.dateRange?.date_from ?? "")?.[1]);
  if (Number.isNaN(days)) throw new Error("a mutant for this range is missing: add it to the mistakes");
  return [
    ["looks back a day less", { ...query, dateRange: { date_from: `-${days - 1}d` } }],
    ["looks back a day more", { ...query, dateRange: { date_from: `-${days + 1}d` } }],
  ];
}

const isTotal = ({ trendsFilter }: TrendsQuery): boolean =>
  ["ActionsTable", "ActionsBarValue", "ActionsPie", "BoldNumber"].includes(trendsFilter?.display ?? "");

const isSame = (one: EventsNode, other: EventsNode): boolean =>
  JSON.stringify(renamed(one, other)) === JSON.stringify(other);

/** Puts another series under this one's label, so that only the counted event is swapped. */
function renamed({ custom_name: _, ...one }: EventsNode, { custom_name }: EventsNode): EventsNode {
  return { ...one, ...(custom_name === undefined ? {} : { custom_name }) };
}
