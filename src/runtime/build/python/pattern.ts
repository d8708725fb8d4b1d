import regexpTree from "regexp-tree";
import type { Char, Expression as KnownExpression, AstNode as KnownNode } from "regexp-tree/ast";
import {
  type CaseFolding,
  complement,
  digits,
  folded,
  highestCodePoint,
  jsSpace,
  propertyRanges,
  type Ranges,
  union,
  wordCharacters,
} from "./character-ranges.ts";
import { inClass, pairsOf, rangesInClass, spelledCode } from "./character-spelling.ts";

/*
 * A regular expression of JavaScript as one of Python's `re` that finds the same. Texts are taken as UTF-16 code units, a
 * character beyond the basic plane being two, as in JavaScript. What `re` cannot say is an error here, never a guess.
 */

/** The pattern for `re.compile`, and whether ASCII letters match in both cases. `re.ASCII` always goes with it. */
export interface PythonPattern {
  /** Parts of a raw source: texts, and names of sets in charsets.py. */
  readonly parts: readonly (string | { readonly set: string })[];
  readonly ignoreCase: boolean;
}

/** What regexp-tree's own types leave out. */
interface UnicodeProperty {
  readonly type: "UnicodeProperty";
  readonly name: string;
  readonly value: string;
  readonly negative: boolean;
  readonly shorthand: boolean;
  readonly binary: boolean;
}
type AstNode = KnownNode | UnicodeProperty;
type Expression = KnownExpression | UnicodeProperty;

const lineEnds = "\\n\\r\\u2028\\u2029";

/** Sets of a Unicode property, which are long, by the name that they get in charsets.py. */
export class CharacterSets {
  readonly #names = new Map<string, string>();

  nameOf(text: string): string {
    const known = this.#names.get(text);
    if (known) return known;
    const name = `SET_${this.#names.size + 1}`;
    this.#names.set(text, name);
    return name;
  }

