import ts from "typescript";
import type { Kind } from "./kinds.ts";
import type { Speller } from "./speller.ts";

/** `a + b` and what else stands between two expressions, as an expression. */
export function binary(node: ts.BinaryExpression, to: Speller): string {
  const { left, right, operatorToken } = node;
  const sign = operatorToken.getText(to.context.source);
  switch (operatorToken.kind) {
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
      return equality(node, to, ["is", "=="]);
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
      return equality(node, to, ["is not", "!="]);
    case ts.SyntaxKind.QuestionQuestionToken: {
      const temporary = to.context.names.fresh("n");
      const value = to.expression(left);
      return `(${temporary} if (${temporary} := ${value}) is not None else ${to.expression(right)})`;
    }
    case ts.SyntaxKind.AmpersandAmpersandToken:
    case ts.SyntaxKind.BarBarToken:
      return choice(node, to);
    case ts.SyntaxKind.PlusToken:
      return sum(node, to);
    case ts.SyntaxKind.InKeyword:
      return `js.has(${to.expression(right)}, ${to.expression(left)})`;
    case ts.SyntaxKind.InstanceOfKeyword: {
      const test = { Error: "js.is_error", Date: "js.is_date" }[right.getText(to.context.source)];
      return test ? `${test}(${to.expression(left)})` : to.context.refuse(node, "this class");
    }
    case ts.SyntaxKind.EqualsToken:
      if (ts.isIdentifier(left)) return `(${to.context.names.of(left)} := ${to.expression(right)})`;
      return to.context.refuse(node, "this assignment");
    case ts.SyntaxKind.MinusToken:
    case ts.SyntaxKind.AsteriskToken:
    case ts.SyntaxKind.SlashToken:
    case ts.SyntaxKind.PercentToken:
    case ts.SyntaxKind.LessThanToken:
    case ts.SyntaxKind.LessThanEqualsToken:
    case ts.SyntaxKind.GreaterThanToken:
    case ts.SyntaxKind.GreaterThanEqualsToken:
    case ts.SyntaxKind.BarToken:
    case ts.SyntaxKind.AmpersandToken:
    case ts.SyntaxKind.GreaterThanGreaterThanToken:
    case ts.SyntaxKind.LessThanLessThanToken:
      return `(${to.expression(left)} ${sign} ${to.expression(right)})`;
    default:
      return to.context.refuse(node, `the sign ${sign}`);
  }
}

function equality({ left, right }: ts.BinaryExpression, to: Speller, [ofNone, ofOthers]: [string, string]): string {
  const other = to.expression(right);
  return `(${to.expression(left)} ${other === "None" ? ofNone : ofOthers} ${other})`;
}

/** `a && b`, `a || b`: one of the two values. */
function choice({ left, right, operatorToken }: ts.BinaryExpression, to: Speller): string {
  const isAnd = operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
  const kind = to.context.kindOf(left);
  if (["string", "number", "boolean"].includes(kind))
    return `(${to.expression(left)} ${isAnd ? "and" : "or"} ${to.expression(right)})`;
  const temporary = to.context.names.fresh("b");
  const test =
    kind === "any"
      ? `js.truthy(${temporary} := ${to.expression(left)})`
      : `(${temporary} := ${to.expression(left)}) is not None`;
  const other = to.expression(right);
  return isAnd ? `(${other} if ${test} else ${temporary})` : `(${temporary} if ${test} else ${other})`;
}

/** A text and another value are a text. */
function sum({ left, right }: ts.BinaryExpression, to: Speller): string {
  const [one, other] = [to.context.kindOf(left), to.context.kindOf(right)];
  const asText = one === "string" || other === "string";
  const side = (part: ts.Expression, kind: Kind) =>
    asText && kind !== "string" ? `js.string(${to.expression(part)})` : to.expression(part);
  return `(${side(left, one)} + ${side(right, other)})`;
}
