import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The entries that the author of a dashboard, an alert, a stack or an app imports. */
const entries = [
  "src/insights/define/index.ts",
  "src/alerts/posthog/index.ts",
  "src/alerts/sentry/index.ts",
  "src/platform/index.ts",
  ...["cloudflare", "posthog", "render", "sentry"].map((vendor) => `src/resources/${vendor}/index.ts`),
  ...["browser", "server", "redis", "health", "privacy"].map((part) => `src/runtime/${part}/index.ts`),
];

/** A function, class or constant function that an entry exports. */
export interface Callable {
  readonly entry: string;
  readonly name: string;
  readonly text: string;
  /** Undefined when it has no example. */
  readonly example: string | undefined;
  /** Set by `@internal`: it is exported for this repository's own machinery. */
  readonly isInternal: boolean;
}

/** A property of an exported type that a caller may set or reads. */
export interface Property {
  readonly name: string;
  readonly text: string;
  readonly isNumber: boolean;
  readonly isOptional: boolean;
  readonly hasDefault: boolean;
}

export interface PublicTypes {
  readonly callables: readonly Callable[];
  readonly properties: readonly Property[];
  /** The compiler's messages for the examples, each compiled as a separate module. */
  readonly problems: readonly string[];
}

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Reads all entries with the TypeScript compiler. Takes some seconds. */
export function readPublicTypes(): PublicTypes {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, "src/runtime/tsconfig.json"), (path) => readFileSync(path, "utf8")).config,
    ts.sys,
    join(root, "src/runtime"),
  );
  const settings: ts.CompilerOptions = { ...options, noEmit: true, incremental: false };
  delete settings.tsBuildInfoFile;
  const files = entries.map((entry) => join(root, entry));
  const program = ts.createProgram(files, settings);
  const checker = program.getTypeChecker();
  const callables: Callable[] = [];
  const properties = new Map<string, Property>();
  const names = new Map<string, string>();
  for (const entry of entries) {
    const file = program.getSourceFile(join(root, entry));
    const module = file && checker.getSymbolAtLocation(file);
    if (!module) throw new Error(`${entry} exports nothing`);
    for (const exported of checker.getExportsOfModule(module)) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      if (!names.has(exported.name)) names.set(exported.name, entry);
      const declaration = symbol.declarations?.[0];
      if (!declaration) continue;
      if (isCallable(checker, symbol, declaration)) callables.push(callableOf(checker, symbol, exported.name, entry));
      for (const type of typesOf(checker, symbol, declaration)) {
        for (const property of checker.getPropertiesOfType(type)) {
          const read = propertyOf(checker, property);
          if (read) properties.set(read.name, read);
        }
      }
    }
  }
  return {
    callables,
    properties: [...properties.values()],
    problems: problemsOf(callables, { program, settings, checker }),
  };
}

/** A type itself; of a function or class, those of its parameters. */
function typesOf(checker: ts.TypeChecker, symbol: ts.Symbol, at: ts.Node): readonly ts.Type[] {
  if (symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)) {
    const declared = checker.getDeclaredTypeOfSymbol(symbol);
    return declared.isUnion() ? declared.types : [declared];
  }
  if (!isCallable(checker, symbol, at) || symbol.getJsDocTags(checker).some(({ name }) => name === "internal"))
    return [];
  const type = checker.getTypeOfSymbolAtLocation(symbol, at);
  return [...type.getCallSignatures(), ...type.getConstructSignatures()]
    .flatMap((signature) => signature.parameters)
    .map((parameter) => checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(parameter, at)))
    .filter((parameter) => Boolean(parameter.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)));
}

function isCallable(checker: ts.TypeChecker, symbol: ts.Symbol, at: ts.Node): boolean {
  if (!(symbol.flags & ts.SymbolFlags.Value)) return false;
  const type = checker.getTypeOfSymbolAtLocation(symbol, at);
  return type.getCallSignatures().length + type.getConstructSignatures().length > 0;
}

