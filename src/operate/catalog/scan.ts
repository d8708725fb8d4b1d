import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../command/failure.ts";
import { type Call, pythonCalls } from "./python-calls.ts";

/** A call that sends an event. */
export interface EventCall extends Call {
  /** Path relative to the scanned folder. */
  readonly file: string;
}

/** Functions that take the event's name as their first argument. */
const senders = new Set(["track", "trackEvent", "phCapture", "ph_capture", "capture"]);

/** Functions of `@brandvx/observability` that send fixed events, whatever their arguments (src/runtime/browser). */
const sentByHelpers: Readonly<Record<string, readonly string[]>> = {
  trackPageview: ["$pageview"],
  initAnalytics: ["client_error", "client_unhandled_rejection"],
};

const looksLikeCalls = [...senders, ...Object.keys(sentByHelpers)];

const notApp =
  /(^|[\\/])(node_modules|dist|build|\.venv|venv|__pycache__|__tests__|tests?)([\\/]|$)|\.(test|spec|stories)\./;

/**
 * Every call that sends an event, in the JavaScript, TypeScript and Python files below a folder. Tests and packages are not
 * the app.
 */
export async function eventCalls(folder: string): Promise<EventCall[]> {
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
      const calls = file.endsWith(".py") ? await pythonCalls(text) : await scriptCalls(file, text);
      return calls.map((call) => ({ ...call, file }));
    }),
  );
  return found.flat();
}

/** Uses TypeScript's parser, so that comments and strings are not mistaken for calls. It is large, so it is loaded only when needed. */
async function scriptCalls(file: string, text: string): Promise<Call[]> {
  if (!looksLikeCalls.some((name) => text.includes(name))) return [];
  const { default: ts } = await import("typescript");
  const source = ts.createSourceFile(
    file,
    text,
    ts.ScriptTarget.Latest,
    true,
    /x$/.test(file) ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const calls: Call[] = [];
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
  const visit = (node: Node): void => {
    if (ts.isCallExpression(node)) {
      const callee = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      if (ts.isIdentifier(callee) && senders.has(callee.text))
        calls.push(...namesIn(node.arguments[0]).map((event) => ({ event, line })));
      if (ts.isIdentifier(callee) && Object.hasOwn(sentByHelpers, callee.text))
        calls.push(...(sentByHelpers[callee.text] ?? []).map((event) => ({ event, line })));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return calls;
}
