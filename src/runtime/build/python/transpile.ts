import { dirname, relative, resolve } from "node:path";
import ts from "typescript";
import type { CharacterSets } from "./pattern.ts";
import { ModuleContext } from "./transpile/context.ts";
import { isBuiltIn, pythonName } from "./transpile/names.ts";
import { Statements } from "./transpile/statements.ts";

/*
 * The redactor's modules, from TypeScript to Python. They are written in a small part of the language (functions, texts,
 * lists, patterns), which is what this knows; anything else stops the generator and names the line. Texts are sequences of
 * UTF-16 units in both. What a module has at its top that is data is taken from the module itself, as it is when it runs.
 */

export interface Source {
  readonly file: string;
  /** Values at the module's top, by name; functions are not among them. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** Under this name a module gives what it has at its top. */
export const topName = "valuesAtTop";

/** Path of a module -> its name in Python, below the package; in full where it is written by hand. */
export type ModuleName = (file: string) => string;

export const moduleNameBelow =
  (folder: string): ModuleName =>
  (file) => {
    const path = relative(folder, file).replaceAll("\\", "/").replace(/\.ts$/, "").replaceAll("-", "_");
    return path.startsWith("..") ? path.replaceAll("../", "").replaceAll("/", "_") : path;
  };

/** @throws where the module has what has no form in Python here: the error names the line */
export function transpiled(
  program: ts.Program,
  { file, values }: Source,
  sets: CharacterSets,
  moduleName: ModuleName,
): string {
  const source = program.getSourceFile(file);
  if (!source) throw new Error(`${file} is not part of the program`);
  const context = new ModuleContext(source, program.getTypeChecker(), sets);
  const statements = new Statements(context, values);
  const imports: string[] = [];
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) imports.push(...importLines(statement, context, moduleName));
    else if (!isValuesAtTop(statement)) statements.statement(statement);
  }
  return [
    "from brandvx_observability._privacy import js",
    ...(context.values.usesSets ? [`from ${dots(moduleName(file))} import charsets`] : []),
    ...imports.toSorted(),
    "",
    ...context.values.patterns,
    ...context.lines,
    "",
  ].join("\n");
}

/** The package that all generated modules are in, as seen from one of them. */
const dots = (module: string) => ".".repeat(module.split("/").length);

const isValuesAtTop = (statement: ts.Statement): boolean =>
  ts.isVariableStatement(statement) && statement.declarationList.declarations[0]?.name.getText() === topName;

function importLines(statement: ts.ImportDeclaration, context: ModuleContext, moduleName: ModuleName): string[] {
  const clause = statement.importClause;
  if (!clause || clause.isTypeOnly) return [];
  const specifier = (statement.moduleSpecifier as ts.StringLiteral).text;
  if (specifier.endsWith(".json")) return [];
  const bindings = clause.namedBindings;
  if (!bindings || !ts.isNamedImports(bindings)) return context.refuse(statement, "this import");
  const named = bindings.elements.filter((element) => !element.isTypeOnly);
  if (named.length === 0) return [];
  if (!specifier.startsWith(".")) {
    if (named.some(({ name }) => !isBuiltIn(name.text))) return context.refuse(statement, "a library");
    return [];
  }
  const { fileName } = context.source;
  const target = moduleName(resolve(dirname(fileName), specifier));
  const list = named.map(({ name, propertyName }) => {
    const original = pythonName((propertyName ?? name).text);
    const local = pythonName(name.text);
    return original === local ? original : `${original} as ${local}`;
  });
  const module = target.includes(".") ? target : `${dots(moduleName(fileName))}${target.replaceAll("/", ".")}`;
  return [`from ${module} import ${list.join(", ")}`];
}
