import type { Interval } from "../../../insights/define/query.ts";
import { axisFormats } from "../../../insights/define/trend.ts";
import { displaysByWord } from "../../../model/posthog/displays.ts";
import { seriesLetter } from "../../../model/posthog/formula.ts";
import type { Json, JsonObject } from "../../../resources/kernel/json.ts";
import { type Code, json, list, object } from "./code.ts";
import { fields, items, number, type Reader, wordFor, words } from "./reader.ts";
import { eventsOf, seriesCode } from "./series.ts";
import { timeCode } from "./time.ts";
import { whereCode } from "./where.ts";

const compared = { "week before": "-1w", "month before": "-1m", "year before": "-1y" } as const;

const intervals = ["minute", "hour", "day", "week", "month"] as const satisfies readonly Interval[];

/** A TrendsQuery as the options of `trend`. Whatever they miss is found by comparing the query that they make with the live one. */
export function trendCode(source: JsonObject, reader: Reader): Record<string, Code | undefined> {
  const nodes = items(source.series);
  const events = eventsOf(nodes, reader);
  const filter = fields(source.trendsFilter);
  const series = nodes.flatMap((node) => seriesCode(node, reader) ?? []);
  const formulas = formulasCode(items(filter.formulaNodes), series.length, reader);
  const breakdown = breakdownCode(fields(source.breakdownFilter), events, reader);
  const comparedWith = comparedCode(fields(source.compareFilter));
  const lines = items(filter.formulaNodes).length || series.length;
  const hasSeveralLines = lines > 1 || breakdown.breakdown !== undefined || comparedWith !== undefined;
  const hasLegend = filter.showLegend === true;
  return {
    series: list(series),
    formulas,
    where: whereCode(source.properties, events, reader),
    ...breakdown,
    comparedWith,
    interval: unless(
      "day",
      intervals.find((one) => one === source.interval),
    ),
    ...timeCode(fields(source.dateRange), reader),
    display: unless("line", wordFor(displaysByWord, filter.display)),
    unit: unless("count", wordFor(axisFormats, filter.aggregationAxisFormat)),
    goals: goalsCode(items(filter.goalLines)),
    legend: hasLegend === hasSeveralLines ? undefined : json(hasLegend),
  };
}

const unless = (usual: string, word: string | undefined): Code | undefined =>
  word === undefined || word === usual ? undefined : json(word);

/** The type checker reads formulas character by character, so a long one cannot be written. */
const longestFormula = 200;

function formulasCode(nodes: readonly Json[], seriesCount: number, reader: Reader): Code | undefined {
  if (nodes.length === 0) return undefined;
  const lastLetter = seriesLetter(Math.max(0, seriesCount - 1));
  const readable = new RegExp(`^[A-${lastLetter}a-${lastLetter.toLowerCase()}0-9 +*/%().-]{1,${longestFormula}}$`);
  const entries = nodes.map(fields).flatMap(({ formula, custom_name }) => {
    const label = words(custom_name);
    if (label === undefined) return reader.cannot(`the formula ${String(formula)} has no name`) ?? [];
    if (typeof formula !== "string" || !readable.test(formula))
      return reader.cannot(`the formula ${String(formula)}`) ?? [];
    return [{ key: label, code: json(formula) }];
  });
  const labels = entries.map(({ key }) => key);
  if (new Set(labels).size < labels.length) return reader.cannot("two formulas of one name");
  return object(entries);
}

function breakdownCode(
  { breakdowns, breakdown, breakdown_limit }: JsonObject,
  events: readonly string[],
  reader: Reader,
): Record<"breakdown" | "breakdownLimit", Code | undefined> {
  const all = items(breakdowns).map(fields);
  const properties = all.map(({ property }) => String(property));
  if (breakdown !== undefined && breakdown !== null)
    reader.cannot("a breakdown in the form of older versions of PostHog");
  for (const { type = "event", property } of all) {
    if (type !== "event") reader.cannot(`a breakdown by ${String(type)} (${String(property)})`);
    else if (!reader.names.hasProperty(events, String(property))) {
      reader.cannot(`the breakdown by ${String(property)}: the catalog has no such property`);
    }
  }
  const [single] = properties;
  const limit = number(breakdown_limit);
  return {
    breakdown: single === undefined ? undefined : json(properties.length === 1 ? single : properties),
    breakdownLimit: single === undefined || limit === undefined ? undefined : json(limit),
  };
}

function comparedCode({ compare, compare_to }: JsonObject): Code | undefined {
  if (compare !== true) return undefined;
  if (compare_to === undefined || compare_to === null) return json("period before");
  const word = wordFor(compared, compare_to);
  return word === undefined ? undefined : json(word);
}

function goalsCode(goals: readonly Json[]): Code | undefined {
  const known = goals
    .map(fields)
    .flatMap(({ label, value }) =>
      typeof label === "string" && typeof value === "number" ? [json({ label, value })] : [],
    );
  return known.length === 0 ? undefined : list(known);
}
