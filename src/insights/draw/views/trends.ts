import * as z from "zod";
import { displayOf } from "../../../model/posthog/displays.ts";
import type { NumberFormat, Unit } from "../format.ts";
import { seriesMeaning, valueMeaning } from "./colours.ts";
import { breakdownProperty, seriesName, toneOf, valueName } from "./names.ts";
import { type TrendsItem, type TrendsResults, trendsResults } from "./results.ts";
import { type AnswerContext, unfinishedFrom } from "./unfinished.ts";
import type { BigNumber, Goal, Line, OverTime, Shares, Table, Totals, View } from "./view.ts";

const formats = [
  "numeric",
  "percentage",
  "percentage_scaled",
  "duration",
  "duration_ms",
  "short",
  "currency",
] as const satisfies NumberFormat[];

const looks = z
  .object({
    display: z.string().nullish(),
    aggregationAxisFormat: z.enum(formats).nullish().catch(null),
    aggregationAxisPrefix: z.string().nullish(),
    aggregationAxisPostfix: z.string().nullish(),
    goalLines: z.array(z.object({ label: z.string(), value: z.number() })).nullish(),
  })
  .nullish();

type Looks = z.output<typeof looks>;

/** What the picture needs of a trend's query. */
interface TrendsQueryFields {
  readonly trendsFilter?: unknown;
  readonly breakdownFilter?: unknown;
  readonly interval?: unknown;
}

/** @param source the query, which determines the shape of its answer */
export function trendsView(source: TrendsQueryFields, answer: { readonly results: unknown } & AnswerContext): View {
  const look = looks.parse(source.trendsFilter);
  const items = trendsResults.parse(answer.results);
  if (isEmpty(items)) return { kind: "words", text: "No events in this time.", isFailure: false };
  const view = displayOf(look?.display)?.view ?? "lines";
  switch (view) {
    case "number":
      return number(items, look);
    case "table":
      return table(items, look);
    case "totals":
      return totals(items, look);
    case "shares":
      return shares(items, look, source);
    default:
      return overTime(items, look, source, answer, view);
  }
}

/** A formula may well be 0 throughout, such as a share of failures; counts that are all 0 mean no data. */
function isEmpty(items: TrendsResults): boolean {
  const counted = items.every(({ action }) => action !== null && action !== undefined);
  return items.length === 0 || (counted && items.every((item) => numbersOf(item).every((value) => value === 0)));
}

function numbersOf({ data, aggregated_value: total }: TrendsItem): readonly number[] {
  return data && data.length > 0 ? data : [total ?? 0];
}

const totalOf = ({ aggregated_value: total }: TrendsItem) => total ?? 0;
const isEarlier = ({ compare_label: label }: TrendsItem) => label === "previous";

function unitOf(look: Looks): Unit {
  return {
    format: look?.aggregationAxisFormat ?? "numeric",
    prefix: look?.aggregationAxisPrefix ?? "",
    postfix: look?.aggregationAxisPostfix ?? "",
  };
}

const goalsOf = (look: Looks): readonly Goal[] => look?.goalLines ?? [];

/** More than one series or formula, so that their names must be shown. */
function hasSeveral(items: TrendsResults): boolean {
  return new Set(items.map(({ order }) => order)).size > 1;
}

function lineName(item: TrendsItem, several: boolean): string {
  const value = valueName(item.breakdown_value);
  const name = value === null ? seriesName(item) : several ? `${seriesName(item)} · ${value}` : value;
  return isEarlier(item) ? `${name} (before)` : name;
}

/** A line of the earlier period has the meaning of the current one. */
function lineMeaning(item: TrendsItem, several: boolean, { breakdownFilter }: TrendsQueryFields): string {
  const value = valueName(item.breakdown_value);
  if (value === null) return seriesMeaning(seriesName(item));
  return valueMeaning(breakdownProperty(breakdownFilter), value, several ? seriesName(item) : undefined);
}

