import ts from "typescript";
import type { Place } from "../../../insights/define/index.ts";
import { type Code, type Entry, namesIn, printEntry } from "./code.ts";
import { buildersModule, importOf } from "./file.ts";

/** Changes to a dashboard's file: new source of entries by key; undefined removes an entry. */
export interface Edits {
  readonly fields: ReadonlyMap<string, Code | undefined>;
  readonly tiles: ReadonlyMap<string, TileEdit | undefined>;
  /** New places of tiles that are otherwise unchanged. */
  readonly places: ReadonlyMap<string, Place>;
}

export interface TileEdit {
  readonly code: Code;
  /** Source of the tile as it was defined: entries equal in old and new stay as the file has them. */
  readonly before?: Code;
}

/**
 * Makes only these changes in a dashboard's file: comments, helpers and the order stay. Undefined when the file is not
 * written as `dashboard({ …, tiles: { … } })`, so that it cannot be edited.
 */
export function editDashboard(text: string, key: string, edits: Edits): string | undefined {
  const file = parse(text);
  const found = findDashboard(file, key);
  if (!found) return undefined;
  const { dashboard, tiles } = found;
  const changes = [
    ...changesOf(file, dashboard, edits.fields, { last: tiles.parent }),
    ...tileChanges(file, tiles, edits.tiles),
    ...placeChanges(tiles, edits.places),
  ];
  if (changes.some((change) => change === undefined)) return undefined;
  const tileCodes = [...edits.tiles.values()].map((edit) => edit?.code);
  const codes = [...edits.fields.values(), ...tileCodes].filter((code) => code !== undefined);
  const changed = (changes as Change[]).toSorted((a, b) => b.start - a.start).reduce(apply, text);
  return withImports(changed, new Set(codes.flatMap((code) => [...namesIn(code)])));
}

/** Whether a tile is written as a raw query. */
export function isRaw(text: string, dashboardKey: string, tileKey: string): boolean {
  const tiles = findDashboard(parse(text), dashboardKey)?.tiles;
  const property = tiles && propertyOf(tiles, tileKey);
  return (
    property !== undefined &&
    ts.isPropertyAssignment(property) &&
    ts.isCallExpression(property.initializer) &&
    property.initializer.expression.getText() === "rawInsight"
  );
}

/** Adds a dashboard to dashboards/index.ts: in the order of keys if the list is sorted, else at the end. */
export function addToIndex(text: string, key: string, constant: string): string | undefined {
  const file = parse(text);
  const list = find(file, ts.isArrayLiteralExpression, ({ parent }) => {
    const owner = ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent) ? parent.parent : parent;
    return ts.isVariableDeclaration(owner) && owner.name.getText() === "dashboards";
  });
  if (!list) return undefined;
  const names = list.elements.map((element) => element.getText());
  const keys = names.map((name) => keyImportedAs(file, name) ?? name);
  const isSorted = keys.every((one, i) => i === 0 || (keys[i - 1] ?? "") < one);
  const at = isSorted ? keys.findIndex((one) => one > key) : -1;
  const all = names.toSpliced(at === -1 ? names.length : at, 0, constant);
  const start = list.getStart();
  const changed = `${text.slice(0, start)}[${all.join(", ")}]${text.slice(list.getEnd())}`;
  return `import { ${constant} } from "./${key}.ts";\n${changed}`;
}

interface Change {
  start: number;
  end: number;
  text: string;
}

const apply = (text: string, change: Change): string =>
  text.slice(0, change.start) + change.text + text.slice(change.end);

const parse = (text: string): ts.SourceFile =>
  ts.createSourceFile("dashboard.ts", text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);

function find<T extends ts.Node>(
  within: ts.Node,
  is: (node: ts.Node) => node is T,
  isWanted: (node: T) => boolean,
): T | undefined {
  if (is(within) && isWanted(within)) return within;
  return ts.forEachChild(within, (child) => find(child, is, isWanted));
}

