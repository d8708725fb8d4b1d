import ts from "typescript";
import { describe, expect, test } from "vitest";
import { CharacterSets } from "../../src/runtime/build/python/pattern.ts";
import { moduleNameBelow, transpiled } from "../../src/runtime/build/python/transpile.ts";

/*
 * Tests the generator of the redactor's Python, construct by construct: which Python it writes for a piece of
 * TypeScript, and which TypeScript it refuses. Other tests check that both redactors give the same bytes.
 */

const expressions: readonly (readonly [what: string, typescript: string, python: string])[] = [
  ["a text in UTF-16 units", "'a😀'", '"a\\ud83d\\ude00"'],
  ["a number with its groups", "1_000", "1000"],
  ["a template", `\`\${number} of \${text}\``, '(js.string(number) + " of " + js.string(text))'],
  ["a sum of a text and a number", "text + number", "(text + js.string(number))"],
  ["a choice between values", "found ?? text", "(_n1 if (_n1 := found) is not None else text)"],
  ["an optional chain", "found?.trim().length", "(None if (_c1 := found) is None else len(js.trim(_c1)))"],
  ["an empty text as a condition", "text ? 1 : 2", "(1 if text else 2)"],
  ["an empty list as a condition, which is true", "texts ? 1 : 2", "(1 if (texts is not None) else 2)"],
  ["what may be anything as a condition", "anything ? 1 : 2", "(1 if js.truthy(anything) else 2)"],
  ["one of two values", "found || text", "(found or text)"],
  ["a test for undefined", "found === undefined", "(found is None)"],
  ["an object's property", "{ a: 1, [text]: 2, ...shape }", '{"a": 1, text: 2, **js.spread(shape)}'],
  ["an object less a property", "{ ...shape, a: undefined }", 'js.without({**js.spread(shape)}, ["a"])'],
  ["a property", "shape.a", 'js.get(shape, "a")'],
  ["a character", "text[0]", "js.char(text, 0)"],
  ["an item", "texts[0]", "js.item(texts, 0)"],
  ["characters of a text", "[...text]", "[*js.points(text)]"],
  ["pairs of a map", "[...map]", "[*list(map_.items())]"],
  ["a replacement", "text.replace(/a/g, 'b')", 'js.replace(text, _R1, "b", 0)'],
  ["one replacement of a text", "text.replace('a', 'b')", 'text.replace("a", "b", 1)'],
  ["each item with its index", "texts.map((each, index) => each + index)", "js.map_(texts, _f1, 2)"],
  ["each item by a function of the language", "texts.map(Number)", "js.map_(texts, js.number, 1)"],
  ["one more item", "texts.push(text)", "texts.append(text)"],
  ["more items", "texts.push(...texts)", "texts.extend([*texts])"],
  ["a method of a set", "new Set(texts).has(text)", "(text in set(texts))"],
  ["a function of the language", "Math.round(number)", "js.round_half_up(number)"],
];

const statements: readonly (readonly [what: string, typescript: string, python: string])[] = [
  [
    "a function that takes less than it is given",
    "const call = (use: (one: string, other: number) => void) => use(text, 1); call((one) => { one.trim(); });",
    `def call(use):
    return use(text, 1)
def _f1(one, *_):
    js.trim(one)
call(_f1)`,
  ],
  [
    "a counted loop, whose step comes before continue",
    "for (let at = 0; at < 3; at += 1) { if (at === 1) continue; text.trim(); }",
    `at = 0
while True:
    if not (at < 3):
        break
    if (at == 1):
        at += 1
        continue
    js.trim(text)
    at += 1`,
  ],
  ["a loop over a text", "for (const each of text) each.trim();", "for each in js.points(text):\n    js.trim(each)"],
  [
    "a name that two blocks have",
    "{ const one = 1; Math.abs(one); } { const one = 2; Math.abs(one); }",
    "one = 1\nabs(one)\none_2 = 2\nabs(one_2)",
  ],
  ["a word of Python's", "const lambda = 1;", "lambda_ = 1"],
  [
    "what is taken apart",
    "const { a, ...rest } = shape; const [first = 'x'] = texts;",
    `_d1 = shape
a = js.get(_d1, "a")
rest = js.without(_d1, ["a"])
_d2 = texts
_v3 = js.item(_d2, 0)
first = (_v3 if _v3 is not None else "x")`,
  ],
  ["a value only where there is none", "found ??= text;", "if found is None:\n    found = text"],
  [
    "a switch",
    "switch (number) { case 1: case 2: text.trim(); break; default: texts.pop(); }",
    `_s1 = number
if _s1 == 1 or _s1 == 2:
    js.trim(text)
elif True:
    (texts.pop() if texts else None)`,
  ],
  [
    "a variable of the function around",
    "let count = 0; const more = () => { count += 1; }; more();",
    "count = 0\ndef more():\n    nonlocal count\n    count += 1\nmore()",
  ],
  [
    "a parameter with a default",
    "const twice = (times = 2) => times; twice();",
    "def twice(times=None):\n    if times is None:\n        times = 2\n    return times\ntwice()",
  ],
];

