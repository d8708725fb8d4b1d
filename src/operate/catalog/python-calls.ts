import { events } from "../../catalog/events.ts";
import { identifier } from "../../runtime/build/python/names.ts";

/** A call that sends an event; `event` is undefined where its name is put together when the app runs. */
export interface Call {
  readonly event: string | undefined;
  /** From 1. */
  readonly line: number;
}

/** A call that names a feature flag; `flag` is undefined where its key is put together when the app runs. */
export interface FlagUse {
  readonly flag: string | undefined;
  /** asks: for its value; sets: an override for tests or for support. */
  readonly use: "asks" | "sets";
  /** From 1. */
  readonly line: number;
}

/** What one file calls. */
export interface Calls {
  readonly events: readonly Call[];
  readonly flags: readonly FlagUse[];
}

type Node = ReturnType<typeof import("@lezer/python")["parser"]["parse"]>["topNode"];

const packageName = "brandvx_observability";
const withinPackage = `${packageName}.`;

/** The events by the names that their functions have in Python: `events.cadence.message_sent(…)`. */
const byPythonName = new Map(
  Object.entries(events)
    .filter(([, { source }]) => source === "server")
    .map(([name]) => [name.split(".").map(identifier).join("."), name]),
);

/** Functions of posthog-python that take a flag's key first, and the override of the package. */
const flagReaders = /^(?:get_feature_flag(?:_payload|_result)?|feature_enabled)$/;
const flagSetter = "set_feature_flag";
/** `flag` and `aflag` of the package and of its module `flags`. */
const flagOfPackage = /^(?:flags\.)?a?flag$/;
const looksLikeFlag = /\bflag\b|feature_flag|feature_enabled/;

/** What the package's `events` has beside the events. */
const notEvents = /^(?:a?emit_event|subscribe|_get_redis|Handler|EmittedEvent)$/;

/**
 * The calls of one file, by its imports: only what is imported from the package is taken for its functions, and
 * `ph_capture` from anywhere, as the older helpers have it, too. A function that is given to another one
 * (`add_task(ph_capture, "…")`) is called by it.
 */
export async function pythonCalls(text: string): Promise<Calls> {
  if (!text.includes("ph_capture") && !text.includes(packageName) && !looksLikeFlag.test(text))
    return { events: [], flags: [] };
  const { parser } = await import("@lezer/python");
  const file = readNames(parser.parse(text).topNode, text);
  const calls: Call[] = [];
  const flags: FlagUse[] = [];
  const lineOf = (node: Node): number => text.slice(0, node.from).split("\n").length;
  const add = (node: Node, names: readonly (string | undefined)[]): void => {
    calls.push(...names.map((event) => ({ event, line: lineOf(node) })));
  };
  const addFlag = (node: Node, use: FlagUse["use"] | undefined, key: Node | undefined): void => {
    if (use) flags.push(...namesIn(key, text).map((flag) => ({ flag, use, line: lineOf(node) })));
  };
  for (const node of nodesOf(file.top)) {
    if (node.name !== "CallExpression") continue;
    const [callee, list] = childrenOf(node);
    if (!callee || !list) continue;
    const args = argumentsOf(list, text);
    const called = file.pathOf(callee);
    if (called === "ph_capture") {
      add(node, namesIn(args.find(({ name }) => name === "event")?.value ?? firstOf(args), text));
    } else if (called?.startsWith("events.")) {
      const name = called.slice("events.".length);
      const event = byPythonName.get(name);
      if (event !== undefined) add(node, [event]);
      // One that the package does not have is reported by the name that it was meant to be.
      else if (!notEvents.test(name) && !file.isBoundAgain(callee)) add(node, [name]);
    }
    addFlag(node, file.flagUseOf(callee), args.find(({ name }) => name === "key")?.value ?? firstOf(args));
    for (const [index, { value }] of args.entries()) {
      addFlag(value, file.flagUseOf(value), firstOf(args.slice(index + 1)));
      const path = file.pathOf(value);
      const event = path?.startsWith("events.") ? byPythonName.get(path.slice("events.".length)) : undefined;
      if (path === "ph_capture") add(value, namesIn(firstOf(args.slice(index + 1)), text));
      else if (event !== undefined) add(value, [event]);
    }
  }
  const byLine = <Found extends { readonly line: number }>(found: readonly Found[]): Found[] =>
    found.toSorted((one, other) => one.line - other.line);
  return { events: byLine(calls), flags: byLine(flags) };
}

interface FileNames {
  readonly top: Node;
  /** Where an expression leads to within the package: "events.cadence.message_sent"; undefined where it does not. */
  pathOf(expression: Node): string | undefined;
  /** What a function does with a flag's key: the package's by the imports, or by the name of what it is a method of. */
  flagUseOf(expression: Node): FlagUse["use"] | undefined;
  /** Whether the name that an expression begins with is given another meaning in the file. */
  isBoundAgain(expression: Node): boolean;
}

