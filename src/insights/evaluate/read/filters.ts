import * as z from "zod";
import { own } from "../../../model/json.ts";
import { filterRefusal } from "../../../model/posthog/filter-rules.ts";
import { NotEvaluable, QueryRejected } from "../errors.ts";
import type { Filter, FilterValue, Operator, PropertyOf } from "../plan.ts";
import { harmless, parse, text, within } from "./parse.ts";

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const propertyFilter = z.strictObject({
  type: text,
  key: z.string(),
  operator: text,
  value: z.union([z.array(scalar), scalar]).nullish(),
  label: harmless,
});

const group = z.strictObject({ type: z.enum(["AND", "OR"]), values: z.array(z.unknown()) });

/** PostHog's synonyms and the operators that exist. */
const operators: Readonly<Record<string, Operator>> = {
  exact: "exact",
  in: "exact",
  is_not: "is_not",
  not_in: "is_not",
  icontains: "icontains",
  not_icontains: "not_icontains",
  regex: "regex",
  not_regex: "not_regex",
  gt: "gt",
  gte: "gte",
  min: "gte",
  lt: "lt",
  lte: "lte",
  max: "lte",
  between: "between",
  not_between: "not_between",
  is_set: "is_set",
  is_not_set: "is_not_set",
};

export const everything: Filter = { type: "all", filters: [] };

export function both(...filters: readonly Filter[]): Filter {
  return { type: "all", filters };
}

/** `properties` of a query or a series: a list in which all must match, or a group of AND and OR. */
export function readFilters(value: unknown, where: string): Filter {
  if (value === null || value === undefined) return everything;
  if (Array.isArray(value)) {
    return { type: "all", filters: value.map((one, index) => readFilter(one, within(where, [index]))) };
  }
  return readGroup(value, where);
}

function readFilter(value: unknown, where: string): Filter {
  if (typeof value === "object" && value !== null && "values" in value) return readGroup(value, where);
  return readPropertyFilter(value, where);
}

function readGroup(value: unknown, where: string): Filter {
  const { type, values } = parse(group, value, where);
  const filters = values.map((one, index) => readFilter(one, within(where, ["values", index])));
  // PostHog: an empty group is true, whether it is AND or OR.
  return filters.length === 0 ? everything : { type: type === "AND" ? "all" : "any", filters };
}

function readPropertyFilter(value: unknown, where: string): Filter {
  const of = ownerOf(value, where);
  const read = parse(propertyFilter, value, where);
  const written = read.operator ?? "exact";
  const operator = own(operators, written);
  if (operator === undefined) throw new NotEvaluable(`the operator ${written}`, within(where, ["operator"]));
  const base = { type: "property", of, key: read.key, operator, where } as const;
  if (operator === "is_set" || operator === "is_not_set") return { ...base, values: [] };
  if (read.value === null || read.value === undefined) {
    throw new NotEvaluable("a filter without a value", where, "PostHog leaves it out, depending on its version");
  }
  const values: readonly FilterValue[] = Array.isArray(read.value) ? read.value : [read.value];
  // PostHog: a filter with an empty list of values is ignored.
  if (values.length === 0) return everything;
  const refused = filterRefusal(read);
  if (refused) throw new QueryRejected(refused.problem, within(where, refused.path));
  return { ...base, values };
}

function ownerOf(value: unknown, where: string): PropertyOf {
  const type = typeof value === "object" && value !== null && "type" in value ? value.type : undefined;
  if (type === undefined || type === null || type === "event") return "event";
  if (type === "person") return "person";
  throw new NotEvaluable(`a ${String(type)} filter`, where);
}
