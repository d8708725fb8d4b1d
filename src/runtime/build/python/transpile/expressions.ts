import ts from "typescript";
import { text } from "../literal.ts";
import { call, construct } from "./calls.ts";
import type { ModuleContext } from "./context.ts";
import { binary } from "./operators.ts";
import type { Speller } from "./speller.ts";

type FunctionNode = ts.ArrowFunction | ts.FunctionExpression | ts.MethodDeclaration;

const constants: Readonly<Record<string, string>> = {
  "Number.POSITIVE_INFINITY": 'float("inf")',
  "Number.NEGATIVE_INFINITY": 'float("-inf")',
  "Number.NaN": 'float("nan")',
  "Number.MAX_SAFE_INTEGER": "9007199254740991",
};

export class Expressions implements Speller {
  readonly context: ModuleContext;
  /** A function within an expression is written before it, under a name. */
  readonly #writeFunction: (name: string, node: FunctionNode) => void;
  /** What a part of an optional chain has been given as its name, while the rest of the chain is written. */
  readonly #substitutes = new Map<ts.Node, string>();

  constructor(context: ModuleContext, writeFunction: (name: string, node: FunctionNode) => void) {
    this.context = context;
    this.#writeFunction = writeFunction;
  }

  condition(node: ts.Expression): string {
    if (ts.isParenthesizedExpression(node)) return `(${this.condition(node.expression)})`;
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
      return `(not ${this.condition(node.operand)})`;
    if (ts.isBinaryExpression(node)) {
      const kind = node.operatorToken.kind;
      if (kind === ts.SyntaxKind.AmpersandAmpersandToken)
        return `(${this.condition(node.left)} and ${this.condition(node.right)})`;
      if (kind === ts.SyntaxKind.BarBarToken) return `(${this.condition(node.left)} or ${this.condition(node.right)})`;
    }
    const value = this.expression(node);
    switch (this.context.kindOf(node)) {
      case "string":
      case "number":
      case "boolean":
        return value;
      case "any":
        return `js.truthy(${value})`;
      default:
        return `(${value} is not None)`;
    }
  }

  iterated(node: ts.Expression): string {
    const value = this.expression(node);
    const kind = this.context.kindOf(node);
    if (kind === "string") return `js.points(${value})`;
    if (kind === "map") return `list(${value}.items())`;
    return value;
  }

  expression(node: ts.Expression): string {
    const substitute = this.#substitutes.get(node);
    if (substitute !== undefined) return substitute;
    return isWholeChain(node) ? this.#chain(node) : this.#plain(node);
  }

