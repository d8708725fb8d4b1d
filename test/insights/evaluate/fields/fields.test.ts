import { afterAll, expect, test } from "vitest";
import { evaluate, isNotEvaluable, isQueryRejected, openEvents } from "../../../../src/insights/evaluate/index.ts";
import { at } from "../support.ts";
import { events, type FieldPlace, type Json, places } from "./places.ts";
import { definition, samples } from "./samples.ts";

/*
 * Every field of PostHog's query schema, and every value of its enumerations, either changes the answer, is refused by
 * its name, or is in this list of those that change no number. A new field of PostHog that the evaluator silently
 * ignores makes this test fail.
 */
const changesNoNumber: Readonly<Record<string, readonly string[]>> = {
  // Parts of the page around the chart.
  InsightVizNode: [
    "embedded",
    "full",
    "hidePersonsModal",
    "hideTooltipOnScroll",
    "showCorrelationTable",
    "showFilters",
    "showHeader",
    "showLastComputation",
    "showLastComputationRefresh",
    "showResults",
    "showTable",
    "suppressSessionAnalysisWarning",
    ...bookkeeping("version"),
    "vizSpecificOptions",
  ],
  TrendsQuery: ["dataColorTheme", "interval day", ...bookkeeping("response", "tags", "version")],
  // Axes, legends, colours and lines that the browser draws over the answer.
  TrendsFilter: [
    ...["numeric", "duration", "duration_ms", "percentage", "percentage_scaled", "currency", "short"].map(
      (format) => `aggregationAxisFormat ${format}`,
    ),
    "aggregationAxisPostfix",
    "aggregationAxisPrefix",
    "confidenceLevel",
    "decimalPlaces",
    ...["total", "average", "median"].map((column) => `detailedResultsAggregationType ${column}`),
    "excludeBoxPlotOutliers",
    "goalLines",
    "hiddenLegendIndexes",
    "minDecimalPlaces",
    "movingAverageIntervals",
    "resultCustomizationBy value",
    "resultCustomizationBy position",
    "resultCustomizations",
    "showAlertThresholdLines",
    "showConfidenceIntervals",
    "showLabelsOnSeries",
    "showLegend",
    "showMovingAverage",
    "showMultipleYAxes",
    "showPercentStackView",
    "showTrendLines",
    "showValuesOnSeries",
    "yAxisScaleType log10",
    "yAxisScaleType linear",
  ],
  EventsNode: ["optionalInFunnel", ...bookkeeping("response", "version")],
  BreakdownFilter: ["breakdown_type event"],
  Breakdown: ["type event"],
  EventPropertyFilter: ["label"],
  PersonPropertyFilter: ["label"],
  "a funnel's FunnelsQuery": ["dataColorTheme", "interval day", ...bookkeeping("response", "tags", "version")],
  "a funnel's FunnelsFilter": [
    "breakdownSorting",
    "customAggregationTarget",
    "funnelOrderType ordered",
    "funnelStepReference total",
    "funnelStepReference previous",
    "funnelWindowIntervalUnit day",
    "goalLines",
    "hiddenLegendBreakdowns",
    "layout horizontal",
    "layout vertical",
    "resultCustomizations",
    "showTrendLines",
    "showValuesOnSeries",
    // Every funnel uses UDFs today.
    "useUdf",
  ],
  // Funnels count people, whatever else the math of a step says (PostHog: …/funnels/funnel_event_query.py).
  "a funnel's EventsNode": [
    ...unreadMath("first_time_for_user", "first_time_for_user_with_filters"),
    ...bookkeeping("response", "version"),
  ],
  "a funnel's FunnelExclusionEventsNode": [
    // An exclusion is not shown.
    "custom_name",
    ...unreadMath("first_time_for_user", "first_time_for_user_with_filters"),
    "name",
    "optionalInFunnel",
    ...bookkeeping("response", "version"),
  ],
  "a funnel's BreakdownFilter": ["breakdown_hide_other_aggregation", "breakdown_type event"],
};