function findDashboard(file: ts.SourceFile, key: string) {
  const call = find(file, ts.isCallExpression, ({ expression, arguments: [options] }) => {
    const isDashboard = expression.getText() === "dashboard" && options && ts.isObjectLiteralExpression(options);
    const own = isDashboard ? propertyOf(options, "key") : undefined;
    return own !== undefined && ts.isPropertyAssignment(own) && textOf(own.initializer) === key;
  });
  const dashboard = call?.arguments[0];
  if (!dashboard || !ts.isObjectLiteralExpression(dashboard)) return undefined;
  const property = propertyOf(dashboard, "tiles");
  if (!property || !ts.isPropertyAssignment(property)) return undefined;
  const { initializer: tiles } = property;
  return ts.isObjectLiteralExpression(tiles) ? { dashboard, tiles } : undefined;
}

const textOf = (node: ts.Node): string | undefined => (ts.isStringLiteralLike(node) ? node.text : undefined);

const propertyOf = (literal: ts.ObjectLiteralExpression, key: string): ts.ObjectLiteralElementLike | undefined =>
  literal.properties.find(({ name }) => name && (textOf(name) ?? name.getText()) === key);

/** Undefined element: an entry that is not a literal. New entries go to the end, or before `last`. */
function changesOf(
  file: ts.SourceFile,
  literal: ts.ObjectLiteralExpression,
  edits: ReadonlyMap<string, Code | undefined>,
  { last, between = "\n" }: { last?: ts.Node; between?: string } = {},
): (Change | undefined)[] {
  const hasSpread = literal.properties.some(ts.isSpreadAssignment);
  const added: Entry[] = [];
  const changes: (Change | undefined)[] = [];
  for (const [key, code] of edits) {
    const property = propertyOf(literal, key);
    if (property && code) changes.push({ ...spanOf(property), text: printEntry({ key, code }) });
    else if (property) changes.push({ ...wholeSpanOf(file, property), text: "" });
    else if (hasSpread) changes.push(undefined);
    else if (code) added.push({ key, code });
  }
  if (added.length > 0) changes.push(insertion(file, literal, added, { last, between }));
  return changes;
}

/** Edits only the options that differ, if the tile keeps its builder. */
function tileChanges(
  file: ts.SourceFile,
  tiles: ts.ObjectLiteralExpression,
  edits: Edits["tiles"],
): (Change | undefined)[] {
  const whole = new Map<string, Code | undefined>();
  const changes: (Change | undefined)[] = [];
  for (const [key, edit] of edits) {
    const property = propertyOf(tiles, key);
    const call = property && ts.isPropertyAssignment(property) ? property.initializer : undefined;
    const within = edit && call && ts.isCallExpression(call) ? optionChanges(file, call, edit) : undefined;
    if (within) changes.push(...within);
    else whole.set(key, edit?.code);
  }
  return [...changes, ...changesOf(file, tiles, whole, { between: "\n\n" })];
}

function placeChanges(tiles: ts.ObjectLiteralExpression, places: Edits["places"]): (Change | undefined)[] {
  return [...places].map(([key, { column, row, width, height }]) => {
    const property = propertyOf(tiles, key);
    if (!property || !ts.isPropertyAssignment(property)) return undefined;
    const { initializer } = property;
    const place = `place: { column: ${column}, row: ${row}, width: ${width}, height: ${height} }`;
    return { ...spanOf(initializer), text: `{ ...${initializer.getText()}, ${place} }` };
  });
}