function callableOf(checker: ts.TypeChecker, symbol: ts.Symbol, name: string, entry: string): Callable {
  const tags = symbol.getJsDocTags(checker);
  const example = tags.find((tag) => tag.name === "example");
  return {
    ...{ entry, name, text: ts.displayPartsToString(symbol.getDocumentationComment(checker)) },
    example: example && ts.displayPartsToString(example.text),
    isInternal: tags.some((tag) => tag.name === "internal"),
  };
}

/** Undefined for a property of a library's type. */
function propertyOf(checker: ts.TypeChecker, symbol: ts.Symbol): Property | undefined {
  const declaration = symbol.declarations?.[0];
  if (!declaration || declaration.getSourceFile().fileName.includes("node_modules")) return undefined;
  const of = declaration.parent;
  const file = declaration.getSourceFile().fileName;
  const path = relative(root, file).replaceAll("\\", "/");
  const owner = ts.isInterfaceDeclaration(of) ? of.name.text : path;
  // The catalog and the stack's settings declare their units in a table that has its own tests.
  if (/^src[/]catalog[/]|[/]settings[/]/.test(path)) return undefined;
  const type = checker.getTypeOfSymbolAtLocation(symbol, declaration);
  const tags = symbol.getJsDocTags(checker).map((tag) => tag.name);
  return {
    name: `${owner}.${symbol.name}`,
    text: ts.displayPartsToString(symbol.getDocumentationComment(checker)) || aboutType(declaration),
    isNumber: (type.isUnion() ? type.types : [type]).some(({ flags }) => flags & ts.TypeFlags.NumberLike),
    isOptional: Boolean(symbol.flags & ts.SymbolFlags.Optional),
    hasDefault: tags.includes("default"),
  };
}

/** The description of the whole type, for a part of it that has no description. */
function aboutType(declaration: ts.Declaration): string {
  const alias = ts.findAncestor(declaration, ts.isTypeAliasDeclaration);
  return alias
    ? ts
        .getJSDocCommentsAndTags(alias)
        .map((one) => one.getText())
        .join(" ")
    : "";
}

/** Compiles each example as a module that imports what it names: from its own entry first, else from one that exports it. */
function problemsOf(
  callables: readonly Callable[],
  { program, settings, checker }: { program: ts.Program; settings: ts.CompilerOptions; checker: ts.TypeChecker },
): string[] {
  const exportsOf = (entry: string): Set<string> => {
    const file = program.getSourceFile(join(root, entry));
    const module = file && checker.getSymbolAtLocation(file);
    return new Set(module ? checker.getExportsOfModule(module).map(({ name }) => name) : []);
  };
  const all = entries.map((entry) => [entry, exportsOf(entry)] as const);
  const modules = new Map<string, { of: string; text: string }>();
  for (const [index, { entry, name, example }] of callables.entries()) {
    if (example === undefined) continue;
    const words = new Set(example.match(/[A-Za-z_$][\w$]*/g));
    const order = [...all.filter(([one]) => one === entry), ...all.filter(([one]) => one !== entry)];
    const imports = [...words].flatMap((word) => {
      const from = order.find(([, exported]) => exported.has(word))?.[0];
      return from ? [`import { ${word} } from ${JSON.stringify(join(root, from))};`] : [];
    });
    const text = `${imports.join("\n")}\n${example}\nexport {};\n`;
    modules.set(join(root, `example-${index}.ts`), { of: `${entry} ${name}`, text });
  }
  const host = ts.createCompilerHost(settings);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (path) => modules.get(path)?.text ?? readFile(path);
  host.fileExists = (path) => modules.has(path) || fileExists(path);
  host.getSourceFile = (path, ...rest) => {
    const module = modules.get(path);
    return module
      ? ts.createSourceFile(path, module.text, ts.ScriptTarget.ES2024, true)
      : (program.getSourceFile(path) ?? getSourceFile(path, ...rest));
  };
  const second = ts.createProgram([...modules.keys()], { ...settings, verbatimModuleSyntax: false }, host);
  return [...modules].flatMap(([path, { of }]) =>
    ts
      .getPreEmitDiagnostics(second, second.getSourceFile(path))
      .map(({ messageText }) => `${of}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`),
  );
}
