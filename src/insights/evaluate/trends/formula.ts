import type { Formula, Operator } from "../../../model/posthog/formula.ts";
import { NotEvaluable } from "../errors.ts";

/*
 * Formulas as PostHog calculates them, with Python's rules: % takes the sign of the divisor, and a part that divides by
 * zero is 0 (PostHog: posthog/hogql_queries/utils/formula_ast.py).
 */

/** @param numbers of the series, starting with A. */
export function calculate(formula: Formula, numbers: readonly number[]): number {
  switch (formula.type) {
    case "number":
      return formula.value;
    case "series":
      return numbers[formula.index] ?? 0;
    case "negated":
      return -calculate(formula.operand, numbers);
    case "operation":
      return operate(formula.operator, calculate(formula.left, numbers), calculate(formula.right, numbers));
  }
}

function operate(operator: Operator, left: number, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return right === 0 ? 0 : left / right;
    case "%":
      return right === 0 ? 0 : modulo(left, right);
    case "**":
      return left === 0 && right < 0 ? 0 : power(left, right);
  }
}

function modulo(left: number, right: number): number {
  const rest = left % right;
  return rest !== 0 && rest < 0 !== right < 0 ? rest + right : rest;
}

function power(base: number, exponent: number): number {
  const result = base ** exponent;
  if (Number.isFinite(result)) return result;
  throw new NotEvaluable(`${base} ** ${exponent}`, "trendsFilter.formulaNodes", "the result is no finite number");
}