/** Colours for a picture that stands alone: one for each meaning, in their order. */
function numbered<Part extends { readonly meaning: string }>(parts: readonly Part[]): (Part & { colour: number })[] {
  const meanings = [...new Set(parts.map(({ meaning }) => meaning))];
  return parts.map((part) => ({ ...part, colour: meanings.indexOf(part.meaning) }));
}

function overTime(
  items: TrendsResults,
  look: Looks,
  source: TrendsQueryFields,
  asked: AnswerContext,
  shape: OverTime["shape"],
): OverTime {
  const several = hasSeveral(items);
  const lines = items.map(
    (item): Omit<Line, "colour"> => ({
      name: lineName(item, several),
      meaning: lineMeaning(item, several, source),
      tone: toneOf(item.breakdown_value),
      series: item.order ?? 0,
      data: item.data ?? [],
      isEarlier: isEarlier(item),
    }),
  );
  const interval = typeof source.interval === "string" ? source.interval : "day";
  const current = items.find((item) => !isEarlier(item)) ?? items[0];
  const days = current?.days ?? [];
  const unfinished = unfinishedFrom(days, interval, asked);
  return {
    kind: "over time",
    shape,
    days,
    ...(unfinished === undefined ? {} : { unfinishedFrom: unfinished }),
    lines: numbered(lines),
    goals: goalsOf(look),
    unit: unitOf(look),
  };
}

function totals(items: TrendsResults, look: Looks): Totals {
  const { names, columns, cell } = crossed(items);
  return {
    kind: "totals",
    categories: names,
    series: numbered(
      columns.map((name) => ({
        name,
        meaning: seriesMeaning(name),
        values: names.map((category) => cell(category, name)),
      })),
    ),
    goals: goalsOf(look),
    unit: unitOf(look),
  };
}

function table(items: TrendsResults, look: Looks): Table {
  const { names, columns, cell } = crossed(items);
  return {
    kind: "table",
    columns: ["", ...columns],
    rows: names.map((name) => ({ name, values: columns.map((column) => cell(name, column)) })),
    unit: unitOf(look),
  };
}

/** Breakdown values as rows, series as columns; without a breakdown the series are the rows. */
function crossed(items: TrendsResults) {
  const isBrokenDown = items.some(({ breakdown_value: value }) => value !== null && value !== undefined);
  const rowOf = (item: TrendsItem) => (isBrokenDown ? (valueName(item.breakdown_value) ?? "") : seriesName(item));
  const columnOf = (item: TrendsItem) => {
    const name = isBrokenDown ? seriesName(item) : "Total";
    return isEarlier(item) ? `${name} (before)` : name;
  };
  const cells = new Map(items.map((item) => [JSON.stringify([rowOf(item), columnOf(item)]), totalOf(item)]));
  return {
    names: [...new Set(items.map(rowOf))],
    columns: [...new Set(items.map(columnOf))],
    cell: (name: string, column: string) => cells.get(JSON.stringify([name, column])) ?? null,
  };
}

function shares(items: TrendsResults, look: Looks, source: TrendsQueryFields): Shares {
  const several = hasSeveral(items);
  const slices = items
    .filter((item) => !isEarlier(item))
    .map((item) => ({
      name: lineName(item, several),
      meaning: lineMeaning(item, several, source),
      tone: toneOf(item.breakdown_value),
      value: totalOf(item),
    }));
  return { kind: "shares", slices: numbered(slices), unit: unitOf(look) };
}

function number(items: TrendsResults, look: Looks): BigNumber {
  const current = items.find((item) => !isEarlier(item));
  const earlier = items.find(isEarlier);
  return {
    kind: "number",
    name: current === undefined ? "" : seriesName(current),
    value: current === undefined ? 0 : totalOf(current),
    earlier: earlier === undefined ? null : totalOf(earlier),
    unit: unitOf(look),
  };
}
