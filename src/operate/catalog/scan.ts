import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../command/failure.ts";
import { type Call, type Calls, type FlagUse, pythonCalls } from "./python-calls.ts";

interface InFile {
  /** Path relative to the scanned folder. */
  readonly file: string;
}

/** A call that sends an event. */
export type EventCall = Call & InFile;

/** A call that names a feature flag. */
export type FlagCall = FlagUse & InFile;

/** Functions that take the event's name as their first argument. */
const senders = new Set(["track", "trackEvent", "phCapture", "ph_capture", "capture"]);

/** Functions of `@brandvx/observability` that send fixed events, whatever their arguments (src/runtime/browser). */
const sentByHelpers: Readonly<Record<string, readonly string[]>> = {
  trackPageview: ["$pageview"],
  initAnalytics: ["client_error", "client_unhandled_rejection"],
};

/** Functions of `@brandvx/observability` and of posthog-js, its React hooks and posthog-node that take a flag's key first. */
const flagReaders = new Set([
  ...["getFeatureFlag", "getFeatureFlagPayload", "getFeatureFlagResult", "isFeatureEnabled"],
  ...["useFeatureFlagEnabled", "useFeatureFlagVariantKey", "useFeatureFlagPayload", "useFeatureFlagResult"],
]);
const flagSetter = "setFeatureFlag";

/** `flag` is a word of many libraries: it is a feature flag's by where it comes from. */
const flagSources = /observability|analytics|posthog|flags?\b/i;
const flagObjects = /(?:analytics|observability|posthog|flags)$/i;

const looksLikeCalls = new RegExp(
  `\\b(?:${[...senders, ...Object.keys(sentByHelpers), ...flagReaders, flagSetter, "flag"].join("|")})\\b`,
);

const notApp =
  /(^|[\\/])(node_modules|dist|build|\.venv|venv|__pycache__|__tests__|tests?)([\\/]|$)|\.(test|spec|stories)\./;

/** What an app's code calls, by file and line. */
export interface AppCalls {
  readonly events: readonly EventCall[];
  readonly flags: readonly FlagCall[];
}

/**
 * Every call that sends an event or names a feature flag, in the JavaScript, TypeScript and Python files below a folder. Tests
 * and packages are not the app.
 */
export async function appCalls(folder: string): Promise<AppCalls> {
  const files = globSync("**/*.{ts,tsx,mts,js,jsx,mjs,py}", {
    cwd: folder,
    exclude: (path) => notApp.test(path),
  }).filter((file) => !notApp.test(file));
  if (files.length === 0) {
    throw new Failure(`there is no JavaScript, TypeScript or Python in ${folder}`, {
      fix: "name the folder of the app's source",
    });
  }
  const found = await Promise.all(
    files.toSorted().map(async (file) => {
      const text = await readFile(join(folder, file), "utf8");
      const { events, flags } = file.endsWith(".py") ? await pythonCalls(text) : await scriptCalls(file, text);
      const inFile = <Found>(calls: readonly Found[]) => calls.map((call) => ({ ...call, file }));
      return { events: inFile(events), flags: inFile(flags) };
    }),
  );
  return { events: found.flatMap(({ events }) => events), flags: found.flatMap(({ flags }) => flags) };
}

/** Uses TypeScript's parser, so that comments and strings are not mistaken for calls. It is large, so it is loaded only when needed. */
async function scriptCalls(file: string, text: string): Promise<Calls> {
  if (!looksLikeCalls.test(text)) return { events: [], flags: [] };
  const { default: ts } = await import("typescript");
  const source = ts.createSourceFile(
    file,
    text,
    ts.ScriptTarget.Latest,
    true,
    /x$/.test(file) ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const events: Call[] = [];
  const flags: FlagUse[] = [];
  type Node = typeof source extends infer Source ? Source | Parameters<typeof ts.forEachChild>[0] : never;
  const namesIn = (node: Node | undefined): (string | undefined)[] => {
    if (!node) return [undefined];
    if (ts.isStringLiteralLike(node)) return [node.text];
    if (ts.isConditionalExpression(node)) return [...namesIn(node.whenTrue), ...namesIn(node.whenFalse)];
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node))
      return namesIn(node.expression);
    // posthog-node: capture({ distinctId, event: "…" })
    if (ts.isObjectLiteralExpression(node)) {
      const given = node.properties.find((property) => property.name?.getText(source) === "event");
      return namesIn(given && ts.isPropertyAssignment(given) ? given.initializer : undefined);
    }
    return [undefined];
  };
  /** What `flag` is called here, and what it is a method of: by the file's imports. */
  const asFlag = new Set<string>();
  const withFlag = new Set<string>();
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    if (!flagSources.test(statement.moduleSpecifier.text)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings && ts.isNamespaceImport(bindings)) withFlag.add(bindings.name.text);
    for (const one of bindings && ts.isNamedImports(bindings) ? bindings.elements : [])
      if ((one.propertyName ?? one.name).text === "flag") asFlag.add(one.name.text);
  }
  const namesFlag = (callee: Node, owner: Node | undefined): FlagUse["use"] | undefined => {
    if (!ts.isIdentifier(callee)) return undefined;
    if (callee.text === flagSetter) return "sets";
    if (flagReaders.has(callee.text)) return "asks";
    if (owner === undefined) return asFlag.has(callee.text) ? "asks" : undefined;
    const holder = ts.isPropertyAccessExpression(owner) ? owner.name.text : owner.getText(source);
    return callee.text === "flag" && (withFlag.has(holder) || flagObjects.test(holder)) ? "asks" : undefined;
  };
  const visit = (node: Node): void => {
    if (ts.isCallExpression(node)) {
      const owner = ts.isPropertyAccessExpression(node.expression) ? node.expression.expression : undefined;
      const callee = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      if (ts.isIdentifier(callee) && senders.has(callee.text))
        events.push(...namesIn(node.arguments[0]).map((event) => ({ event, line })));
      if (ts.isIdentifier(callee) && Object.hasOwn(sentByHelpers, callee.text))
        events.push(...(sentByHelpers[callee.text] ?? []).map((event) => ({ event, line })));
      const use = namesFlag(callee, owner);
      if (use) flags.push(...namesIn(node.arguments[0]).map((flag) => ({ flag, use, line })));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { events, flags };
}
