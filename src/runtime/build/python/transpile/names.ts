import ts from "typescript";
import { functionAround } from "./scope.ts";

/** What may not be a variable's name: Python's words, what the package uses of its built-in functions, and `js`. */
const reserved = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from global if " +
    "import in is lambda nonlocal not or pass raise return try while with yield match case type " +
    "abs all any bool chr dict enumerate filter float format hash hex id int iter len list map max min next object ord " +
    "pow print range repr reversed round set slice sorted str sum tuple vars zip js"
  ).split(" "),
);

/** Functions that a module may call by name, or import from a library, and their helpers in js.py. */
const builtIns: Readonly<Record<string, string>> = {
  String: "js.string",
  Number: "js.number",
  Boolean: "js.truthy",
  parseInt: "js.parse_int",
  sha256: "js.sha256",
  utf8ToBytes: "js.utf8_bytes",
};

export const isBuiltIn = (name: string): boolean => Object.hasOwn(builtIns, name);

export const pythonName = (name: string): string => (reserved.has(name) || name.startsWith("__") ? `${name}_` : name);

/** The names of one module's variables in Python, and those that the translation adds. */
export class Names {
  readonly #source: ts.SourceFile;
  readonly #checker: ts.TypeChecker;
  readonly #known = new Map<ts.Symbol, string>();
  readonly #taken = new Map<ts.Node, Set<string>>();
  #counter = 0;

  constructor(source: ts.SourceFile, checker: ts.TypeChecker) {
    this.#source = source;
    this.#checker = checker;
  }

  /** A name that no variable has. */
  fresh(what: string): string {
    this.#counter += 1;
    return `_${what}${this.#counter}`;
  }

  /** Python has one scope in a function, JavaScript one in each block: a name taken in the function gets a number. */
  of(identifier: ts.Identifier): string {
    if (identifier.text === "undefined") return "None";
    if (isBuiltIn(identifier.text)) return builtIns[identifier.text] as string;
    const symbol = this.symbolOf(identifier);
    const base = pythonName(identifier.text);
    if (!symbol) return base;
    const known = this.#known.get(symbol);
    if (known) return known;
    const declaration = symbol.declarations?.[0];
    const owner = declaration && functionAround(declaration);
    const name = owner && declaration.getSourceFile() === this.#source ? this.#free(base, owner) : base;
    this.#known.set(symbol, name);
    return name;
  }

  symbolOf(identifier: ts.Identifier): ts.Symbol | undefined {
    const { parent } = identifier;
    return parent && ts.isShorthandPropertyAssignment(parent)
      ? this.#checker.getShorthandAssignmentValueSymbol(parent)
      : this.#checker.getSymbolAtLocation(identifier);
  }

  #free(base: string, owner: ts.Node): string {
    const taken = this.#taken.get(owner) ?? new Set();
    this.#taken.set(owner, taken);
    let name = base;
    for (let count = 2; taken.has(name); count += 1) name = `${base}_${count}`;
    taken.add(name);
    return name;
  }
}
