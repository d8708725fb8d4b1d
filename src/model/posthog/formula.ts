import { type JsonObject, list, object } from "../json.ts";

/*
 * Formulas over series, as PostHog reads them: letters for series, numbers, + - * / % **, parentheses
 * (PostHog: posthog/hogql_queries/utils/formula_ast.py). Operators bind as in Python, whose parser PostHog uses.
 */

export type Formula =
  | { readonly type: "number"; readonly value: number }
  /** `index` 0 is A. */
  | { readonly type: "series"; readonly index: number }
  | { readonly type: "negated"; readonly operand: Formula }
  | { readonly type: "operation"; readonly operator: Operator; readonly left: Formula; readonly right: Formula };

/** All formulas of a trend: PostHog reads formulaNodes, else formulas, else formula; all three are looked at. */
export function formulasOf(trendsFilter: JsonObject): unknown[] {
  const { formulaNodes, formulas, formula } = trendsFilter;
  const nodes = list(formulaNodes).map((node) => object(node).formula);
  return [...nodes, ...list(formulas), ...(formula === undefined || formula === null ? [] : [formula])];
}

export type Operator = "+" | "-" | "*" | "/" | "%" | "**";

export type ParsedFormula =
  | { readonly formula: Formula }
  /** What is wrong with the text, to be read after "the formula B / (A + B)". */
  | { readonly problem: string };

/** Reads a formula. Letters may be lower case. */
export function parseFormula(text: string): ParsedFormula {
  const tokens = text.match(/\s+|\d+(?:\.\d+)?|\*\*|[A-Za-z]+|[^\s]/g)?.filter((token) => token.trim() !== "") ?? [];
  const unreadable = tokens.find((token) => !/^(?:\d+(?:\.\d+)?|\*\*|[A-Za-z]|[-+*/%()])$/.test(token));
  if (unreadable !== undefined) {
    const isWord = /^[A-Za-z]+$/.test(unreadable);
    return {
      problem: isWord ? `has ${unreadable}: a series is one letter` : `has ${unreadable}, which it cannot read`,
    };
  }
  const reader = new FormulaReader(tokens);
  const formula = reader.sum();
  if (formula === undefined || !reader.isAtEnd) return { problem: reader.complaint };
  return { formula };
}

/** The series that a formula names, as indexes from 0, each once, in order. */
export function seriesOf(formula: Formula): number[] {
  const indexes = (part: Formula): number[] => {
    if (part.type === "series") return [part.index];
    if (part.type === "negated") return indexes(part.operand);
    return part.type === "operation" ? [...indexes(part.left), ...indexes(part.right)] : [];
  };
  return [...new Set(indexes(formula))].sort((a, b) => a - b);
}

/** The letter of a series: 0 is A. */
export function seriesLetter(index: number): string {
  return String.fromCharCode("A".charCodeAt(0) + index);
}

/** Recursive descent; each method returns undefined where the text does not go on as it should. */
class FormulaReader {
  #position = 0;
  readonly #tokens: readonly string[];

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#position === this.#tokens.length;
  }

  get complaint(): string {
    const token = this.#tokens[this.#position];
    if (this.#tokens.length === 0) return "is empty";
    return token === undefined ? "ends too early" : `goes wrong at ${token} (part ${this.#position + 1} of it)`;
  }

  sum(): Formula | undefined {
    return this.#leftToRight(["+", "-"], () => this.#product());
  }

  #product(): Formula | undefined {
    return this.#leftToRight(["*", "/", "%"], () => this.#signed());
  }

  /** -A ** 2 is -(A ** 2). */
  #signed(): Formula | undefined {
    const sign = this.#take("-", "+");
    if (sign === undefined) return this.#power();
    const operand = this.#signed();
    return operand === undefined || sign === "+" ? operand : { type: "negated", operand };
  }

  /** A ** B ** C is A ** (B ** C). */
  #power(): Formula | undefined {
    const left = this.#atom();
    if (left === undefined || this.#take("**") === undefined) return left;
    const right = this.#signed();
    return right && { type: "operation", operator: "**", left, right };
  }

  #atom(): Formula | undefined {
    if (this.#take("(") !== undefined) {
      const inner = this.sum();
      return inner !== undefined && this.#take(")") !== undefined ? inner : undefined;
    }
    const token = this.#tokens[this.#position] ?? "";
    if (/^\d/.test(token)) {
      this.#position += 1;
      return { type: "number", value: Number(token) };
    }
    if (/^[A-Za-z]$/.test(token)) {
      this.#position += 1;
      return { type: "series", index: token.toUpperCase().charCodeAt(0) - "A".charCodeAt(0) };
    }
    return undefined;
  }

  #leftToRight(operators: readonly Operator[], operand: () => Formula | undefined): Formula | undefined {
    let left = operand();
    while (left !== undefined) {
      const operator = this.#take(...operators);
      if (operator === undefined) return left;
      const right = operand();
      left = right && { type: "operation", operator, left, right };
    }
    return undefined;
  }

  #take<const Token extends string>(...wanted: readonly Token[]): Token | undefined {
    const token = wanted.find((one) => one === this.#tokens[this.#position]);
    if (token !== undefined) this.#position += 1;
    return token;
  }
}
