import { isDeepStrictEqual } from "node:util";
import { isWhole, type JsonObject, list, object } from "./json.ts";
import { type Problem, problem } from "./problem.ts";

/** PostHog: products/product_analytics/backend/hogql_queries/funnels/funnel_validation_rules.py. */
const mostSteps = 32;

/** What is wrong with a FunnelsQuery as such: too few steps, step numbers that do not exist, a window of nothing. */
export function funnelProblems(query: JsonObject): Problem[] {
  const steps = list(query.series);
  if (steps.length < 2 || steps.length > mostSteps) {
    const has = steps.length === 1 ? "one step" : `${steps.length} steps`;
    return [problem(`the funnel has ${has}`, `give it 2 to ${mostSteps} steps`, steps.length)];
  }
  const filter = object(query.funnelsFilter);
  return [
    ...stepRangeProblems("the time is taken", filter, steps.length),
    ...list(filter.exclusions).flatMap((exclusion) => exclusionProblems(object(exclusion), filter, steps)),
    ...wholeNumberProblems(filter),
    ...breakdownProblems(object(query.breakdownFilter)),
    ...attributionProblems(filter, steps.length),
  ];
}

function stepRangeProblems(what: string, range: JsonObject, stepCount: number): Problem[] {
  const from = range.funnelFromStep ?? 0;
  const to = range.funnelToStep ?? stepCount - 1;
  const last = stepCount - 1;
  const problems: Problem[] = [];
  if (!isWhole(from, 0, last - 1)) {
    problems.push(problem(`${what} from step ${from}`, `begin at a step from 0 to ${last - 1}`, from));
  }
  if (!isWhole(to, 1, last)) problems.push(problem(`${what} to step ${to}`, `end at a step from 1 to ${last}`, to));
  if (problems.length === 0 && Number(from) >= Number(to)) {
    problems.push(
      problem(`${what} from step ${from} to step ${to}`, "begin at a step before the one it ends at", from),
    );
  }
  return problems;
}

function exclusionProblems(exclusion: JsonObject, filter: JsonObject, steps: readonly unknown[]): Problem[] {
  const { funnelFromStep: from, funnelToStep: to } = exclusion;
  const range = stepRangeProblems(`people who do ${exclusion.event} are excluded`, exclusion, steps.length);
  if (range.length > 0) return range;
  if (filter.funnelOrderType === "unordered" && (from !== 0 || to !== steps.length - 1)) {
    const fix = `exclude from step 0 to ${steps.length - 1}`;
    return [problem("an unordered funnel cannot exclude between some of its steps", fix, exclusion)];
  }
  const within = steps.slice(Number(from), Number(to) + 1).map(object);
  if (!within.some((step) => covers(exclusion, step))) return [];
  const fix = "exclude another event, or only some of its values";
  return [problem(`${exclusion.event} is a step and excluded at once, nobody could take it`, fix, exclusion)];
}

/** Whether the exclusion means every event that the step means. */
function covers(exclusion: JsonObject, step: JsonObject): boolean {
  const filters = list(exclusion.properties);
  return exclusion.event === step.event && (filters.length === 0 || isDeepStrictEqual(filters, list(step.properties)));
}

function wholeNumberProblems({ funnelWindowInterval: window, binCount: bins }: JsonObject): Problem[] {
  const problems: Problem[] = [];
  if (window !== undefined && window !== null && !isWhole(window, 1)) {
    problems.push(problem(`the window is ${window}`, "give people a whole number of days, hours, …", window));
  }
  if (bins !== undefined && bins !== null && !isWhole(bins, 1, 90)) {
    problems.push(problem(`the histogram has ${bins} bins`, "use 1 to 90, or leave it to PostHog", bins));
  }
  return problems;
}

function breakdownProblems({ breakdowns }: JsonObject): Problem[] {
  if (list(breakdowns).length === 0) return [];
  const fix = "use breakdownFilter.breakdown and breakdown_type";
  return [problem("PostHog's funnels do not read the list breakdowns", fix, breakdowns)];
}

function attributionProblems(filter: JsonObject, stepCount: number): Problem[] {
  const { breakdownAttributionType: type, breakdownAttributionValue: step, funnelOrderType: order } = filter;
  if (type !== "step") return [];
  if (!isWhole(step, 0, stepCount - 1)) {
    const fix = `take it from a step from 0 to ${stepCount - 1}`;
    return [problem(`the breakdown takes its value from step ${step}`, fix, step)];
  }
  if (order !== "unordered" || step === 0) return [];
  return [problem(`the steps are unordered, there is no step ${step} to take the value from`, "use step 0", step)];
}
