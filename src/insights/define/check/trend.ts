import { formulasOf, parseFormula, seriesLetter, seriesOf } from "../../../model/posthog/formula.ts";
import { trendRefusals } from "../../../model/posthog/trend-rules.ts";
import { unitProblem } from "../unit.ts";
import { isBlank, type JsonObject, list, object } from "./json.ts";
import { type Problem, problem } from "./problem.ts";

/** What is wrong with a TrendsQuery itself: what PostHog refuses, and formulas that are invalid. */
export function trendProblems(query: JsonObject): Problem[] {
  const refused = trendRefusals(query).map(({ problem, fix, value }) => ({ problem, fix, value }));
  const { length } = list(query.series);
  if (length === 0) return refused;
  const filter = object(query.trendsFilter);
  return [
    ...refused,
    ...formulasOf(filter).flatMap((formula) => formulaProblems(formula, length)),
    ...list(filter.goalLines).flatMap((goal) => goalProblems(object(goal), filter.aggregationAxisFormat)),
  ];
}

/** A goal line that the values never come near, because it is in another unit. */
function goalProblems({ label, value }: JsonObject, format: unknown): Problem[] {
  const wrong = unitProblem(format, value);
  return wrong ? [problem(`the goal line "${label}" is at ${wrong.problem}`, wrong.fix, value)] : [];
}

function formulaProblems(text: unknown, seriesCount: number): Problem[] {
  if (isBlank(text)) return [problem("a formula is empty", "write it over the series, as in B / (A + B)", text)];
  const parsed = parseFormula(String(text));
  if ("problem" in parsed) {
    const fix = "use series letters, numbers, + - * / % ** and parentheses";
    return [problem(`the formula ${text} ${parsed.problem}`, fix, text)];
  }
  const letters = Array.from({ length: seriesCount }, (_, index) => seriesLetter(index));
  return seriesOf(parsed.formula)
    .filter((index) => index >= seriesCount)
    .map((index) =>
      problem(
        `the formula ${text} names series ${seriesLetter(index)}, there is only ${letters.join(", ")}`,
        `add the series, or calculate with ${letters.join(", ")}`,
        text,
      ),
    );
}
