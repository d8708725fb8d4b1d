import { isWhole, type JsonObject, list, object } from "../json.ts";
import type { Refusal } from "./refusal.ts";

/*
 * What PostHog answers with 400 to a FunnelsQuery (products/product_analytics/backend/hogql_queries/funnels:
 * funnel_validation_rules.py, and get_query in funnel.py for the attribution).
 */

/** A step is a bit of an unsigned 32-bit number there, except over time. */
export const mostFunnelSteps = 32;

/** Everything that PostHog refuses in a funnel; empty for one that it answers. */
export function funnelRefusals(query: JsonObject): Refusal[] {
  const steps = list(query.series).map(object);
  const filter = object(query.funnelsFilter);
  const isTooLong = steps.length > mostFunnelSteps && filter.funnelVizType !== "trends";
  if (steps.length < 2 || isTooLong) {
    const has = steps.length === 1 ? "one step" : `${steps.length} steps`;
    const fix = `give it 2 to ${mostFunnelSteps} steps`;
    return [{ path: ["series"], problem: `the funnel has ${has}`, fix, value: steps.length }];
  }
  const last = steps.length - 1;
  return [
    ...rangeRefusals("the time is taken", ["funnelsFilter"], { from: 0, to: last, ...rangeOf(filter) }, last),
    ...list(filter.exclusions).flatMap((one, index) => exclusionRefusals(object(one), index, filter, steps)),
    ...optionalRefusals(filter, steps),
    ...attributionRefusals(filter, last),
  ];
}

interface Range {
  from: unknown;
  to: unknown;
}

/** The steps that are given; null and undefined mean the same. */
const rangeOf = ({ funnelFromStep, funnelToStep }: JsonObject): Partial<Range> => ({
  ...(funnelFromStep === undefined || funnelFromStep === null ? {} : { from: funnelFromStep }),
  ...(funnelToStep === undefined || funnelToStep === null ? {} : { to: funnelToStep }),
});

/** A step as a message names it: one that is not given, or is no number, has no number to show. */
const stepWords = (step: unknown): string => {
  if (step === undefined || step === null) return "a step that is not given";
  return typeof step === "number" ? `step ${step}` : `step ${JSON.stringify(step)}`;
};

function rangeRefusals(what: string, path: Refusal["path"], { from, to }: Range, last: number): Refusal[] {
  const refusals: Refusal[] = [];
  if (!isWhole(from, 0, last - 1)) {
    const fix = `begin at a step from 0 to ${last - 1}`;
    refusals.push({ path: [...path, "funnelFromStep"], problem: `${what} from ${stepWords(from)}`, fix, value: from });
  }
  if (!isWhole(to, 1, last)) {
    const fix = `end at a step from 1 to ${last}`;
    refusals.push({ path: [...path, "funnelToStep"], problem: `${what} to ${stepWords(to)}`, fix, value: to });
  }
  if (refusals.length === 0 && Number(from) >= Number(to)) {
    const fix = "begin at a step before the one it ends at";
    const problem = `${what} from step ${from} to step ${to}`;
    refusals.push({ path: [...path, "funnelFromStep"], problem, fix, value: from });
  }
  return refusals;
}

function exclusionRefusals(
  exclusion: JsonObject,
  index: number,
  { funnelOrderType }: JsonObject,
  steps: readonly JsonObject[],
): Refusal[] {
  const path = ["funnelsFilter", "exclusions", index];
  const last = steps.length - 1;
  // An exclusion has to say both of its steps.
  const { from, to }: Range = { from: undefined, to: undefined, ...rangeOf(exclusion) };
  const excluded = String(exclusion.event ?? "any event");
  const range = rangeRefusals(`people who do ${excluded} are excluded`, path, { from, to }, last);
  if (range.length > 0) return range;
  if (funnelOrderType === "unordered" && (from !== 0 || to !== last)) {
    const problem = "an unordered funnel cannot exclude between some of its steps";
    return [{ path, problem, fix: `exclude from step 0 to ${last}`, value: exclusion }];
  }
  if (!steps.slice(Number(from), Number(to) + 1).some((step) => takesAllOf(step, exclusion))) return [];
  const problem = `${excluded} is excluded between steps of which one takes all that is excluded`;
  const fix =
    "exclude an event that is none of these steps, or filter the step by something that the exclusion has not";
  return [{ path, problem, fix, value: exclusion }];
}

