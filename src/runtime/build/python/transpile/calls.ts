import ts from "typescript";
import { text } from "../literal.ts";
import { type MethodCall, methodOf } from "./methods.ts";
import { isBuiltIn } from "./names.ts";
import type { Speller } from "./speller.ts";

const staticCalls: Readonly<Record<string, string>> = {
  "Math.max": "js.largest",
  "Math.min": "js.smallest",
  "Math.floor": "js.floor",
  "Math.ceil": "js.ceil",
  "Math.round": "js.round_half_up",
  "Math.abs": "abs",
  "Math.log2": "js.log2",
  "Number.parseInt": "js.parse_int",
  "Number.isInteger": "js.is_integer",
  "Number.isNaN": "js.is_nan",
  "Number.isFinite": "js.is_finite",
  "String.fromCharCode": "js.from_char_code",
  "String.fromCodePoint": "js.from_code_point",
  "Object.entries": "js.entries",
  "Object.keys": "js.keys",
  "Object.values": "js.values",
  "Object.fromEntries": "dict",
  "Object.hasOwn": "js.has",
  "Array.isArray": "js.is_array",
  "Array.from": "list",
  "JSON.stringify": "js.json_text",
  "JSON.parse": "js.json_value",
};

export function construct(node: ts.NewExpression, to: Speller): string {
  const argument = node.arguments?.[0];
  switch (node.expression.getText(to.context.source)) {
    case "Set":
      return argument ? `set(${to.iterated(argument)})` : "set()";
    case "Map":
      return argument ? `dict(${to.iterated(argument)})` : "{}";
    default:
      return to.context.refuse(node, "this class");
  }
}

export function call(node: ts.CallExpression, to: Speller): string {
  const callee = node.expression;
  if (ts.isIdentifier(callee)) return `${to.context.names.of(callee)}(${args(node, to).join(", ")})`;
  if (!ts.isPropertyAccessExpression(callee)) return `${to.expression(callee)}(${args(node, to).join(", ")})`;
  const method = callee.name.text;
  const fixed = staticCalls[callee.getText(to.context.source)];
  if (fixed) return `${fixed}(${args(node, to).join(", ")})`;
  if (method === "subarray") return `js.slice(${[to.expression(callee.expression), ...args(node, to)].join(", ")})`;
  const kind = to.context.kindOf(callee.expression);
  if (kind === "object" || kind === "any") return ownFunction(node, callee, to);
  const base = to.expression(callee.expression);
  if (kind === "string" && (method === "replace" || method === "replaceAll")) return replacement(node, base, to);
  const spelled = methodOf(kind, method);
  return spelled ? spelled(methodCall(node, base, to)) : to.context.refuse(node, `${method} of a ${kind}`);
}

/** A function that an object of our own carries. */
function ownFunction(node: ts.CallExpression, callee: ts.PropertyAccessExpression, to: Speller): string {
  const { context } = to;
  const method = callee.name.text;
  const type = context.checker.getTypeAtLocation(callee.expression).symbol?.name ?? "";
  if (
    context.kindOf(callee.expression) !== "object" ||
    context.kindOf(callee) !== "function" ||
    ["next", "return", "hasOwnProperty"].includes(method) ||
    /Iterator|Generator/.test(type)
  )
    return context.refuse(node, `the call of ${method}`);
  return `js.get(${to.expression(callee.expression)}, ${text(method)})(${args(node, to).join(", ")})`;
}

function replacement(node: ts.CallExpression, base: string, to: Speller): string {
  const { context } = to;
  const callee = node.expression as ts.PropertyAccessExpression;
  const [first, second] = node.arguments;
  if (!first || !second) return context.refuse(node, `${callee.name.text} of a string`);
  const isFunction = context.kindOf(second) === "function";
  const what = to.expression(first);
  const by = to.expression(second);
  if (context.kindOf(first) === "regexp")
    return `js.replace(${base}, ${what}, ${by}, ${isFunction ? parametersOf(second, to) : 0})`;
  if (isFunction) return context.refuse(node, "this replacement");
  return `${base}.replace(${what}, ${by}${callee.name.text === "replace" ? ", 1" : ""})`;
}

function methodCall(node: ts.CallExpression, base: string, to: Speller): MethodCall {
  const first = node.arguments[0];
  const isKnownFunction = first && ts.isIdentifier(first) && isBuiltIn(first.text);
  return {
    base,
    args: args(node, to),
    hasSpread: node.arguments.some(ts.isSpreadElement),
    parameters: first && !isKnownFunction ? parametersOf(first, to) : 1,
  };
}

function parametersOf(argument: ts.Expression, to: Speller): number {
  if (ts.isArrowFunction(argument) || ts.isFunctionExpression(argument)) return argument.parameters.length;
  const signature = to.context.checker.getTypeAtLocation(argument).getCallSignatures()[0];
  return signature?.getParameters().length ?? 0;
}

const args = (node: ts.CallExpression, to: Speller): string[] =>
  node.arguments.map((argument) =>
    ts.isSpreadElement(argument) ? `*${to.iterated(argument.expression)}` : to.expression(argument),
  );
