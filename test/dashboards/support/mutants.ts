import { parseFormula } from "../../../src/insights/define/formula.ts";
import type { EventsNode, FunnelsQuery, TrendsQuery } from "../../../src/insights/define/query.ts";
import { calculate } from "../../../src/insights/evaluate/trends/formula.ts";
import type { ChartTile } from "./shown.ts";

/** A tile with one mistake in it. */
export interface Mutant {
  /** What somebody did to it, e.g. "swaps A and B in B / (A + B)". */
  readonly mistake: string;
  readonly tile: ChartTile;
}

/** The mistakes that people make in a dashboard's file, each alone. Only such as change what is shown. */
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
    ["makes the window half as long", filter({ funnelWindowInterval: Math.ceil(window / 2) })],
    ["makes the window twice as long", filter({ funnelWindowInterval: window * 2 })],
    ["lets nothing happen between the steps", filter({ funnelOrderType: "strict" })],
    ["takes the steps in any order", filter({ funnelOrderType: "unordered" })],
    ...shorterRange(query),
  ];
}

function trendMistakes(query: TrendsQuery): Mistakes<TrendsQuery> {
  const { series, trendsFilter, breakdownFilter } = query;
  const formulas = trendsFilter?.formulaNodes ?? [];
  const mistakes: Mistakes<TrendsQuery> = [...shorterRange(query)];
  series.forEach((one, index) => {
    const changed = (node: EventsNode): TrendsQuery => ({ ...query, series: series.with(index, node) });
    const { properties, ...unfiltered } = one;
    if (properties) mistakes.push([`forgets the condition of series ${index + 1}`, changed(unfiltered)]);
    const wrongMath = wrongMaths[one.math ?? "total"];
    if (wrongMath) mistakes.push([`takes ${wrongMath} in series ${index + 1}`, changed({ ...one, math: wrongMath })]);
    const next = series[index + 1];
    if (next && !isSame(one, next)) {
      const swapped = series.with(index, renamed(next, one)).with(index + 1, renamed(one, next));
      mistakes.push([`swaps series ${index + 1} and ${index + 2}`, { ...query, series: swapped }]);
    }
  });
  formulas.forEach((node, index) => {
    for (const [one, other] of swappable.slice(0, series.length - 1)) {
      const swapped = new Map([
        [one, other],
        [other, one],
      ]);
      const formula = node.formula.replace(/[A-Z]/g, (letter) => swapped.get(letter) ?? letter);
      if (sampleOf(formula) === sampleOf(node.formula)) continue;
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
  }
  if (breakdownFilter?.breakdown_limit) {
    const { breakdown_limit: limit } = breakdownFilter;
    mistakes.push([
      "shows one value less",
      { ...query, breakdownFilter: { ...breakdownFilter, breakdown_limit: limit - 1 } },
    ]);
  }
  if (query.compareFilter) {
    const { compareFilter: _, ...alone } = query;
    mistakes.push(["compares with nothing", alone]);
  }
  if (!isTotal(query)) {
    mistakes.push([
      query.interval === "hour" ? "counts by the day" : "counts by the hour",
      { ...query, interval: query.interval === "hour" ? "day" : "hour" },
    ]);
  }
  return mistakes;
}

/** Neighbours: A and B with two series, also B and C with three. */
const swappable: readonly (readonly [string, string])[] = [
  ["A", "B"],
  ["B", "C"],
];

/** For numbers that hardly any other formula gives the same for: A - B - C is A - C - B. */
function sampleOf(text: string): number {
  const parsed = parseFormula(text);
  if ("problem" in parsed) throw new Error(`the formula ${text} ${parsed.problem}`);
  return calculate(parsed.formula, [17, 5, 3]);
}

/** What somebody would take by mistake, of a kind that gives another number where more than one thing happened. */
const wrongMaths: Readonly<Record<string, EventsNode["math"]>> = {
  total: "dau",
  dau: "total",
  weekly_active: "dau",
  median: "max",
  p90: "median",
  p99: "p90",
};

/** A day less: with a week instead of a month every test would notice. */
function shorterRange<Query extends TrendsQuery | FunnelsQuery>(query: Query): Mistakes<Query> {
  const days = Number(/^-(\d+)d$/.exec(query.dateRange?.date_from ?? "")?.[1]);
  if (Number.isNaN(days)) throw new Error("a mutant for this range is missing: add it to the mistakes");
  return [["looks back a day less", { ...query, dateRange: { date_from: `-${days - 1}d` } }]];
}

const isTotal = ({ trendsFilter }: TrendsQuery): boolean =>
  ["ActionsTable", "ActionsBarValue", "ActionsPie", "BoldNumber"].includes(trendsFilter?.display ?? "");

const isSame = (one: EventsNode, other: EventsNode): boolean =>
  JSON.stringify(renamed(one, other)) === JSON.stringify(other);

/** A series under the label of another one, so that only what it counts is swapped. */
function renamed({ custom_name: _, ...one }: EventsNode, { custom_name }: EventsNode): EventsNode {
  return { ...one, ...(custom_name === undefined ? {} : { custom_name }) };
}