/** Fields that PostHog stores with a query and does not use in the computation. */
function bookkeeping(...fields: string[]): string[] {
  return fields;
}

/** The math of trends and its fields, without those that funnels read. */
function unreadMath(...read: string[]): string[] {
  const maths = samples(definition("Schemas.EventsNode").properties?.math ?? {}, "math").map(({ value }) => value);
  const unread = [...new Set(maths)].filter((math) => !read.includes(String(math))).map((math) => `math ${math}`);
  return [...unread, "math_multiplier", "math_property", "math_property_type"];
}

const table = openEvents({ threads: 1 }).then((opened) => {
  opened.append(events);
  return opened;
});
afterAll(async () => {
  await (await table).close();
});

const context = {
  now: new Date(at("2020-01-20")),
  testAccountFilters: [{ type: "event", key: "prop", operator: "lt", value: 20 }],
};

/** The answer to a query as text, or the message with which it is refused. */
async function ask(query: Json): Promise<{ readonly answer: string } | { readonly refusal: string }> {
  try {
    return { answer: JSON.stringify(await evaluate(await table, query, context)) };
  } catch (error) {
    if (isNotEvaluable(error)) return { refusal: `${error.feature} ${error.where}` };
    if (isQueryRejected(error)) return { refusal: error.message };
    throw error;
  }
}

const answers = new Map<string, ReturnType<typeof ask>>();

/** The query without the field is the same for each of its fields. */
function asked(query: Json): ReturnType<typeof ask> {
  const key = JSON.stringify(query);
  const answer = answers.get(key) ?? ask(query);
  answers.set(key, answer);
  return answer;
}

function withValue(query: unknown, [first, ...rest]: FieldPlace["path"], value: unknown): unknown {
  if (first === undefined) return value;
  if (Array.isArray(query)) return query.with(Number(first), withValue(query[Number(first)], rest, value));
  const object = query as Json;
  return { ...object, [first]: withValue(object[first], rest, value) };
}

type Effect = "counted" | "refused" | "nothing" | `refused for another reason: ${string}`;

async function effectOf(query: Json, path: FieldPlace["path"], value: unknown): Promise<Effect> {
  const [before, after] = [await asked(query), await asked(withValue(query, path, value) as Json)];
  if ("refusal" in before) throw new Error(`it is refused without the field, too: ${before.refusal}`);
  if ("answer" in after) return before.answer === after.answer ? "nothing" : "counted";
  const names = [path.at(-1), value].flat().map(String);
  return names.some((name) => after.refusal.includes(name))
    ? "refused"
    : `refused for another reason: ${after.refusal}`;
}

/** Fields, or the values of an enumeration, that have no effect; and other problems with them. */
async function unread({ definition: name, path, queries }: FieldPlace): Promise<string[]> {
  const found: string[] = [];
  const { properties = {} } = definition(`Schemas.${name}`);
  for (const [field, schema] of Object.entries(properties).filter(([, one]) => one.const === undefined)) {
    const effects = new Map<string, Set<Effect>>();
    for (const { value, isEnumerated } of samples(schema, field)) {
      const key = isEnumerated ? `${field} ${[value].flat().join()}` : field;
      const seen = effects.get(key) ?? new Set<Effect>();
      effects.set(key, seen);
      for (const query of queries) seen.add(await effectOf(query, [...path, field], value));
    }
    for (const [key, seen] of effects) {
      if (seen.has("counted") || seen.has("refused")) continue;
      found.push([key, ...[...seen].filter((effect) => effect !== "nothing")].join(": "));
    }
  }
  return found.sort();
}

test.each(
  places.map(
    (place) =>
      [`${(place.queries[0] as Json).kind === "FunnelsQuery" ? "a funnel's " : ""}${place.definition}`, place] as const,
  ),
)("%s", async (name, place) => {
  expect(await unread(place)).toEqual([...(changesNoNumber[name] ?? [])].sort());
});
