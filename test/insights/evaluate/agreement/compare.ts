import { expect } from "vitest";
import {
  type EvaluationContext,
  type EventTable,
  evaluate,
  isNotEvaluable,
  isQueryRejected,
  type QueryAnswer,
} from "../../../../src/insights/evaluate/index.ts";
import { referenceFunnel, referenceFunnelTrends, referenceTimeToConvert } from "../reference/funnels.ts";
import { referenceRange } from "../reference/period.ts";
import type { FunnelsJson, TrendsJson, World } from "../reference/queries.ts";
import { isTotal, referenceTrends } from "../reference/trends.ts";

/** "refused" is a valid result, too; the counts show that it is rare. */
export async function agree(
  table: EventTable,
  query: TrendsJson | FunnelsJson,
  world: World,
  context: EvaluationContext,
): Promise<"compared" | "refused"> {
  let answer: QueryAnswer;
  try {
    answer = await evaluate(table, query, context);
  } catch (error) {
    if (isNotEvaluable(error) || isQueryRejected(error)) return "refused";
    throw error;
  }
  const [shown, expected] = sides(answer, query, world);
  expect(rounded(shown), JSON.stringify(query)).toEqual(rounded(expected));
  const { date_from, date_to } = answer.resolved_date_range;
  const range = rangeOf(query, world);
  expect([date_from, date_to].map(Date.parse), JSON.stringify(query)).toEqual([range.from, range.to].map(Math.floor));
  return "compared";
}

function rangeOf(query: TrendsJson | FunnelsJson, world: World) {
  if (query.kind === "FunnelsQuery") return referenceRange(query, world);
  const names = query.series.map(({ event }) => event);
  return referenceRange(isTotal(query) ? { ...query, interval: "day" } : query, world, names);
}

function sides(answer: QueryAnswer, query: TrendsJson | FunnelsJson, world: World): [unknown, unknown] {
  if (query.kind === "TrendsQuery") {
    if (answer.kind !== "trends") throw new Error("not a trend");
    const expected = referenceTrends(query, world);
    const { formula, formulas, formulaNodes } = query.trendsFilter ?? {};
    const isSorted = (formula ?? formulas ?? formulaNodes) === undefined;
    const shown = answer.results.map(({ filter: _filter, action, compare: _compare, ...item }) => ({
      ...item,
      custom_name: action?.custom_name ?? null,
    }));
    return [
      { results: isSorted ? shown : byKey(shown), hasMore: answer.hasMore },
      { results: isSorted ? expected.results : byKey(expected.results), hasMore: expected.hasMore },
    ];
  }
  if (answer.kind === "time to convert") return [answer.results, referenceTimeToConvert(query, world)];
  if (answer.kind === "funnel trends") {
    const shown = answer.results.map(({ count, breakdown_value: value = [], ...item }) => ({ ...item, value, count }));
    return [shown, referenceFunnelTrends(query, world).map((item) => ({ ...item, count: item.data.length }))];
  }
  if (answer.kind !== "funnel steps") throw new Error("not a funnel");
  const isBrokenDown = query.breakdownFilter?.breakdown !== undefined;
  const lists = answer.results.length === 0 ? [] : isBrokenDown ? answer.results : [answer.results];
  const groups = (lists as (typeof answer.results)[number][][]).map((steps) => ({
    value: (steps as { breakdown_value?: readonly string[] }[])[0]?.breakdown_value ?? [],
    steps: (steps as unknown as Record<string, unknown>[]).map(
      ({ name, custom_name, count, average_conversion_time, median_conversion_time }) => ({
        name,
        custom_name,
        count,
        average_conversion_time,
        median_conversion_time,
      }),
    ),
  }));
  return [{ groups, totalMedian: answer.total_median_conversion_time }, referenceFunnel(query, world)];
}

/** Formulas over breakdowns have many ties; separate tests cover their order. */
function byKey<Item extends { order: number; breakdown_value?: unknown; compare_label?: unknown }>(
  items: readonly Item[],
): Item[] {
  const key = ({ order, breakdown_value, compare_label }: Item) =>
    JSON.stringify([order, breakdown_value, compare_label]);
  return [...items].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Floating-point sums differ slightly when the order of the terms differs. */
function rounded(value: unknown): unknown {
  if (typeof value === "number") return Math.abs(value) < 1e-9 ? 0 : Number(value.toPrecision(9));
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, rounded(one)]));
}