const refused: readonly (readonly [what: string, typescript: string, message: string])[] = [
  ["a class", "class Own {}", "a ClassDeclaration"],
  ["an exception", "try { text.trim(); } catch {}", "a TryStatement"],
  ["a method that nobody wrote", "text.localeCompare('a');", "localeCompare of a string"],
  ["a method of what may be anything", "anything.trim();", "the call of trim"],
  ["a name of every object's as a method", "texts.hasOwnProperty('a');", "hasOwnProperty of a array"],
  ["a sign", "number ^ 1;", "the sign ^"],
  ["a sum of what may be anything", "anything += 1;", "this sum"],
  ["another class", "new Date();", "this class"],
  ["a replacement of a text by a function", "text.replace('a', () => 'b');", "this replacement"],
];

const given =
  "text: string, found: string | undefined, texts: string[], number: number, anything: any, " +
  "map: Map<string, number>, shape: { a: number; b: number }";
const inFunction = (code: string) => `export function written(${given}) {\n${code}\n}\n`;

const files = new Map<string, string>([
  ...expressions.map(([, code], index) => [`/expression-${index}.ts`, inFunction(`return ${code};`)] as const),
  ...statements.map(([, code], index) => [`/statement-${index}.ts`, inFunction(code)] as const),
  ...refused.map(([, code], index) => [`/refused-${index}.ts`, inFunction(code)] as const),
  [
    "/folder/module.ts",
    `import { sha256 } from "@noble/hashes/sha2";
import type { Shape } from "./types.ts";
import { other as own, type Other } from "../other-module.ts";
import { deep } from "./deep/side.ts";
const table = new Map([["a", [1, 2]]]);
const pattern = /a/giu;
let count = 0;
export const valuesAtTop = { table, pattern, count };
export function use(text: string) { count += 1; return [sha256, own, deep, text]; }
`,
  ],
  ["/library.ts", 'import { z } from "zod";\nz.string();\n'],
]);

/** One program for all tests, since loading the language's types takes most of the time. */
const program = (() => {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    noEmit: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    lib: ["lib.esnext.d.ts"],
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (name, version) => {
    const own = files.get(name);
    return own === undefined ? getSourceFile(name, version) : ts.createSourceFile(name, own, version, true);
  };
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  return ts.createProgram([...files.keys()], options, host);
})();

const python = (file: string, values: Record<string, unknown> = {}) =>
  transpiled(program, { file, values }, new CharacterSets(), moduleNameBelow("/folder"));

/** The lines of the function that contains a piece of code. */
const body = (module: string) => {
  const [, lines = ""] = /def written\(.*\):\n((?: {4}.*\n)*)/.exec(module) ?? [];
  return lines.replaceAll(/^ {4}/gm, "").trimEnd();
};

describe("an expression", () => {
  test.each(expressions.map(([what, code, expected], index) => ({ what, code, expected, index })))(
    "%#: $what",
    ({ expected, index }) =>
      expect(
        body(python(`/expression-${index}.ts`))
          .split("\n")
          .at(-1),
      ).toBe(`return ${expected}`),
  );
});

describe("a statement", () => {
  test.each(statements.map(([what, code, expected], index) => ({ what, code, expected, index })))(
    "%#: $what",
    ({ expected, index }) => expect(body(python(`/statement-${index}.ts`))).toBe(expected),
  );
});

describe("what has no form in Python stops the generator and names its line", () => {
  test.each(refused.map(([what, code, message], index) => ({ what, code, message, index })))(
    "%#: $what",
    ({ code, message, index }) => {
      expect(() => python(`/refused-${index}.ts`)).toThrow(
        `/refused-${index}.ts:2: ${message} has no form in Python here`,
      );
      expect(() => python(`/refused-${index}.ts`)).toThrow(code.slice(0, 5));
    },
  );

  test("a library", () => expect(() => python("/library.ts")).toThrow("/library.ts:1: a library has no form"));
});

test("a module has its imports, its patterns, and what it has at its top as it is when it runs", () => {
  expect(python("/folder/module.ts", { table: new Map([["a", [1, 2]]]), pattern: /a/giu, count: 0 })).toBe(
    `from brandvx_observability._privacy import js
from .deep.side import deep
from .other_module import other as own

table = {"a": [1, 2]}
pattern = js.RegExp(r"[Aa]", "g")
count = 0
def use(text):
    global count
    count += 1
    return [js.sha256, own, deep, text]

`,
  );
});
