import ts from "typescript";
import { text } from "../literal.ts";
import type { Speller } from "./speller.ts";

/**
 * `const { a, b: [c] } = value`, line by line.
 * @param of the expression whose type says what is taken apart
 */
export function destructure(
  pattern: ts.BindingPattern,
  value: string,
  of: ts.Node | undefined,
  to: Speller,
): undefined {
  const { context } = to;
  pattern.elements.forEach((element, index) => {
    if (ts.isOmittedExpression(element)) return;
    const { name, initializer } = element;
    let taken = ts.isArrayBindingPattern(pattern)
      ? `js.${element.dotDotDotToken ? "rest" : "item"}(${value}, ${index})`
      : property(pattern, element, value, of ?? pattern, to);
    if (initializer) {
      const temporary = context.names.fresh("v");
      context.line(`${temporary} = ${taken}`);
      taken = `(${temporary} if ${temporary} is not None else ${to.expression(initializer)})`;
    }
    if (ts.isIdentifier(name)) context.line(`${context.names.of(name)} = ${taken}`);
    else {
      const temporary = context.names.fresh("d");
      context.line(`${temporary} = ${taken}`);
      destructure(name, temporary, undefined, to);
    }
  });
}

function property(
  pattern: ts.ObjectBindingPattern,
  element: ts.BindingElement,
  value: string,
  of: ts.Node,
  to: Speller,
): string {
  const { name, propertyName, dotDotDotToken } = element;
  if (dotDotDotToken) {
    const others = pattern.elements
      .filter((other) => other !== element)
      .map((other) => text((other.propertyName ?? other.name).getText()));
    return `js.without(${value}, [${others.join(", ")}])`;
  }
  const key = propertyName ? propertyName.getText(to.context.source) : (name as ts.Identifier).text;
  const kind = to.context.kindOf(of);
  if (/^\d+$/.test(key)) return `js.item(${value}, ${key})`;
  if (kind === "match" && key === "index") return `${value}.index`;
  if (key === "length") return `len(${value})`;
  if (kind === "regexp") return `${value}.${key}`;
  return `js.get(${value}, ${text(key)})`;
}

/** `a = b`, `a += b`, `a ||= b`, `[a, b] = c` and `({ a, b } = c)`. */
export function assign(node: ts.BinaryExpression, to: Speller): undefined {
  const { context } = to;
  const { left, right, operatorToken } = node;
  const sign = operatorToken.getText(context.source);
  if (ts.isObjectLiteralExpression(left) || ts.isArrayLiteralExpression(left)) {
    const temporary = context.names.fresh("d");
    context.line(`${temporary} = ${to.expression(right)}`);
    if (ts.isArrayLiteralExpression(left)) {
      left.elements.forEach((element, index) => {
        context.line(`${target(element, to)} = js.item(${temporary}, ${index})`);
      });
      return;
    }
    for (const each of left.properties) {
      if (!ts.isShorthandPropertyAssignment(each)) return context.refuse(node, "this assignment");
      context.line(`${context.names.of(each.name)} = js.get(${temporary}, ${text(each.name.text)})`);
    }
    return;
  }
  const place = target(left, to);
  if (sign === "||=" || sign === "&&=" || sign === "??=") {
    const test =
      sign === "??=" ? `${place} is None` : sign === "||=" ? `not ${to.condition(left)}` : to.condition(left);
    context.line(`if ${test}:`);
    return context.block(() => context.line(`${place} = ${to.expression(right)}`));
  }
  const value = to.expression(right);
  if (sign === "+=" && context.kindOf(left) === "any") context.refuse(node, "this sum");
  context.line(`${place} ${sign} ${value}`);
}

function target(node: ts.Expression, to: Speller): string {
  if (ts.isPropertyAccessExpression(node) && to.context.kindOf(node.expression) === "regexp")
    return `${to.expression(node.expression)}.${node.name.text}`;
  if (ts.isPropertyAccessExpression(node)) return `${to.expression(node.expression)}[${text(node.name.text)}]`;
  if (ts.isElementAccessExpression(node))
    return `${to.expression(node.expression)}[${to.expression(node.argumentExpression)}]`;
  return to.expression(node);
}