function readNames(top: Node, text: string): FileNames {
  const paths = new Map<string, string>();
  const boundAgain = new Set<string>();
  for (const node of nodesOf(top)) {
    if (node.name === "ImportStatement") {
      for (const { local, path } of importsOf(node, text)) paths.set(local, path);
    } else if (node.name === "AssignStatement" || node.name === "ForStatement" || node.name === "ParamList") {
      for (const child of childrenOf(node)) if (child.name === "VariableName") boundAgain.add(textOf(child, text));
    }
  }
  const partsOf = (expression: Node) =>
    expression.name === "VariableName" || expression.name === "MemberExpression"
      ? textOf(expression, text).replaceAll(/\s/g, "").split(".")
      : [];
  const pathOf = (expression: Node): string | undefined => {
    const [root = "", ...rest] = partsOf(expression);
    if (rest.at(-1) === "ph_capture" || (root === "ph_capture" && rest.length === 0)) return "ph_capture";
    const path = paths.get(root);
    if (path === undefined) return undefined;
    return [path, ...rest].filter((part) => part !== "").join(".");
  };
  return {
    ...{ top, pathOf },
    isBoundAgain: (expression) => boundAgain.has(partsOf(expression)[0] ?? ""),
    flagUseOf(expression) {
      const parts = partsOf(expression);
      const last = parts.at(-1) ?? "";
      if (last === flagSetter) return "sets";
      const isOfPackage = parts.length > 0 && flagOfPackage.test(pathOf(expression) ?? "");
      return isOfPackage || flagReaders.test(last) ? "asks" : undefined;
    },
  };
}

/** What an import binds of the package, and every `ph_capture`. */
function importsOf(statement: Node, text: string): { local: string; path: string }[] {
  const words = childrenOf(statement).map((child) => textOf(child, text));
  const isFrom = words[0] === "from";
  const at = words.indexOf("import");
  const source = isFrom ? words.slice(1, at).join("") : "";
  const within =
    source === packageName ? "" : source.startsWith(withinPackage) ? source.slice(withinPackage.length) : undefined;
  return words
    .slice(at + 1)
    .join(" ")
    .replaceAll(/[()]/g, "")
    .split(",")
    .flatMap((each) => {
      const [name = "", alias] = each
        .replaceAll(/\s*\.\s*/g, ".")
        .trim()
        .split(/\s+as\s+/);
      if (isFrom && name === "ph_capture") return [{ local: alias ?? name, path: "ph_capture" }];
      if (isFrom) return within === undefined ? [] : [{ local: alias ?? name, path: join(within, name) }];
      if (name !== packageName && !name.startsWith(withinPackage)) return [];
      return [alias ? { local: alias, path: name.slice(withinPackage.length) } : { local: packageName, path: "" }];
    });
}

const join = (module: string, name: string): string => [module, name].filter((part) => part !== "").join(".");

interface Argument {
  /** Of a keyword argument. */
  readonly name: string | undefined;
  readonly value: Node;
}

function argumentsOf(list: Node, text: string): Argument[] {
  const args: Argument[] = [];
  let name: string | undefined;
  const children = childrenOf(list);
  for (const [index, child] of children.entries()) {
    if (/^(?:[(),]|Comment|\*{1,2}|AssignOp)$/.test(child.name)) continue;
    const isKeyword = children[index + 1]?.name === "AssignOp";
    if (isKeyword) name = textOf(child, text);
    else {
      args.push({ name, value: child });
      name = undefined;
    }
  }
  return args;
}

const firstOf = (args: readonly Argument[]): Node | undefined => args.find(({ name }) => name === undefined)?.value;

/** The texts that an expression may be. */
function namesIn(node: Node | undefined, text: string): (string | undefined)[] {
  switch (node?.name) {
    case "String":
      return [/^[rbu]*("""|'''|["'])(.*)\1$/is.exec(textOf(node, text))?.[2]];
    case "ContinuedString": {
      const parts = childrenOf(node).map((part) => namesIn(part, text)[0]);
      return [parts.includes(undefined) ? undefined : parts.join("")];
    }
    case "ParenthesizedExpression":
      return namesIn(childrenOf(node)[1], text);
    case "ConditionalExpression": {
      const [whenTrue, , , , whenFalse] = childrenOf(node);
      return [...namesIn(whenTrue, text), ...namesIn(whenFalse, text)];
    }
    default:
      return [undefined];
  }
}

const textOf = (node: Node, text: string): string => text.slice(node.from, node.to);

function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const child of childrenOf(node)) yield* nodesOf(child);
}