function optionalRefusals(filter: JsonObject, steps: readonly JsonObject[]): Refusal[] {
  const first = steps.findIndex(isOptional);
  if (first < 0) return [];
  const refusal = (index: number, problem: string, fix: string): Refusal[] => [
    { path: ["series", index], problem, fix, value: steps[index] },
  ];
  const isShownAsSteps = ["steps", "flow"].includes(String(filter.funnelVizType ?? "steps"));
  if (filter.funnelOrderType === "unordered" || !isShownAsSteps) {
    const problem = `step ${first} is optional, which needs an ordered or strict funnel that is shown as steps`;
    return refusal(first, problem, "make the step required, or show the funnel as steps in order");
  }
  if (first === 0) return refusal(0, "the first step is optional", "make it required, or begin with another step");
  return steps.flatMap((step, index) => {
    const next = steps[index + 1];
    if (!isOptional(step) || next === undefined || isOptional(next) || !takesAllOf(next, step)) return [];
    const problem = `step ${index} is optional, and the required step after it takes all of its events`;
    return refusal(index, problem, "leave it out, or filter the step after it");
  });
}

const isOptional = ({ optionalInFunnel }: JsonObject): boolean => optionalInFunnel === true;

function attributionRefusals(filter: JsonObject, last: number): Refusal[] {
  const { breakdownAttributionType: type, breakdownAttributionValue: step, funnelOrderType: order } = filter;
  if (type !== "step") return [];
  const path = ["funnelsFilter", "breakdownAttributionValue"];
  if (!isWhole(step, 0, last)) {
    const problem = `the breakdown takes its value from ${stepWords(step)}`;
    return [{ path, problem, fix: `take it from a step from 0 to ${last}`, value: step }];
  }
  if (order !== "unordered" || step === 0) return [];
  const problem = `the steps are unordered, there is no step ${step} to take the value from`;
  return [{ path, problem, fix: "use step 0", value: step }];
}

/**
 * Whether one series of a query takes every event that another takes, as far as PostHog looks: the same event or action,
 * and no filter that the other has not (posthog/hogql_queries/utils/entities.py, is_superset). Filters in another order or
 * written in another way can fool it; it is not meant to be clever.
 */
function takesAllOf(one: JsonObject, other: JsonObject): boolean {
  const { kind = "EventsNode" } = one;
  if (kind !== (other.kind ?? "EventsNode")) return false;
  if (kind === "EventsNode" && (one.event ?? null) !== (other.event ?? null)) return false;
  if (kind === "ActionsNode" && one.id !== other.id) return false;
  if (kind !== "EventsNode" && kind !== "ActionsNode") return false;
  return isWithin(one.properties, other.properties) && isWithin(one.fixedProperties, other.fixedProperties);
}

/** Each filter counts as often as it is there. */
function isWithin(some: unknown, all: unknown): boolean {
  const left = filtersOf(all);
  return filtersOf(some).every((filter) => {
    const index = left.indexOf(filter);
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
}

const filtersOf = (filters: unknown): string[] => list(filters).map(object).map(textOf).filter(Boolean);

/** A filter by what it means. What is left out stands for PostHog's default. */
function textOf(filter: JsonObject): string {
  if (Object.keys(filter).length === 0 || filter.type === "empty") return "";
  const { type = "event", key, operator = "exact", value = null } = filter;
  const hasOperator = type !== "hogql" && type !== "cohort";
  return JSON.stringify([type, key, ...(hasOperator ? [operator] : []), value]);
}
