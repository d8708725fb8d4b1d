import { formulasOf, parseFormula, seriesLetter, seriesOf } from "../../../model/posthog/formula.ts";
import { trendRefusals } from "../../../model/posthog/trend-rules.ts";
import { isBlank, type JsonObject, list, object } from "./json.ts";
import { type Problem, problem } from "./problem.ts";

/** What is wrong with a TrendsQuery as such: what PostHog refuses, and formulas that do not work out. */
export function trendProblems(query: JsonObject): Problem[] {
  const refused = trendRefusals(query).map(({ problem, fix, value }) => ({ problem, fix, value }));
  const { length } = list(query.series);
  if (length === 0) return refused;
  return [...refused, ...formulasOf(object(query.trendsFilter)).flatMap((formula) => formulaProblems(formula, length))];
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