  entries(): [name: string, text: string][] {
    return [...this.#names].map(([text, name]) => [name, text]);
  }
}

export function pythonPattern(pattern: RegExp, sets: CharacterSets): PythonPattern {
  const { source, flags } = pattern;
  const unicode = flags.includes("u");
  const expands = flags.includes("i") && (unicode || !isAscii(source));
  const context: Context = {
    source,
    sets,
    unicode,
    dotAll: flags.includes("s"),
    lines: flags.includes("m"),
    fold: expands ? (unicode ? "iu" : "i") : undefined,
  };
  const { body } = regexpTree.parse(`/${source}/${flags.replace(/[dvy]/g, "")}`);
  const parts: (string | { set: string })[] = [];
  for (const piece of body ? emit(body, context) : []) {
    const last = parts.at(-1);
    if (typeof piece === "string" && typeof last === "string") parts[parts.length - 1] = last + piece;
    else parts.push(piece);
  }
  return { parts, ignoreCase: flags.includes("i") && !expands };
}

const isAscii = (text: string) => /^[\0-\x7f]*$/.test(text) && !/\\u(?!00[0-7])/.test(text);

type Piece = string | { set: string };

interface Context {
  readonly source: string;
  readonly sets: CharacterSets;
  readonly unicode: boolean;
  readonly dotAll: boolean;
  readonly lines: boolean;
  readonly fold: CaseFolding | undefined;
}

function refuse({ source }: Context, why: string): never {
  throw new Error(`/${source}/ cannot be said in Python's re: ${why}. Write it in another way.`);
}

function emit(node: Expression, context: Context): Piece[] {
  switch (node.type) {
    case "Alternative":
      return node.expressions.flatMap((expression) => emit(expression, context));
    case "Disjunction":
      return [...(node.left ? emit(node.left, context) : []), "|", ...(node.right ? emit(node.right, context) : [])];
    case "Group": {
      const inner = node.expression ? emit(node.expression, context) : [];
      if (!node.capturing) return ["(?:", ...inner, ")"];
      return [node.name ? `(?P<${node.name}>` : "(", ...inner, ")"];
    }
    case "Backreference":
      return [node.kind === "name" ? `(?P=${node.reference})` : `(?:\\${node.number})`];
    case "Repetition": {
      const { kind, greedy } = node.quantifier;
      const { from, to } = node.quantifier as { from?: number; to?: number };
      const sign = kind === "Range" ? (from === to ? `{${from}}` : `{${from},${to ?? ""}}`) : kind;
      const unbounded = kind === "*" || kind === "+" || (kind === "Range" && to === undefined && (from ?? 0) < 2);
      const isOne = ["Char", "CharacterClass", "UnicodeProperty"].includes(node.expression.type);
      const inner = isOne && unbounded ? one(node.expression, context, true) : emit(node.expression, context);
      return [...inner, `${sign}${greedy ? "" : "?"}`];
    }
    case "Assertion":
      return assertion(node, context);
    case "Char":
    case "CharacterClass":
    case "UnicodeProperty":
      return one(node, context, false);
    default:
      return refuse(context, `it has a ${(node as AstNode).type}`);
  }
}

function assertion(node: Extract<Expression, { type: "Assertion" }>, context: Context): Piece[] {
  switch (node.kind) {
    case "^":
      return [context.lines ? `(?<![^${lineEnds}])` : "\\A"];
    case "$":
      return [context.lines ? `(?![^${lineEnds}])` : "\\Z"];
    case "\\b":
    case "\\B":
      return [node.kind];
    case "Lookahead":
      return [node.negative ? "(?!" : "(?=", ...(node.assertion ? emit(node.assertion, context) : []), ")"];
    default: {
      if (node.kind !== "Lookbehind") return refuse(context, `it has ${(node as { kind: string }).kind}`);
      const ways = node.assertion ? alternativesOf(node.assertion).flatMap((way) => fixedWays(way, context)) : [];
      // Python looks back by a fixed number of characters: each way by itself.
      const each = ways.map((way): Piece[] => [node.negative ? "(?<!" : "(?<=", ...way, ")"]);
      if (node.negative || each.length === 1) return each.flat();
      return ["(?:", ...each.flatMap((way, index): Piece[] => (index === 0 ? way : ["|", ...way])), ")"];
    }
  }
}

function alternativesOf(node: Expression): Expression[] {
  if (node.type === "Disjunction")
    return [node.left, node.right].flatMap((side) =>
      side ? alternativesOf(side) : [{ type: "Alternative", expressions: [] } as Expression],
    );
  if (node.type === "Group" && !node.capturing && node.expression?.type === "Disjunction")
    return alternativesOf(node.expression);
  return [node];
}

/** The ways to match a part of a lookbehind, each of a fixed width. */
function fixedWays(node: Expression, context: Context): Piece[][] {
  switch (node.type) {
    case "Alternative":
      return node.expressions.reduce<Piece[][]>(
        (ways, part) => ways.flatMap((way) => fixedWays(part, context).map((next) => [...way, ...next])),
        [[]],
      );
    case "Group": {
      if (node.capturing) return refuse(context, "a lookbehind has a group");
      return node.expression ? alternativesOf(node.expression).flatMap((way) => fixedWays(way, context)) : [[]];
    }
    case "Char":
    case "CharacterClass":
    case "UnicodeProperty":
      return splitSet(node, context);
    case "Repetition": {
      const { kind } = node.quantifier;
      const { from, to } = node.quantifier as { from?: number; to?: number };
      const [least, atMost] = kind === "Range" ? [from ?? 0, to] : kind === "?" ? [0, 1] : [0, undefined];
      if (atMost === undefined || atMost - least > 8) return refuse(context, "a lookbehind has no bound");
      const ways = fixedWays(node.expression, context);
      if (ways.length > 1) return refuse(context, "a lookbehind repeats different widths");
      return Array.from({ length: atMost - least + 1 }, (_, index) =>
        Array.from({ length: least + index }, () => ways[0] ?? []).flat(),
      );
    }
    case "Assertion":
      return [assertion(node, context)];
    default:
      return refuse(context, `a lookbehind has a ${node.type}`);
  }
}

/** A character or a class. @param loose half a pair may match, which is the same where it is repeated without bound */
function one(node: AstNode, context: Context, loose: boolean): Piece[] {
  const simple = spelled(node, context);
  if (simple !== undefined && !(context.unicode && isNegative(node) && !loose)) return [simple];
  if (simple !== undefined) return [`(?:[\\ud800-\\udbff][\\udc00-\\udfff]|${simple})`];
  const ways = splitSet(node, context);
  if (ways.length === 1) return ways[0] ?? [];
  return ["(?:", ...ways.toReversed().flatMap((way, index): Piece[] => (index === 0 ? way : ["|", ...way])), ")"];
}

const isNegative = (node: AstNode): boolean =>
  (node.type === "CharacterClass" && node.negative === true) ||
  (node.type === "Char" && node.kind === "meta" && /^(?:\\[SWD]|\.)$/.test(node.value));

/** The class as it was written, where Python's means the same. */
function spelled(node: AstNode, context: Context): string | undefined {
  if (node.type === "Char" && node.kind === "meta" && node.value === ".")
    return context.dotAll ? "[\\x00-\\uffff]" : `[^${lineEnds}]`;
  if (context.fold) return undefined;
  if (node.type === "Char") {
    const inner = spelledIn(node);
    return inner === undefined || node.kind === "meta" ? inner && `[${inner}]` : outside(node);
  }
  if (node.type !== "CharacterClass") return undefined;
  const inner = node.expressions?.map(spelledIn) ?? [];
  if (inner.includes(undefined)) return undefined;
  if (inner.length === 0) return node.negative ? "[\\x00-\\uffff]" : "(?!)";
  return `[${node.negative ? "^" : ""}${inner.join("")}]`;
}

function spelledIn(node: AstNode): string | undefined {
  if (node.type === "ClassRange") {
    if (codeOf(node.to) > 0xffff) return undefined;
    return `${inClass(codeOf(node.from))}-${inClass(codeOf(node.to))}`;
  }
  if (node.type !== "Char") return undefined;
  if (node.kind === "meta") {
    if (/^\\[dwDW]$/.test(node.value)) return node.value;
    if (node.value === "\\s") return rangesInClass(jsSpace);
    if (/^\\[SB]$/.test(node.value) || node.value === ".") return undefined;
    if (node.value === "\\b") return "\\x08";
  }
  const code = codeOf(node);
  return code > 0xffff ? undefined : inClass(code);
}

const outside = (node: Char): string => {
  const code = codeOf(node);
  return /[\w ,:;@"'<>=!~`%/]/.test(String.fromCharCode(code)) && code < 0x80
    ? String.fromCharCode(code)
    : spelledCode(code);
};

function codeOf(node: AstNode): number {
  if (node.type !== "Char") throw new Error(`not a character: ${node.type}`);
  if (node.codePoint !== undefined && !Number.isNaN(node.codePoint)) return node.codePoint;
  throw new Error(`not a character: ${node.value}`);
}

/** What a character or class matches, by one unit and by two. */
function splitSet(node: AstNode, context: Context): Piece[][] {
  const ranges = rangesOf(node, context);
  const [plain, pairs] = [ranges.filter(([from]) => from <= 0xffff), ranges.filter(([, to]) => to > 0xffff)];
  const ways: Piece[][] = [];
  const set = rangesInClass(plain.map(([from, to]) => [from, Math.min(to, 0xffff)]));
  if (set !== "") ways.push(set.length > 200 ? ["[", { set: context.sets.nameOf(set) }, "]"] : [`[${set}]`]);
  if (context.unicode && pairs.length > 0) {
    const text = pairsOf(pairs.map(([from, to]) => [Math.max(from, 0x10000), to]));
    ways.push(text.length > 200 ? [{ set: context.sets.nameOf(text) }] : [text]);
  }
  return ways.length === 0 ? [["(?!)"]] : ways;
}

function rangesOf(node: AstNode, context: Context): Ranges {
  const limit = context.unicode ? highestCodePoint : 0xffff;
  if (node.type === "CharacterClass") {
    const inner = union((node.expressions ?? []).flatMap((part) => folded(itemRanges(part, limit), context.fold)));
    return node.negative ? complement(inner, limit) : inner;
  }
  return folded(itemRanges(node, limit), context.fold);
}

function itemRanges(node: AstNode, limit: number): Ranges {
  if (node.type === "ClassRange") return [[codeOf(node.from), codeOf(node.to)]];
  if (node.type === "UnicodeProperty") {
    const property = node.shorthand || node.binary ? node.value : `${node.name}=${node.value}`;
    return propertyRanges(`\\${node.negative ? "P" : "p"}{${property}}`);
  }
  if (node.type !== "Char") throw new Error(`a ${node.type} within a class`);
  if (node.kind === "meta") {
    const ranges = { d: digits, w: wordCharacters, s: jsSpace }[node.value.slice(1).toLowerCase()];
    if (ranges) return /[DWS]/.test(node.value) ? complement(ranges, limit) : ranges;
    if (node.value === "\\b") return [[8, 8]];
  }
  return [[codeOf(node), codeOf(node)]];
}
