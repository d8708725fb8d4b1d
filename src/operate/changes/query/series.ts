import { list, object } from "../../../insights/define/check/json.ts";
import { own } from "../../../model/json.ts";
import { sameJson } from "../../../resources/kernel/json.ts";
import { code, type Phrase, plain, say } from "../../text/phrase.ts";
import { filterWords, valueWords } from "./values.ts";

type Node = Readonly<Record<string, unknown>>;

const mathWords: Readonly<Record<string, string>> = {
  total: "count",
  dau: "people",
  weekly_active: "people within 7 days",
  monthly_active: "people within 30 days",
  unique_session: "sessions",
  first_time_for_user: "people for the first time",
  avg_count_per_actor: "times per person",
  avg: "average",
  median: "median",
  sum: "sum",
  min: "smallest",
  max: "largest",
};

/** Differences between the series of two trends. A series is identified by its label if it has one, else by its position. */
export function seriesWords(before: unknown, after: unknown): Phrase[] {
  const olds = list(before).map(object);
  const news = list(after).map(object);
  const partner = (node: Node, index: number, others: readonly Node[]): Node | undefined =>
    others.find((other) => sameJson(other, node)) ??
    others.find((other) => other.custom_name !== undefined && other.custom_name === node.custom_name) ??
    (olds.length === news.length ? others[index] : undefined);
  return [
    ...olds.filter((node, index) => !partner(node, index, news)).map((node) => say`no longer shows ${lineWords(node)}`),
    ...news.flatMap((node, index) => {
      const old = partner(node, index, olds);
      if (!old) return [say`shows ${lineWords(node)}, too`];
      if (sameJson(old, node)) return [];
      return [say`${lineWords(old)} → ${lineWords(node)}`];
    }),
    ...(isReordered(olds, news) ? [plain("the lines change places")] : []),
  ];
}

/** "*Sent*: count of `cadence.message_sent` where fallback is true". */
function lineWords(node: Node): Phrase {
  const { custom_name: label, event, math, math_property: property, properties } = node;
  const measure =
    math === undefined
      ? plain("")
      : say`${own(mathWords, String(math)) ?? valueWords(math)} of ${property === undefined ? "" : say`${code(String(property))} of `}`;
  const where = list(properties).length === 0 ? "" : ` ${filterWords(properties)}`;
  const counted = say`${measure}${code(valueWords(event ?? "any event"))}${where}`;
  return label === undefined ? counted : say`“${String(label)}” (${counted})`;
}

const isReordered = (olds: readonly Node[], news: readonly Node[]): boolean =>
  olds.length === news.length &&
  !sameJson(olds, news) &&
  olds.every((node) => news.some((other) => sameJson(other, node)));

/** Differences between two sets of formulas, by the label that the chart shows. */
export function formulaWords(before: unknown, after: unknown): Phrase[] {
  const byLabel = (formulas: unknown) =>
    new Map(
      list(formulas)
        .map(object)
        .map(({ formula, custom_name }) => [String(custom_name ?? formula), String(formula)]),
    );
  const [olds, news] = [byLabel(before), byLabel(after)];
  return [
    ...[...olds].filter(([label]) => !news.has(label)).map(([label]) => say`no longer calculates “${label}”`),
    ...[...news].flatMap(([label, formula]) => {
      const old = olds.get(label);
      if (old === undefined) return [say`calculates “${label}”: ${code(formula)}`];
      return old === formula ? [] : [say`“${label}”: ${code(old)} → ${code(formula)}`];
    }),
  ];
}

/** A funnel's steps in a row: "`a` › `b`". */
export const stepsWords = (series: unknown): string =>
  list(series)
    .map(object)
    .map(({ event, custom_name, math, properties }) => {
      const where = list(properties).length === 0 ? "" : ` ${filterWords(properties)}`;
      const first = math === "first_time_for_user" ? " (for the first time)" : "";
      return `${custom_name ?? event ?? "any event"}${first}${where}`;
    })
    .join(" › ");
