import fc from "fast-check";
import { expect, test } from "vitest";
import { type Formula, parseFormula, seriesOf } from "../../../src/model/posthog/formula.ts";

const a: Formula = { type: "series", index: 0 };
const b: Formula = { type: "series", index: 1 };
const two: Formula = { type: "number", value: 2 };

const read = (text: string) => {
  const parsed = parseFormula(text);
  return "formula" in parsed ? parsed.formula : parsed.problem;
};

test("letters are series, whatever their case, and spaces do not count", () => {
  const ratio: Formula = {
    type: "operation",
    operator: "/",
    left: b,
    right: { type: "operation", operator: "+", left: a, right: b },
  };
  expect(read("B / (A + B)")).toEqual(ratio);
  expect(read("b/(a+b)")).toEqual(ratio);
});

test("operators bind as in Python", () => {
  const operation = (operator: "-" | "*" | "**", left: Formula, right: Formula): Formula => ({
    type: "operation",
    operator,
    left,
    right,
  });
  expect(read("A - B - 2")).toEqual(operation("-", operation("-", a, b), two));
  expect(read("A - B * 2")).toEqual(operation("-", a, operation("*", b, two)));
  expect(read("A ** B ** 2")).toEqual(operation("**", a, operation("**", b, two)));
  expect(read("-A ** 2")).toEqual({ type: "negated", operand: operation("**", a, two) });
  expect(read("2 ** -A")).toEqual(operation("**", two, { type: "negated", operand: a }));
  expect(read("A * -B")).toEqual(operation("*", a, { type: "negated", operand: b }));
  expect(read("+A")).toEqual(a);
});

test.each([
  ["", "is empty"],
  ["  ", "is empty"],
  ["B / (A + B", "ends too early"],
  ["A +", "ends too early"],
  ["A B", "goes wrong at B (part 2 of it)"],
  ["(A + B))", "goes wrong at ) (part 6 of it)"],
  ["A / / B", "goes wrong at / (part 3 of it)"],
  ["AB / A", "has AB: a series is one letter"],
  ["sum(A)", "has sum: a series is one letter"],
  ["A > B", "has >, which it cannot read"],
  ["A / 1.", "has ., which it cannot read"],
])("the formula '%s' %s", (text, problem) => {
  expect(read(text)).toBe(problem);
});

const formulas: fc.Arbitrary<Formula> = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 5 },
    fc.record({ type: fc.constant("series" as const), index: fc.nat(25) }),
    fc.record({ type: fc.constant("number" as const), value: fc.nat(1000).map((value) => value / 10) }),
    fc.record({ type: fc.constant("negated" as const), operand: tie("formula") }),
    fc.record({
      type: fc.constant("operation" as const),
      operator: fc.constantFrom("+", "-", "*", "/", "%", "**"),
      left: tie("formula"),
      right: tie("formula"),
    }),
  ),
})).formula;

const letter = (index: number) => String.fromCharCode(65 + index);

/** Writes a formula with parentheses around every part, so that no rule of binding is needed to read it again. */
const written = (formula: Formula): string => {
  if (formula.type === "series") return letter(formula.index);
  if (formula.type === "number") return String(formula.value);
  if (formula.type === "negated") return `(-${written(formula.operand)})`;
  return `(${written(formula.left)} ${formula.operator} ${written(formula.right)})`;
};

test("a formula that is written down is read as what it was", () => {
  fc.assert(
    fc.property(formulas, (formula) => {
      expect(read(written(formula))).toEqual(formula);
    }),
  );
});

test("the series of a formula are the letters in its text", () => {
  fc.assert(
    fc.property(formulas, (formula) => {
      const letters = [...new Set(written(formula).match(/[A-Z]/g) ?? [])].sort();
      expect(seriesOf(formula).map(letter)).toEqual(letters);
    }),
  );
});

test("any text gives a formula or a problem, never an exception", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[AB+\-*/%()0-9. ]*$/)), (text) => {
      expect(Object.keys(parseFormula(text))).toHaveLength(1);
    }),
  );
});
