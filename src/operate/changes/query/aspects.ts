import { list, object } from "../../../insights/define/check/json.ts";
import { own } from "../../../model/json.ts";
import { queryDefaults } from "../../../model/posthog/defaults.ts";
import { sameJson } from "../../../resources/kernel/json.ts";
import { type Phrase, say } from "../../text/phrase.ts";
import { formulaWords, seriesWords, stepsWords } from "./series.ts";
import { breakdownWords, displayName, filterWords, formatName, rangeWords, spanWords, valueWords } from "./values.ts";

type QueryFields = Readonly<Record<string, unknown>>;

/** One aspect of a query, and how a change of it is described. */
export interface Aspect {
  /** The query's fields that this description covers completely. */
  readonly fields: readonly string[];
  readonly words: (before: QueryFields, after: QueryFields) => readonly Phrase[];
}

/** The default description: "window 14 d → 7 d". */
const fromTo = (what: string, fields: readonly string[], read: (source: QueryFields) => string): Aspect => ({
  fields,
  words: (before, after) => [say`${what} ${read(before)} → ${read(after)}`],
});

const funnels = (source: QueryFields): QueryFields => object(source.funnelsFilter);
const trends = (source: QueryFields): QueryFields => object(source.trendsFilter);
const funnelsField = (name: string): string => `funnelsFilter.${name}`;
const trendsField = (name: string): string => `trendsFilter.${name}`;

const windowFields = ["funnelWindowInterval", "funnelWindowIntervalUnit"].map(funnelsField);
const windowOf = (source: QueryFields): string =>
  spanWords(
    funnels(source).funnelWindowInterval ?? queryDefaults.funnelWindowInterval,
    funnels(source).funnelWindowIntervalUnit ?? queryDefaults.funnelWindowIntervalUnit,
  );

/** Ordered from the largest effect on the numbers to mere appearance. */
export const aspects: readonly Aspect[] = [
  {
    fields: ["series"],
    words: (before, after) =>
      after.kind === "FunnelsQuery"
        ? [say`steps ${stepsWords(before.series)} → ${stepsWords(after.series)}`]
        : seriesWords(before.series, after.series),
  },
  {
    fields: [trendsField("formulaNodes")],
    words: (before, after) => formulaWords(trends(before).formulaNodes, trends(after).formulaNodes),
  },
  fromTo("counts", ["properties"], ({ properties }) => filterWords(properties)),
  fromTo("window", windowFields, windowOf),
  fromTo("order of the steps", [funnelsField("funnelOrderType")], (source) =>
    valueWords(funnels(source).funnelOrderType ?? "ordered"),
  ),
  fromTo("leaves out whoever does", [funnelsField("exclusions")], (source) =>
    list(funnels(source).exclusions).length === 0
      ? "nothing in between"
      : list(funnels(source).exclusions)
          .map((one) => valueWords(object(one).event))
          .join(" or "),
  ),
  fromTo("from step", [funnelsField("funnelFromStep")], (source) =>
    stepNumber(funnels(source).funnelFromStep, "first"),
  ),
  fromTo("to step", [funnelsField("funnelToStep")], (source) => stepNumber(funnels(source).funnelToStep, "last")),
  fromTo("range", ["dateRange.date_from", "dateRange.date_to"], ({ dateRange }) => rangeWords(dateRange)),
  fromTo("one point per", ["interval"], ({ interval }) => valueWords(interval ?? "day")),
  fromTo(
    "broken down by",
    ["breakdownFilter.breakdowns", "breakdownFilter.breakdown", "breakdownFilter.breakdown_type"],
    ({ breakdownFilter }) => breakdownWords(breakdownFilter),
  ),
  fromTo("values shown", ["breakdownFilter.breakdown_limit"], ({ breakdownFilter }) =>
    valueWords(object(breakdownFilter).breakdown_limit ?? queryDefaults.breakdown_limit),
  ),
  fromTo(
    "a person with several values counts for the",
    [funnelsField("breakdownAttributionType"), funnelsField("breakdownAttributionValue")],
    (source) => valueWords(funnels(source).breakdownAttributionType ?? "first_touch").replaceAll("_", " "),
  ),
  fromTo("compared with", ["compareFilter"], ({ compareFilter }) => comparedWords(object(compareFilter))),
  fromTo("drawn as", [trendsField("display")], (source) => displayName(trends(source).display)),
  fromTo("shown as", [funnelsField("funnelVizType")], (source) =>
    valueWords(funnels(source).funnelVizType ?? "steps").replaceAll("_", " "),
  ),
  fromTo("values are", [trendsField("aggregationAxisFormat")], (source) =>
    formatName(trends(source).aggregationAxisFormat),
  ),
  fromTo("goal lines", [trendsField("goalLines")], (source) => goalWords(trends(source).goalLines)),
  fromTo("bars", [funnelsField("binCount")], (source) => valueWords(funnels(source).binCount ?? "as PostHog chooses")),
  fromTo("bars stand", [funnelsField("layout")], (source) =>
    funnels(source).layout === "horizontal" ? "below each other" : "side by side",
  ),
  fromTo("legend", [trendsField("showLegend")], (source) => (trends(source).showLegend ? "shown" : "hidden")),
  fromTo("decimal places", [trendsField("decimalPlaces")], (source) => valueWords(trends(source).decimalPlaces)),
  fromTo("internal and test users", ["filterTestAccounts"], ({ filterTestAccounts }) =>
    filterTestAccounts ? "left out" : "counted",
  ),
];

/** The aspects in which two queries of a kind differ. */
export const changedAspects = (before: QueryFields, after: QueryFields): Aspect[] =>
  aspects.filter(({ fields }) => fields.some((field) => !sameJson(at(before, field), at(after, field))));

const at = (source: QueryFields, field: string): unknown =>
  field.split(".").reduce<unknown>((value, key) => object(value)[key], source);

const stepNumber = (step: unknown, otherwise: string): string =>
  typeof step === "number" ? String(step + 1) : otherwise;

function comparedWords({ compare, compare_to: to }: QueryFields): string {
  if (!compare) return "nothing";
  const known: Readonly<Record<string, string>> = {
    "-1w": "the week before",
    "-1m": "the month before",
    "-1y": "the year before",
  };
  return to === undefined ? "the period before" : (own(known, String(to)) ?? valueWords(to));
}

const goalWords = (lines: unknown): string =>
  list(lines).length === 0
    ? "none"
    : list(lines)
        .map(object)
        .map(({ label, value }) => `${valueWords(label)} at ${valueWords(value)}`)
        .join(", ");
