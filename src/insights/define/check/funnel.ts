import { funnelRefusals } from "../../../model/posthog/funnel-rules.ts";
import { isWhole, type JsonObject, list, object } from "./json.ts";
import { type Problem, problem } from "./problem.ts";

/** What is wrong with a FunnelsQuery itself: what PostHog refuses, and what it would interpret differently. */
export function funnelProblems(query: JsonObject): Problem[] {
  const refused = funnelRefusals(query).map(({ problem, fix, value }) => ({ problem, fix, value }));
  if (list(query.series).length < 2) return refused;
  return [
    ...refused,
    ...wholeNumberProblems(object(query.funnelsFilter)),
    ...breakdownProblems(object(query.breakdownFilter)),
  ];
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