  /** `a?.b.c`: nothing of the rest where a is missing. */
  #chain(node: ts.Expression): string {
    let at: ts.Expression = node;
    while (!(at as ts.PropertyAccessExpression).questionDotToken) at = (at as ts.PropertyAccessExpression).expression;
    const base = (at as ts.PropertyAccessExpression).expression;
    const temporary = this.context.names.fresh("c");
    const value = this.expression(base);
    this.#substitutes.set(base, temporary);
    const rest = this.#plain(node);
    this.#substitutes.delete(base);
    return `(None if (${temporary} := ${value}) is None else ${rest})`;
  }

  #plain(node: ts.Expression): string {
    if (ts.isParenthesizedExpression(node)) return `(${this.expression(node.expression)})`;
    if (ts.isAsExpression(node) || ts.isNonNullExpression(node) || ts.isSatisfiesExpression(node))
      return this.expression(node.expression);
    if (ts.isIdentifier(node)) return this.context.names.of(node);
    if (ts.isStringLiteralLike(node)) return text(node.text, true);
    if (ts.isNumericLiteral(node)) return String(Number(node.text.replaceAll("_", "")));
    if (node.kind === ts.SyntaxKind.TrueKeyword) return "True";
    if (node.kind === ts.SyntaxKind.FalseKeyword) return "False";
    if (node.kind === ts.SyntaxKind.NullKeyword) return "None";
    if (ts.isRegularExpressionLiteral(node)) return this.context.values.patternLiteral(node);
    if (ts.isTemplateExpression(node)) return this.#template(node);
    if (ts.isArrayLiteralExpression(node)) return this.#list(node.elements);
    if (ts.isObjectLiteralExpression(node)) return this.#object(node);
    if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return this.#named("f", node);
    if (ts.isConditionalExpression(node))
      return `(${this.expression(node.whenTrue)} if ${this.condition(node.condition)} else ${this.expression(node.whenFalse)})`;
    if (ts.isPrefixUnaryExpression(node)) {
      if (node.operator === ts.SyntaxKind.ExclamationToken) return `(not ${this.condition(node.operand)})`;
      if (node.operator === ts.SyntaxKind.MinusToken) return `(-${this.expression(node.operand)})`;
      this.context.refuse(node, "this sign");
    }
    if (ts.isBinaryExpression(node)) return binary(node, this);
    if (ts.isElementAccessExpression(node)) return this.#element(node);
    if (ts.isPropertyAccessExpression(node)) return this.#property(node);
    if (ts.isCallExpression(node)) return call(node, this);
    if (ts.isNewExpression(node)) return construct(node, this);
    if (ts.isYieldExpression(node)) return `(yield ${node.expression ? this.expression(node.expression) : ""})`;
    if (ts.isTypeOfExpression(node)) return `js.type_of(${this.expression(node.expression)})`;
    if (ts.isVoidExpression(node)) return this.expression(node.expression);
    return this.context.refuse(node, `a ${ts.SyntaxKind[node.kind]}`);
  }

  #named(what: string, node: FunctionNode): string {
    const name = this.context.names.fresh(what);
    this.#writeFunction(name, node);
    return name;
  }

  #template(node: ts.TemplateExpression): string {
    const parts = [text(node.head.text, true)];
    for (const span of node.templateSpans)
      parts.push(`js.string(${this.expression(span.expression)})`, text(span.literal.text, true));
    return `(${parts.filter((part) => part !== '""').join(" + ")})`;
  }

  #list(elements: readonly ts.Expression[]): string {
    const parts = elements.map((element) =>
      ts.isSpreadElement(element) ? `*${this.iterated(element.expression)}` : this.expression(element),
    );
    return `[${parts.join(", ")}]`;
  }

  #object(node: ts.ObjectLiteralExpression): string {
    const { source } = this.context;
    const parts = node.properties.map((property) => this.#entry(property));
    const absent = node.properties.filter(isAbsent).map(({ name }) => text(name.getText(source)));
    const present = `{${parts.filter((_, index) => !isAbsent(node.properties[index])).join(", ")}}`;
    return absent.length > 0 ? `js.without(${present}, [${absent.join(", ")}])` : present;
  }

  #entry(property: ts.ObjectLiteralElementLike): string {
    const { source, names } = this.context;
    if (ts.isSpreadAssignment(property)) return `**js.spread(${this.expression(property.expression)})`;
    if (ts.isShorthandPropertyAssignment(property)) return `${text(property.name.text)}: ${names.of(property.name)}`;
    if (ts.isMethodDeclaration(property)) {
      const name = this.#named("m", property);
      return `${text(property.name.getText(source))}: ${name}`;
    }
    if (!ts.isPropertyAssignment(property)) return this.context.refuse(property, "this property");
    const { name } = property;
    const key = ts.isComputedPropertyName(name)
      ? this.expression(name.expression)
      : text(ts.isStringLiteralLike(name) || ts.isIdentifier(name) ? name.text : name.getText(source));
    return `${key}: ${this.expression(property.initializer)}`;
  }

  #element(node: ts.ElementAccessExpression): string {
    const index = this.expression(node.argumentExpression);
    const base = this.expression(node.expression);
    switch (this.context.kindOf(node.expression)) {
      case "string":
        return `js.char(${base}, ${index})`;
      case "array":
      case "match":
        return `js.item(${base}, ${index})`;
      default:
        return `js.get(${base}, ${index})`;
    }
  }

  #property(node: ts.PropertyAccessExpression): string {
    const name = node.name.text;
    const constant = constants[node.getText(this.context.source)];
    if (constant) return constant;
    const base = this.expression(node.expression);
    const kind = this.context.kindOf(node.expression);
    if (name === "length" && (kind === "string" || kind === "array" || kind === "match")) return `len(${base})`;
    if (name === "size" && (kind === "map" || kind === "set")) return `len(${base})`;
    if (kind === "match" || kind === "regexp") return `${base}.${name}`;
    if (kind === "object" || kind === "any") return `js.get(${base}, ${text(name)})`;
    return this.context.refuse(node, `${name} of a ${kind}`);
  }
}

/** An optional chain, and not a part of a longer one that ends with the same `?.`. */
function isWholeChain(node: ts.Node): boolean {
  if (!ts.isOptionalChain(node)) return false;
  const { parent } = node;
  return !(
    parent &&
    ts.isOptionalChain(parent) &&
    parent.expression === node &&
    !("questionDotToken" in parent && parent.questionDotToken)
  );
}

/** `{ …all, arguments: undefined }`: all but one. */
const isAbsent = (property: ts.Node | undefined): property is ts.PropertyAssignment =>
  property !== undefined &&
  ts.isPropertyAssignment(property) &&
  ts.isIdentifier(property.initializer) &&
  property.initializer.text === "undefined";
