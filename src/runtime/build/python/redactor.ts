import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { runtimeFolder } from "../notices.ts";
import { text } from "./literal.ts";
import { CharacterSets } from "./pattern.ts";
import { moduleNameBelow, topName, transpiled } from "./transpile.ts";

const privacy = join("shared", "privacy");
const entries = [
  "text.ts",
  "shape.ts",
  "address.ts",
  "pseudonym.ts",
  "person.ts",
  "event.ts",
  "posthog.ts",
  "sentry.ts",
] as const;
/** Written by hand in Python: what values are is each language's own, and the catalog's rules are data. */
const byHand: Readonly<Record<string, string>> = {
  "value.ts": "brandvx_observability._privacy.value",
  "../catalog.ts": "brandvx_observability._privacy.catalog",
  "../people.ts": "brandvx_observability._privacy.catalog",
  "../check.ts": "brandvx_observability._check",
};

/** The redactor's modules in Python, by their paths below the package `_redactor`. */
export async function redactorModules(sources: string = runtimeFolder): Promise<Map<string, string>> {
  // Within this package, so that its libraries are found. Modules say there what they have at their top.
  const work = mkdtempSync(join(runtimeFolder, ".build-"));
  try {
    writeFileSync(join(work, ".gitignore"), "*\n");
    for (const folder of ["catalog", "model"])
      cpSync(join(sources, "..", folder), join(work, folder), { recursive: true });
    cpSync(join(sources, "shared"), join(work, "runtime", "shared"), { recursive: true });
    const folder = join(work, "runtime", privacy);
    const own = (file: string) => byHand[relative(folder, file).replaceAll("\\", "/")];
    const modules = modulesFrom(
      entries.map((entry) => join(folder, entry)),
      (file) => own(file) !== undefined,
    );
    for (const file of modules) exportTop(file);
    const program = ts.createProgram(modules, {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      allowImportingTsExtensions: true,
      noEmit: true,
      strict: true,
      noUncheckedIndexedAccess: true,
      types: [],
    });
    const sets = new CharacterSets();
    const below = moduleNameBelow(folder);
    const moduleName = (file: string) => own(file) ?? below(file);
    const result = new Map<string, string>();
    for (const file of modules) {
      const { [topName]: values } = (await import(file)) as { [topName]: Record<string, unknown> };
      const name = `${moduleName(file)}.py`;
      const about = `The redactor's ${relative(join(work, "runtime"), file).replaceAll("\\", "/")}, made of it.`;
      result.set(
        name,
        `"""${about}"""\n\n# pyright: basic\n# mypy: ignore-errors\n# ruff: noqa\n${transpiled(program, { file, values }, sets, moduleName)}`,
      );
      const parent = name.split("/").slice(0, -1).join("/");
      if (parent) result.set(`${parent}/__init__.py`, "");
    }
    result.set(
      "charsets.py",
      `"""Sets of characters by Unicode properties, as parts of patterns."""\n\n${sets
        .entries()
        .map(([name, set]) => `${name} = r${text(set).replaceAll("\\\\", "\\")}\n`)
        .join("")}`,
    );
    return result;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The files and all that they import, those first that are imported. */
function modulesFrom(files: readonly string[], isByHand: (file: string) => boolean): string[] {
  const found: string[] = [];
  const underWay = new Set<string>();
  const visit = (file: string): void => {
    if (underWay.has(file) || isByHand(file)) return;
    underWay.add(file);
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
    for (const statement of source.statements) {
      if (!ts.isImportDeclaration(statement) || statement.importClause?.isTypeOnly) continue;
      const specifier = (statement.moduleSpecifier as ts.StringLiteral).text;
      // Data is taken from where a module has it at its top.
      if (specifier.startsWith(".") && !specifier.endsWith(".json")) visit(join(file, "..", specifier));
    }
    found.push(file);
  };
  for (const file of files) visit(file);
  return found;
}

/** Lets a module give what it has at its top, functions aside. */
function exportTop(file: string): void {
  const content = readFileSync(file, "utf8");
  const source = ts.createSourceFile(file, content, ts.ScriptTarget.Latest);
  const names = source.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .filter(
      ({ initializer }) => !initializer || !(ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)),
    )
    .flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
  writeFileSync(file, `${content}\nexport const ${topName}: Record<string, unknown> = { ${names.join(", ")} };\n`);
}