function optionChanges(file: ts.SourceFile, call: ts.CallExpression, { code, before }: TileEdit): Change[] | undefined {
  const [literal] = call.arguments;
  const [old, now] = [before, code].map((one) => (one?.as === "call" ? one : undefined));
  if (!old || !now || old.name !== now.name || call.expression.getText() !== now.name) return undefined;
  if (!literal || !ts.isObjectLiteralExpression(literal)) return undefined;
  const [olds, news] = [old, now].map(({ args: [options] }) => new Map(entriesOf(options)));
  if (!olds || !news) return undefined;
  const differing = [...new Set([...olds.keys(), ...news.keys()])].filter(
    (key) => JSON.stringify(olds.get(key)) !== JSON.stringify(news.get(key)),
  );
  const changes = changesOf(file, literal, new Map(differing.map((key) => [key, news.get(key)])));
  return changes.every((change) => change !== undefined) ? changes : undefined;
}

const entriesOf = (code: Code | undefined): [string, Code][] =>
  code?.as === "object" ? code.entries.map((entry) => [entry.key, entry.code]) : [];

const spanOf = (node: ts.Node) => ({ start: node.getStart(), end: node.getEnd() });

/** Range including its comments and the comma after it. */
function wholeSpanOf(file: ts.SourceFile, property: ts.Node) {
  const comma = /^\s*,/.exec(file.text.slice(property.getEnd()))?.[0].length ?? 0;
  return { start: property.getFullStart(), end: property.getEnd() + comma };
}

function insertion(
  file: ts.SourceFile,
  literal: ts.ObjectLiteralExpression,
  entries: readonly Entry[],
  { last, between }: { last: ts.Node | undefined; between: string },
): Change {
  if (last) {
    const start = last.getStart();
    return { start, end: start, text: `${entries.map(printEntry).join(",\n")},\n` };
  }
  const end = literal.properties.at(-1)?.getEnd() ?? literal.getStart() + 1;
  const hasComma = /^\s*,/.test(file.text.slice(end));
  const after = hasComma ? end + (/^\s*,/.exec(file.text.slice(end))?.[0].length ?? 0) : end;
  const start = literal.properties.length > 0 && !hasComma ? "," : "";
  return { start: after, end: after, text: `${start}${between}${entries.map(printEntry).join(`,${between}`)},\n` };
}

/** Updates the imports: removes unused names, adds new ones. */
function withImports(text: string, needed: ReadonlySet<string>): string {
  const file = parse(text);
  const imports = file.statements.filter(ts.isImportDeclaration);
  const used = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    // A property name is not a use of an import with the same name.
    if (ts.isPropertyAssignment(node)) visit(node.initializer);
    else if (ts.isPropertyAccessExpression(node)) visit(node.expression);
    else if (ts.isIdentifier(node)) used.add(node.text);
    else ts.forEachChild(node, visit);
  };
  visit(file);
  const builders = imports.find(({ moduleSpecifier }) => textOf(moduleSpecifier) === buildersModule);
  const old = builders ? elementsOf(builders).map((element) => element.getText()) : [];
  const names = [...new Set([...old, ...needed])].filter((name) => used.has(name.replace(/^type\s+/, "")));
  const changes = imports.flatMap((one): Change[] => {
    if (one === builders) return [{ ...spanOf(one), text: importOf(names) }];
    const elements = elementsOf(one);
    const isUnused = elements.length > 0 && elements.every(({ name }) => !used.has(name.text));
    return isUnused ? [{ start: one.getStart(), end: one.getEnd() + 1, text: "" }] : [];
  });
  const changed = changes.toSorted((a, b) => b.start - a.start).reduce(apply, text);
  return builders || names.length === 0 ? changed : `${importOf(names)}\n${changed}`;
}

function elementsOf({ importClause }: ts.ImportDeclaration): readonly ts.ImportSpecifier[] {
  const bindings = importClause?.namedBindings;
  return bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
}

function keyImportedAs(file: ts.SourceFile, name: string): string | undefined {
  const one = file.statements
    .filter(ts.isImportDeclaration)
    .find((declaration) => elementsOf(declaration).some((element) => element.name.text === name));
  const path = one && textOf(one.moduleSpecifier);
  return path === undefined ? undefined : /([^/]+)\.ts$/.exec(path)?.[1];
}
