import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { editedFolders, fromFolder, type Problem } from "./definitions.ts";

/*
 * A long-lived process, since the compiler is slow only the first time. For each message it sends the compiler's findings in
 * the edited files of the folder in its first argument.
 */

const [, , folder = "."] = process.argv;

const checkout = fileURLToPath(new URL("../../..", import.meta.url));
const configFile = [folder, checkout].map((one) => join(one, "tsconfig.json")).find(ts.sys.fileExists) ?? "";
const { config } = ts.readConfigFile(configFile, ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, folder);

/** Includes files that nothing imports yet, such as a new dashboard that is not in the index. */
const roots = (): string[] =>
  editedFolders.flatMap((part) => ts.sys.readDirectory(join(folder, part), [".ts"], [".*"], undefined));

const versionOf = (file: string): string => {
  const { mtimeMs, size } = statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: 0, size: 0 };
  return `${mtimeMs} ${size}`;
};

const service = ts.createLanguageService({
  getScriptFileNames: roots,
  getScriptVersion: versionOf,
  getScriptSnapshot(file) {
    try {
      return ts.ScriptSnapshot.fromString(readFileSync(file, "utf8"));
    } catch {
      return undefined;
    }
  },
  getCurrentDirectory: () => folder,
  getCompilationSettings: () => ({ ...options, noEmit: true }),
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: ts.sys.fileExists,
  readFile: ts.sys.readFile,
  readDirectory: ts.sys.readDirectory,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
  ...(ts.sys.realpath && { realpath: ts.sys.realpath }),
});

function problems(): Problem[] {
  return roots().flatMap((file) => {
    const syntax = service.getSyntacticDiagnostics(file);
    return (syntax.length > 0 ? syntax : service.getSemanticDiagnostics(file)).map((one) => problemOf(file, one));
  });
}

function problemOf(file: string, { messageText, start = 0 }: ts.Diagnostic): Problem {
  const source = service.getProgram()?.getSourceFile(file);
  return {
    file: fromFolder(folder, file),
    line: source ? source.getLineAndCharacterOfPosition(start).line + 1 : null,
    message: ts.flattenDiagnosticMessageText(messageText, " "),
    tileKey: (source && tileAt(source, start)) ?? null,
  };
}

/** The key of the tile at a position: the property of the object in `tiles`. */
function tileAt(source: ts.SourceFile, position: number): string | undefined {
  let found: string | undefined;
  const visit = (node: ts.Node): void => {
    if (position < node.getFullStart() || position >= node.getEnd()) return;
    if (ts.isPropertyAssignment(node) && isOfTiles(node)) found ??= keyOf(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const isOfTiles = ({ parent: { parent } }: ts.PropertyAssignment): boolean =>
  ts.isPropertyAssignment(parent) && keyOf(parent) === "tiles";

const keyOf = ({ name }: ts.PropertyAssignment): string =>
  ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : name.getText();

process.on("message", (number: number) => process.send?.({ number, problems: problems() }));
process.on("disconnect", () => process.exit());
// Run the slow first compilation before anybody waits for it.
problems();
