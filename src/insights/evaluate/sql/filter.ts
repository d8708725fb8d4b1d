import { NotEvaluable, QueryRejected } from "../errors.ts";
import type { Filter, FilterValue, PropertyFilter } from "../plan.ts";
import { isOfType, type PropertyType } from "../table/property-types.ts";
import { allOf, anyOf, sqlText } from "./literal.ts";
import { type PropertyKnowledge, rawText, readableType, typedText } from "./property.ts";

/*
 * Filters on properties: always true or false, also where the property is missing (PostHog:
 * posthog/hogql/transforms/clickhouse_null_semantics.py).
 */

/** SQL for a filter: true or false for every row, never NULL. */
export function filterSql(filter: Filter, known: PropertyKnowledge): string {
  if (filter.type !== "property") {
    const parts = filter.filters.map((one) => filterSql(one, known));
    return filter.type === "all" ? allOf(parts) : anyOf(parts);
  }
  const type = typeFor(filter, known);
  return condition(filter, rawText(filter, known), type);
}

/**
 * SQL for conditions on which PostHog's deployments disagree: whether an empty text counts as missing. Each is true
 * when the filter's result depends on that, and then nothing may be counted.
 */
export function emptyTextDoubts(
  filter: PropertyFilter,
  known: PropertyKnowledge,
): { readonly sql: string; readonly filter: PropertyFilter }[] {
  if (!known.wasEverEmpty(filter.of, filter.key)) return [];
  const type = typeFor(filter, known);
  const sql = `(${condition(filter, "''", type)}) <> (${condition(filter, "CAST(NULL AS VARCHAR)", type)})`;
  return [{ sql, filter }];
}

const comparing: readonly PropertyFilter["operator"][] = ["exact", "is_not", "gt", "gte", "lt", "lte"];

/**
 * The type that the filter reads the property as. A type detected from one of several texts is a guess, and is dropped
 * when the filter compares with a text of another type: without a definition PostHog reads texts.
 */
function typeFor(filter: PropertyFilter, known: PropertyKnowledge): ReturnType<typeof readableType> {
  const { of, key, operator, values } = filter;
  const type = known.propertyType(of, key);
  const isGuess = type !== undefined && known.isTypeGuess(of, key) && comparing.includes(operator);
  const isText = values.every((value) => typeof value === "string");
  if (isGuess && isText && values.some((value) => !isOfType(String(value), type))) return undefined;
  return readableType(filter, known);
}

function condition(filter: PropertyFilter, raw: string, type: PropertyType | undefined): string {
  const { operator } = filter;
  switch (operator) {
    case "is_set":
      return `(${typedText(raw, type)}) IS NOT NULL`;
    case "is_not_set":
      return `(${typedText(raw, type)}) IS NULL`;
    case "exact":
      return equals(filter, raw, type);
    case "is_not":
      return `NOT ${equals(filter, raw, type)}`;
    case "icontains":
      return contains(filter, raw, type);
    case "not_icontains":
      return `NOT ${contains(filter, raw, type)}`;
    case "regex":
      return matches(filter, raw, type);
    case "not_regex":
      return `NOT ${matches(filter, raw, type)}`;
    default:
      return compares(filter, raw, type);
  }
}

function equals(filter: PropertyFilter, raw: string, type: PropertyType | undefined): string {
  const subject = comparable(raw, type);
  const constants = filter.values.map((value) => constant(value, type, filter));
  return `coalesce(${subject} IN (${constants.join(", ")}), FALSE)`;
}

function contains(filter: PropertyFilter, raw: string, type: PropertyType | undefined): string {
  const patterns = filter.values.map((value) => {
    if (String(value).includes("\\")) throw new NotEvaluable("a backslash in a text to search for", filter.where);
    return `coalesce((${typedText(raw, type)}) ILIKE ${sqlText(`%${value}%`)}, FALSE)`;
  });
  return anyOf(patterns);
}

function matches(filter: PropertyFilter, raw: string, type: PropertyType | undefined): string {
  // ClickHouse lets a dot match a line break.
  return anyOf(
    filter.values.map(
      (value) => `coalesce(regexp_matches(${typedText(raw, type)}, ${sqlText(String(value))}, 's'), FALSE)`,
    ),
  );
}

const comparisons = { gt: ">", gte: ">=", lt: "<", lte: "<=" } as const;

function compares(filter: PropertyFilter, raw: string, type: PropertyType | undefined): string {
  const { operator, values, where } = filter;
  if (type === "Boolean") throw new NotEvaluable(`${operator} on a property that is true or false`, where);
  const [from, to] = values.map((value) => constant(value, type, filter));
  const subject = comparable(raw, type);
  if (operator === "between" || operator === "not_between") {
    if (type !== "Numeric") throw new NotEvaluable(`${operator} on a property that is not a number`, where);
    if (Number(values[0]) > Number(values[1])) throw new QueryRejected("the range ends before it begins", where);
    const isWithin = `${subject} BETWEEN ${from} AND ${to}`;
    return `coalesce(${operator === "between" ? isWithin : `NOT (${isWithin})`}, FALSE)`;
  }
  return `coalesce(${subject} ${comparisons[operator as keyof typeof comparisons]} ${from}, FALSE)`;
}

function comparable(raw: string, type: PropertyType | undefined): string {
  // True and false are compared as texts: the result is the same, and the JSON is read once.
  return type === "Numeric" ? `to_number(${raw})` : raw;
}

/** The value in SQL, of the property's type. ClickHouse fails or casts where the two do not fit: refused here. */
function constant(value: FilterValue, type: PropertyType | undefined, { key, where, values }: PropertyFilter): string {
  switch (type) {
    case "Numeric":
      if (typeof value !== "boolean" && isOfType(String(value), type)) {
        return `CAST(${Number(value)} AS DOUBLE)`;
      }
      throw new NotEvaluable(`${key} compared with ${JSON.stringify(value)}`, where, "the property is a number");
    case "Boolean":
      if (values.length === 1 && isOfType(String(value), type)) return sqlText(String(value));
      throw new NotEvaluable(`${key} compared with ${JSON.stringify(values)}`, where, "the property is true or false");
    default:
      if (typeof value === "number" || (typeof value === "boolean" && values.length > 1)) {
        throw new NotEvaluable(`${key} compared with ${JSON.stringify(value)}`, where, "the property is a text");
      }
      return sqlText(String(value));
  }
}
