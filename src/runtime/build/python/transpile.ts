import { dirname, relative, resolve } from "node:path";
import ts from "typescript";
import { text as spelledText } from "./literal.ts";
import { type CharacterSets, pythonPattern } from "./pattern.ts";

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

const reserved = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from global if " +
    "import in is lambda nonlocal not or pass raise return try while with yield match case type " +
    "abs all any bool chr dict enumerate filter float format hash hex id int iter len list map max min next object ord " +
    "pow print range repr reversed round set slice sorted str sum tuple vars zip js"
  ).split(" "),
);

type Kind =
  | "string"
  | "array"
  | "match"
  | "regexp"
  | "map"
  | "set"
  | "number"
  | "boolean"
  | "function"
  | "object"
  | "any";

export class Transpiler {
  readonly #checker: ts.TypeChecker;
  readonly #program: ts.Program;
  readonly #sets: CharacterSets;
  /** Path of a module -> its name in Python, below the package; in full where it is written by hand. */
  readonly #moduleName: (file: string) => string;

  constructor(program: ts.Program, sets: CharacterSets, moduleName: (file: string) => string) {
    this.#program = program;
    this.#checker = program.getTypeChecker();
    this.#sets = sets;
    this.#moduleName = moduleName;
  }

  module({ file, values }: Source): string {
    const source = this.#program.getSourceFile(file);
    if (!source) throw new Error(`${file} is not part of the program`);
    return new ModuleWriter(source, values, this.#checker, this.#sets, this.#moduleName).write();
  }
}

class ModuleWriter {
  readonly #source: ts.SourceFile;
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #checker: ts.TypeChecker;
  readonly #sets: CharacterSets;
  readonly #moduleName: (file: string) => string;
  readonly #patterns: string[] = [];
  readonly #names = new Map<ts.Symbol, string>();
  readonly #taken = new Map<ts.Node, Set<string>>();
  readonly #substitutes = new Map<ts.Node, string>();
  #lines: string[] = [];
  #indent = "";
  #counter = 0;
  #usesSets = false;
  /** What `continue` has to do first, in loops with a step. */
  #steps: (() => void)[] = [];

  constructor(
    source: ts.SourceFile,
    values: Readonly<Record<string, unknown>>,
    checker: ts.TypeChecker,
    sets: CharacterSets,
    moduleName: (file: string) => string,
  ) {
    this.#source = source;
    this.#values = values;
    this.#checker = checker;
    this.#sets = sets;
    this.#moduleName = moduleName;
  }

  write(): string {
    const imports: string[] = [];
    for (const statement of this.#source.statements) {
      if (
        ts.isVariableStatement(statement) &&
        statement.declarationList.declarations[0]?.name.getText(this.#source) === topName
      )
        continue;
      if (ts.isImportDeclaration(statement)) imports.push(...this.#importLines(statement));
      else this.#statement(statement);
    }
    const lead = this.#moduleName(this.#source.fileName)
      .split("/")
      .slice(0, -1)
      .map(() => ".")
      .join("");
    return [
      "from brandvx_observability._privacy import js",
      ...(this.#usesSets ? [`from .${lead} import charsets`] : []),
      ...imports.toSorted(),
      "",
      ...this.#patterns,
      ...this.#lines,
      "",
    ].join("\n");
  }

  #refuse(node: ts.Node, what: string): never {
    const { line } = this.#source.getLineAndCharacterOfPosition(node.getStart(this.#source));
    throw new Error(
      `${this.#source.fileName}:${line + 1}: ${what} has no form in Python here: ${node.getText(this.#source).slice(0, 120)}\n` +
        "Write it in another way, or teach it to src/runtime/build/python/transpile.ts.",
    );
  }

  #importLines(statement: ts.ImportDeclaration): string[] {
    const clause = statement.importClause;
    if (!clause || clause.isTypeOnly) return [];
    const specifier = (statement.moduleSpecifier as ts.StringLiteral).text;
    if (specifier.endsWith(".json")) return [];
    const bindings = clause.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings)) return this.#refuse(statement, "this import");
    const named = bindings.elements.filter((element) => !element.isTypeOnly);
    if (named.length === 0) return [];
    if (!specifier.startsWith(".")) {
      if (named.some(({ name }) => !(name.text in builtIns))) return this.#refuse(statement, "a library");
      return [];
    }
    const target = this.#moduleName(resolve(dirname(this.#source.fileName), specifier));
    const depth = this.#moduleName(this.#source.fileName).split("/").length;
    const list = named.map(({ name, propertyName }) => {
      const original = pyName((propertyName ?? name).text);
      const local = pyName(name.text);
      return original === local ? original : `${original} as ${local}`;
    });
    if (target.includes(".")) return [`from ${target} import ${list.join(", ")}`];
    return [`from ${".".repeat(depth)}${target.replaceAll("/", ".")} import ${list.join(", ")}`];
  }

  // Lines

  #line(text: string): undefined {
    this.#lines.push(text === "" ? "" : this.#indent + text);
  }

  #block(write: () => void): undefined {
    const before = this.#lines.length;
    this.#indent += "    ";
    write();
    if (this.#lines.length === before) this.#line("pass");
    this.#indent = this.#indent.slice(4);
  }

  #fresh(what: string): string {
    this.#counter += 1;
    return `_${what}${this.#counter}`;
  }

  // Names

  #nameOf(identifier: ts.Identifier): string {
    if (identifier.text === "undefined") return "None";
    const builtIn = builtIns[identifier.text];
    if (builtIn) return builtIn;
    const parent = identifier.parent;
    const symbol =
      parent && ts.isShorthandPropertyAssignment(parent)
        ? this.#checker.getShorthandAssignmentValueSymbol(parent)
        : this.#checker.getSymbolAtLocation(identifier);
    if (!symbol) return pyName(identifier.text);
    const known = this.#names.get(symbol);
    if (known) return known;
    const declaration = symbol.declarations?.[0];
    const owner = declaration && functionAround(declaration);
    const base = pyName(identifier.text);
    if (!owner || !declaration || declaration.getSourceFile() !== this.#source) {
      this.#names.set(symbol, base);
      return base;
    }
    const taken = this.#taken.get(owner) ?? new Set();
    this.#taken.set(owner, taken);
    let name = base;
    for (let count = 2; taken.has(name); count += 1) name = `${base}_${count}`;
    taken.add(name);
    this.#names.set(symbol, name);
    return name;
  }

  #kindOf(node: ts.Node): Kind {
    const type = this.#checker.getNonNullableType(this.#checker.getTypeAtLocation(node));
    return this.#kindOfType(type);
  }

  #kindOfType(type: ts.Type): Kind {
    if (type.isUnion()) {
      const kinds = new Set(
        type.types
          .filter(({ flags }) => !(flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)))
          .map((each) => this.#kindOfType(each)),
      );
      return kinds.size === 1 ? ([...kinds][0] as Kind) : "any";
    }
    const { flags } = type;
    if (flags & ts.TypeFlags.StringLike) return "string";
    if (flags & ts.TypeFlags.NumberLike) return "number";
    if (flags & ts.TypeFlags.BooleanLike) return "boolean";
    if (this.#checker.isArrayType(type) || this.#checker.isTupleType(type)) return "array";
    switch (type.symbol?.name) {
      case "RegExp":
        return "regexp";
      case "RegExpExecArray":
      case "RegExpMatchArray":
        return "match";
      case "Map":
      case "ReadonlyMap":
        return "map";
      case "Set":
      case "ReadonlySet":
        return "set";
    }
    if (type.getCallSignatures().length > 0) return "function";
    return flags & ts.TypeFlags.Object ? "object" : "any";
  }

  // Statements

  #statement(node: ts.Statement): undefined {
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isFunctionDeclaration(node)) return this.#function(node.name ? this.#nameOf(node.name) : "_", node);
    if (ts.isVariableStatement(node)) return this.#variables(node.declarationList);
    if (ts.isExpressionStatement(node)) return this.#expressionStatement(node.expression);
    if (ts.isReturnStatement(node)) {
      const value = node.expression ? ` ${this.#expression(node.expression)}` : "";
      return this.#line(`return${value}`);
    }
    if (ts.isIfStatement(node)) return this.#if(node);
    if (ts.isForOfStatement(node)) return this.#forOf(node);
    if (ts.isForStatement(node)) return this.#for(node);
    if (ts.isWhileStatement(node)) {
      this.#line("while True:");
      this.#steps.push(() => {});
      this.#block(() => {
        this.#line(`if not ${this.#condition(node.expression)}:`);
        this.#block(() => this.#line("break"));
        this.#body(node.statement);
      });
      this.#steps.pop();
      return;
    }
    if (ts.isBlock(node)) {
      for (const statement of node.statements) this.#statement(statement);
      return;
    }
    if (ts.isContinueStatement(node)) {
      this.#steps.at(-1)?.();
      return this.#line("continue");
    }
    if (ts.isBreakStatement(node)) return this.#line("break");
    if (ts.isSwitchStatement(node)) return this.#switch(node);
    this.#refuse(node, `a ${ts.SyntaxKind[node.kind]}`);
  }

  #body(node: ts.Statement): undefined {
    this.#statement(node);
  }

  #variables(list: ts.VariableDeclarationList): undefined {
    for (const declaration of list.declarations) {
      const { name, initializer } = declaration;
      const isTop = functionAround(declaration) === undefined;
      if (isTop && ts.isIdentifier(name) && name.text in this.#values && isData(this.#values[name.text])) {
        this.#line(`${this.#nameOf(name)} = ${this.#data(this.#values[name.text], "")}`);
        continue;
      }
      if (ts.isIdentifier(name)) {
        if (initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))) {
          this.#function(this.#nameOf(name), initializer);
          continue;
        }
        const value = initializer ? this.#expression(initializer) : "None";
        this.#line(`${this.#nameOf(name)} = ${value}`);
        continue;
      }
      if (!initializer) this.#refuse(declaration, "this declaration");
      const temporary = this.#fresh("d");
      this.#line(`${temporary} = ${this.#expression(initializer)}`);
      this.#destructure(name, temporary, initializer);
    }
  }

  /** @param of the expression whose type says what is taken apart */
  #destructure(pattern: ts.BindingPattern, value: string, of: ts.Node | undefined): undefined {
    const kind = of ? this.#kindOf(of) : this.#kindOf(pattern);
    pattern.elements.forEach((element, index) => {
      if (ts.isOmittedExpression(element)) return;
      const { name, propertyName, initializer, dotDotDotToken } = element;
      let taken: string;
      if (ts.isArrayBindingPattern(pattern)) {
        if (dotDotDotToken) taken = `js.rest(${value}, ${index})`;
        else taken = `js.item(${value}, ${index})`;
      } else if (dotDotDotToken) {
        const others = pattern.elements
          .filter((other) => other !== element)
          .map((other) => spelledText(keyText(other)));
        taken = `js.without(${value}, [${others.join(", ")}])`;
      } else {
        const key = propertyName ? propertyName.getText(this.#source) : (name as ts.Identifier).text;
        if (/^\d+$/.test(key)) taken = `js.item(${value}, ${key})`;
        else if (kind === "match" && key === "index") taken = `${value}.index`;
        else if (key === "length") taken = `len(${value})`;
        else if (kind === "regexp") taken = `${value}.${key}`;
        else taken = `js.get(${value}, ${spelledText(key)})`;
      }
      if (initializer) {
        const temporary = this.#fresh("v");
        this.#line(`${temporary} = ${taken}`);
        taken = `(${temporary} if ${temporary} is not None else ${this.#expression(initializer)})`;
      }
      if (ts.isIdentifier(name)) this.#line(`${this.#nameOf(name)} = ${taken}`);
      else {
        const temporary = this.#fresh("d");
        this.#line(`${temporary} = ${taken}`);
        this.#destructure(name, temporary, undefined);
      }
    });
  }

  #function(name: string, node: ts.FunctionLikeDeclaration): undefined {
    const parameters: string[] = [];
    const unpack: (() => void)[] = [];
    for (const parameter of node.parameters) {
      if (parameter.dotDotDotToken && ts.isIdentifier(parameter.name)) {
        const rest = this.#nameOf(parameter.name);
        parameters.push(`*${rest}`);
        unpack.push(() => this.#line(`${rest} = list(${rest})`));
        continue;
      }
      if (ts.isIdentifier(parameter.name)) {
        const own = this.#nameOf(parameter.name);
        const isOptional = parameter.questionToken !== undefined || parameter.initializer !== undefined;
        parameters.push(isOptional ? `${own}=None` : own);
        const { initializer } = parameter;
        if (initializer)
          unpack.push(() => {
            const otherwise = this.#expression(initializer);
            this.#line(`if ${own} is None:`);
            this.#block(() => this.#line(`${own} = ${otherwise}`));
          });
        continue;
      }
      const temporary = this.#fresh("p");
      parameters.push(parameter.initializer ? `${temporary}=None` : temporary);
      const pattern = parameter.name;
      unpack.push(() => {
        if (parameter.initializer) this.#line(`${temporary} = {} if ${temporary} is None else ${temporary}`);
        this.#destructure(pattern, temporary, undefined);
      });
    }
    this.#line(`def ${name}(${parameters.join(", ")}):`);
    const steps = this.#steps;
    this.#steps = [];
    this.#block(() => {
      const outer = this.#assignedOutside(node);
      if (outer.global.length > 0) this.#line(`global ${outer.global.join(", ")}`);
      if (outer.nonlocal.length > 0) this.#line(`nonlocal ${outer.nonlocal.join(", ")}`);
      for (const each of unpack) each();
      if (!node.body) return;
      if (ts.isBlock(node.body)) for (const statement of node.body.statements) this.#statement(statement);
      else this.#line(`return ${this.#expression(node.body)}`);
    });
    this.#steps = steps;
    if (this.#indent === "") this.#line("");
  }

  /** Variables that the function sets and that belong to one around it. */
  #assignedOutside(node: ts.FunctionLikeDeclaration): { global: string[]; nonlocal: string[] } {
    const found = { global: new Set<string>(), nonlocal: new Set<string>() };
    const note = (target: ts.Node): undefined => {
      if (ts.isParenthesizedExpression(target)) return note(target.expression);
      if (ts.isArrayLiteralExpression(target)) {
        target.elements.forEach(note);
        return;
      }
      if (ts.isObjectLiteralExpression(target)) {
        for (const property of target.properties) {
          if (ts.isShorthandPropertyAssignment(property)) note(property.name);
          else if (ts.isPropertyAssignment(property)) note(property.initializer);
        }
        return;
      }
      if (!ts.isIdentifier(target)) return;
      const parent = target.parent;
      const symbol = ts.isShorthandPropertyAssignment(parent)
        ? this.#checker.getShorthandAssignmentValueSymbol(parent)
        : this.#checker.getSymbolAtLocation(target);
      const declaration = symbol?.declarations?.[0];
      if (!declaration) return;
      const owner = functionAround(declaration);
      if (owner === node) return;
      if (owner === undefined) found.global.add(this.#nameOf(target));
      else if (isWithin(node, owner)) found.nonlocal.add(this.#nameOf(target));
    };
    const visit = (child: ts.Node): undefined => {
      if (child !== node && ts.isFunctionLike(child)) return;
      if (ts.isBinaryExpression(child) && isAssignment(child.operatorToken.kind)) note(child.left);
      if (
        (ts.isPrefixUnaryExpression(child) || ts.isPostfixUnaryExpression(child)) &&
        (child.operator === ts.SyntaxKind.PlusPlusToken || child.operator === ts.SyntaxKind.MinusMinusToken)
      )
        note(child.operand);
      ts.forEachChild(child, visit);
    };
    if (node.body) visit(node.body);
    return { global: [...found.global], nonlocal: [...found.nonlocal] };
  }

  #if(node: ts.IfStatement): undefined {
    this.#line(`if ${this.#condition(node.expression)}:`);
    this.#block(() => this.#body(node.thenStatement));
    const other = node.elseStatement;
    if (!other) return;
    this.#line("else:");
    this.#block(() => this.#body(other));
  }

  #forOf(node: ts.ForOfStatement): undefined {
    const list = node.initializer as ts.VariableDeclarationList;
    const name = list.declarations[0]?.name;
    if (!name) return this.#refuse(node, "this loop");
    const over = this.#iterated(node.expression);
    const variable = ts.isIdentifier(name) ? this.#nameOf(name) : this.#fresh("e");
    this.#line(`for ${variable} in ${over}:`);
    this.#steps.push(() => {});
    this.#block(() => {
      if (!ts.isIdentifier(name)) this.#destructure(name, variable, undefined);
      this.#body(node.statement);
    });
    this.#steps.pop();
  }

  #iterated(node: ts.Expression): string {
    const text = this.#expression(node);
    const kind = this.#kindOf(node);
    if (kind === "string") return `js.points(${text})`;
    if (kind === "map") return `list(${text}.items())`;
    return text;
  }

  #for(node: ts.ForStatement): undefined {
    if (node.initializer) {
      if (ts.isVariableDeclarationList(node.initializer)) this.#variables(node.initializer);
      else this.#expressionStatement(node.initializer);
    }
    this.#line("while True:");
    const step = () => {
      if (node.incrementor) this.#expressionStatement(node.incrementor);
    };
    this.#steps.push(step);
    this.#block(() => {
      if (node.condition) {
        this.#line(`if not ${this.#condition(node.condition)}:`);
        this.#block(() => this.#line("break"));
      }
      this.#body(node.statement);
      step();
    });
    this.#steps.pop();
  }

  #switch(node: ts.SwitchStatement): undefined {
    const value = this.#fresh("s");
    this.#line(`${value} = ${this.#expression(node.expression)}`);
    let tests: string[] = [];
    let isFirst = true;
    for (const clause of node.caseBlock.clauses) {
      if (ts.isCaseClause(clause)) tests.push(`${value} == ${this.#expression(clause.expression)}`);
      else tests.push("True");
      if (clause.statements.length === 0) continue;
      this.#line(`${isFirst ? "if" : "elif"} ${tests.join(" or ")}:`);
      this.#block(() => {
        for (const statement of clause.statements) if (!ts.isBreakStatement(statement)) this.#statement(statement);
      });
      tests = [];
      isFirst = false;
    }
  }

  #expressionStatement(node: ts.Expression): undefined {
    if (ts.isParenthesizedExpression(node)) return this.#expressionStatement(node.expression);
    if (ts.isVoidExpression(node)) return this.#expressionStatement(node.expression);
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      const sign =
        node.operator === ts.SyntaxKind.PlusPlusToken
          ? "+="
          : node.operator === ts.SyntaxKind.MinusMinusToken
            ? "-="
            : undefined;
      if (sign) return this.#line(`${this.#expression(node.operand)} ${sign} 1`);
    }
    if (ts.isBinaryExpression(node)) {
      const kind = node.operatorToken.kind;
      if (kind === ts.SyntaxKind.CommaToken) {
        this.#expressionStatement(node.left);
        return this.#expressionStatement(node.right);
      }
      if (kind === ts.SyntaxKind.AmpersandAmpersandToken) {
        this.#line(`if ${this.#condition(node.left)}:`);
        return this.#block(() => this.#expressionStatement(node.right));
      }
      if (isAssignment(kind)) return this.#assign(node);
    }
    this.#line(this.#expression(node));
  }

  #assign(node: ts.BinaryExpression): undefined {
    const { left, right, operatorToken } = node;
    const sign = operatorToken.getText(this.#source);
    if (ts.isObjectLiteralExpression(left) || ts.isArrayLiteralExpression(left)) {
      const temporary = this.#fresh("d");
      this.#line(`${temporary} = ${this.#expression(right)}`);
      if (ts.isArrayLiteralExpression(left)) {
        left.elements.forEach((element, index) => {
          this.#line(`${this.#target(element)} = js.item(${temporary}, ${index})`);
        });
        return;
      }
      for (const property of left.properties) {
        if (!ts.isShorthandPropertyAssignment(property)) this.#refuse(node, "this assignment");
        this.#line(`${this.#nameOf(property.name)} = js.get(${temporary}, ${spelledText(property.name.text)})`);
      }
      return;
    }
    const target = this.#target(left);
    if (sign === "||=" || sign === "&&=" || sign === "??=") {
      const test =
        sign === "??=" ? `${target} is None` : sign === "||=" ? `not ${this.#condition(left)}` : this.#condition(left);
      this.#line(`if ${test}:`);
      return this.#block(() => this.#line(`${target} = ${this.#expression(right)}`));
    }
    const value = this.#expression(right);
    if (sign === "+=" && this.#kindOf(left) === "any") this.#refuse(node, "this sum");
    this.#line(`${target} ${sign} ${value}`);
  }

  #target(node: ts.Expression): string {
    if (ts.isPropertyAccessExpression(node) && this.#kindOf(node.expression) === "regexp")
      return `${this.#expression(node.expression)}.${node.name.text}`;
    if (ts.isPropertyAccessExpression(node))
      return `${this.#expression(node.expression)}[${spelledText(node.name.text)}]`;
    if (ts.isElementAccessExpression(node))
      return `${this.#expression(node.expression)}[${this.#expression(node.argumentExpression)}]`;
    return this.#expression(node);
  }

  // Expressions

  /** As a condition: lists and objects are true even when they are empty. */
  #condition(node: ts.Expression): string {
    if (ts.isParenthesizedExpression(node)) return `(${this.#condition(node.expression)})`;
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
      return `(not ${this.#condition(node.operand)})`;
    if (ts.isBinaryExpression(node)) {
      const kind = node.operatorToken.kind;
      if (kind === ts.SyntaxKind.AmpersandAmpersandToken)
        return `(${this.#condition(node.left)} and ${this.#condition(node.right)})`;
      if (kind === ts.SyntaxKind.BarBarToken)
        return `(${this.#condition(node.left)} or ${this.#condition(node.right)})`;
    }
    const text = this.#expression(node);
    switch (this.#kindOf(node)) {
      case "string":
      case "number":
      case "boolean":
        return text;
      case "any":
        return `js.truthy(${text})`;
      default:
        return `(${text} is not None)`;
    }
  }

  #expression(node: ts.Expression): string {
    const substitute = this.#substitutes.get(node);
    if (substitute !== undefined) return substitute;
    if (
      isChain(node) &&
      !(
        node.parent &&
        isChain(node.parent) &&
        (node.parent as { expression?: ts.Node }).expression === node &&
        !(node.parent as ts.PropertyAccessExpression).questionDotToken
      )
    )
      return this.#chain(node);
    return this.#plain(node);
  }

  /** `a?.b.c`: nothing of the rest where a is missing. */
  #chain(node: ts.Expression): string {
    let at: ts.Expression = node;
    while (!(at as ts.PropertyAccessExpression).questionDotToken) at = (at as ts.PropertyAccessExpression).expression;
    const base = (at as ts.PropertyAccessExpression).expression;
    const temporary = this.#fresh("c");
    const value = this.#expression(base);
    this.#substitutes.set(base, temporary);
    const rest = this.#plain(node);
    this.#substitutes.delete(base);
    return `(None if (${temporary} := ${value}) is None else ${rest})`;
  }

  #plain(node: ts.Expression): string {
    if (ts.isParenthesizedExpression(node)) return `(${this.#expression(node.expression)})`;
    if (ts.isAsExpression(node) || ts.isNonNullExpression(node) || ts.isSatisfiesExpression(node))
      return this.#expression(node.expression);
    if (ts.isIdentifier(node)) return this.#nameOf(node);
    if (ts.isStringLiteralLike(node)) return spelledText(node.text, true);
    if (ts.isNumericLiteral(node)) return String(Number(node.text.replaceAll("_", "")));
    if (node.kind === ts.SyntaxKind.TrueKeyword) return "True";
    if (node.kind === ts.SyntaxKind.FalseKeyword) return "False";
    if (node.kind === ts.SyntaxKind.NullKeyword) return "None";
    if (ts.isRegularExpressionLiteral(node)) return this.#patternLiteral(node);
    if (ts.isTemplateExpression(node)) {
      const parts = [spelledText(node.head.text, true)];
      for (const span of node.templateSpans) {
        parts.push(`js.string(${this.#expression(span.expression)})`, spelledText(span.literal.text, true));
      }
      return `(${parts.filter((part) => part !== '""').join(" + ")})`;
    }
    if (ts.isArrayLiteralExpression(node)) return this.#list(node.elements);
    if (ts.isObjectLiteralExpression(node)) return this.#object(node);
    if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) {
      const name = this.#fresh("f");
      this.#function(name, node);
      return name;
    }
    if (ts.isConditionalExpression(node))
      return `(${this.#expression(node.whenTrue)} if ${this.#condition(node.condition)} else ${this.#expression(node.whenFalse)})`;
    if (ts.isPrefixUnaryExpression(node)) {
      if (node.operator === ts.SyntaxKind.ExclamationToken) return `(not ${this.#condition(node.operand)})`;
      if (node.operator === ts.SyntaxKind.MinusToken) return `(-${this.#expression(node.operand)})`;
      this.#refuse(node, "this sign");
    }
    if (ts.isBinaryExpression(node)) return this.#binary(node);
    if (ts.isElementAccessExpression(node)) return this.#element(node);
    if (ts.isPropertyAccessExpression(node)) return this.#property(node);
    if (ts.isCallExpression(node)) return this.#call(node);
    if (ts.isNewExpression(node)) return this.#new(node);
    if (ts.isYieldExpression(node)) return `(yield ${node.expression ? this.#expression(node.expression) : ""})`;
    if (ts.isTypeOfExpression(node)) return `js.type_of(${this.#expression(node.expression)})`;
    if (ts.isVoidExpression(node)) return this.#expression(node.expression);
    return this.#refuse(node, `a ${ts.SyntaxKind[node.kind]}`);
  }

  #list(elements: readonly ts.Expression[]): string {
    const parts = elements.map((element) =>
      ts.isSpreadElement(element) ? `*${this.#iterated(element.expression)}` : this.#expression(element),
    );
    return `[${parts.join(", ")}]`;
  }

  #object(node: ts.ObjectLiteralExpression): string {
    const parts = node.properties.map((property) => {
      if (ts.isSpreadAssignment(property)) return `**js.spread(${this.#expression(property.expression)})`;
      if (ts.isShorthandPropertyAssignment(property))
        return `${spelledText(property.name.text)}: ${this.#nameOf(property.name)}`;
      if (ts.isMethodDeclaration(property)) {
        const name = this.#fresh("m");
        this.#function(name, property);
        return `${spelledText(property.name.getText(this.#source))}: ${name}`;
      }
      if (!ts.isPropertyAssignment(property)) return this.#refuse(property, "this property");
      const { name } = property;
      const key = ts.isComputedPropertyName(name)
        ? this.#expression(name.expression)
        : spelledText(ts.isStringLiteralLike(name) || ts.isIdentifier(name) ? name.text : name.getText(this.#source));
      return `${key}: ${this.#expression(property.initializer)}`;
    });
    const absent = node.properties.filter(isAbsent).map(({ name }) => spelledText(name.getText(this.#source)));
    const kept = `{${parts.filter((_, index) => !isAbsent(node.properties[index])).join(", ")}}`;
    return absent.length > 0 ? `js.without(${kept}, [${absent.join(", ")}])` : kept;
  }

  #binary(node: ts.BinaryExpression): string {
    const { left, right, operatorToken } = node;
    const sign = operatorToken.getText(this.#source);
    switch (operatorToken.kind) {
      case ts.SyntaxKind.EqualsEqualsEqualsToken:
      case ts.SyntaxKind.ExclamationEqualsEqualsToken: {
        const is = operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken;
        const other = this.#expression(right);
        if (other === "None") return `(${this.#expression(left)} ${is ? "is" : "is not"} None)`;
        return `(${this.#expression(left)} ${is ? "==" : "!="} ${other})`;
      }
      case ts.SyntaxKind.QuestionQuestionToken: {
        const temporary = this.#fresh("n");
        const value = this.#expression(left);
        return `(${temporary} if (${temporary} := ${value}) is not None else ${this.#expression(right)})`;
      }
      case ts.SyntaxKind.AmpersandAmpersandToken:
      case ts.SyntaxKind.BarBarToken: {
        const isAnd = operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
        const kind = this.#kindOf(left);
        if (["string", "number", "boolean"].includes(kind))
          return `(${this.#expression(left)} ${isAnd ? "and" : "or"} ${this.#expression(right)})`;
        const temporary = this.#fresh("b");
        const test =
          kind === "any"
            ? `js.truthy(${temporary} := ${this.#expression(left)})`
            : `(${temporary} := ${this.#expression(left)}) is not None`;
        const other = this.#expression(right);
        return isAnd ? `(${other} if ${test} else ${temporary})` : `(${temporary} if ${test} else ${other})`;
      }
      case ts.SyntaxKind.PlusToken: {
        const [one, other] = [this.#kindOf(left), this.#kindOf(right)];
        const asText = one === "string" || other === "string";
        const side = (part: ts.Expression, kind: Kind) =>
          asText && kind !== "string" ? `js.string(${this.#expression(part)})` : this.#expression(part);
        return `(${side(left, one)} + ${side(right, other)})`;
      }
      case ts.SyntaxKind.InKeyword:
        return `js.has(${this.#expression(right)}, ${this.#expression(left)})`;
      case ts.SyntaxKind.InstanceOfKeyword: {
        const test = { Error: "js.is_error", Date: "js.is_date" }[right.getText(this.#source)];
        return test ? `${test}(${this.#expression(left)})` : this.#refuse(node, "this class");
      }
      case ts.SyntaxKind.EqualsToken:
        if (ts.isIdentifier(left)) return `(${this.#nameOf(left)} := ${this.#expression(right)})`;
        return this.#refuse(node, "this assignment");
      case ts.SyntaxKind.MinusToken:
      case ts.SyntaxKind.AsteriskToken:
      case ts.SyntaxKind.SlashToken:
      case ts.SyntaxKind.PercentToken:
      case ts.SyntaxKind.LessThanToken:
      case ts.SyntaxKind.LessThanEqualsToken:
      case ts.SyntaxKind.GreaterThanToken:
      case ts.SyntaxKind.GreaterThanEqualsToken:
      case ts.SyntaxKind.BarToken:
      case ts.SyntaxKind.AmpersandToken:
      case ts.SyntaxKind.GreaterThanGreaterThanToken:
      case ts.SyntaxKind.LessThanLessThanToken:
        return `(${this.#expression(left)} ${sign} ${this.#expression(right)})`;
      default:
        return this.#refuse(node, `the sign ${sign}`);
    }
  }

  #element(node: ts.ElementAccessExpression): string {
    const index = this.#expression(node.argumentExpression);
    const base = this.#expression(node.expression);
    switch (this.#kindOf(node.expression)) {
      case "string":
        return `js.char(${base}, ${index})`;
      case "array":
      case "match":
        return `js.item(${base}, ${index})`;
      default:
        return `js.get(${base}, ${index})`;
    }
  }

  #property(node: ts.PropertyAccessExpression): string {
    const name = node.name.text;
    const whole = node.getText(this.#source);
    const constant = {
      "Number.POSITIVE_INFINITY": 'float("inf")',
      "Number.NEGATIVE_INFINITY": 'float("-inf")',
      "Number.NaN": 'float("nan")',
      "Number.MAX_SAFE_INTEGER": "9007199254740991",
    }[whole];
    if (constant) return constant;
    const base = this.#expression(node.expression);
    const kind = this.#kindOf(node.expression);
    if (name === "length" && (kind === "string" || kind === "array" || kind === "match")) return `len(${base})`;
    if (name === "size" && (kind === "map" || kind === "set")) return `len(${base})`;
    if (kind === "match" || kind === "regexp") return `${base}.${name}`;
    if (kind === "object" || kind === "any") return `js.get(${base}, ${spelledText(name)})`;
    return this.#refuse(node, `${name} of a ${kind}`);
  }

  #new(node: ts.NewExpression): string {
    const argument = node.arguments?.[0];
    switch (node.expression.getText(this.#source)) {
      case "Set":
        return argument ? `set(${this.#iterated(argument)})` : "set()";
      case "Map":
        return argument ? `dict(${this.#iterated(argument)})` : "{}";
      default:
        return this.#refuse(node, "this class");
    }
  }

  #arguments(node: ts.CallExpression): string[] {
    return node.arguments.map((argument) =>
      ts.isSpreadElement(argument) ? `*${this.#iterated(argument.expression)}` : this.#expression(argument),
    );
  }

  #call(node: ts.CallExpression): string {
    const callee = node.expression;
    if (ts.isIdentifier(callee)) {
      return `${this.#nameOf(callee)}(${this.#arguments(node).join(", ")})`;
    }
    if (!ts.isPropertyAccessExpression(callee))
      return `${this.#expression(callee)}(${this.#arguments(node).join(", ")})`;
    const method = callee.name.text;
    const fixed = staticCalls[callee.getText(this.#source)];
    if (fixed) return `${fixed}(${this.#arguments(node).join(", ")})`;
    const kind = this.#kindOf(callee.expression);
    if (method === "subarray")
      return `js.slice(${[this.#expression(callee.expression), ...this.#arguments(node)].join(", ")})`;
    if (kind === "object" || kind === "any") {
      if (
        this.#kindOf(callee) === "function" &&
        kind === "object" &&
        !["next", "return", "hasOwnProperty"].includes(method)
      ) {
        const symbol = this.#checker.getTypeAtLocation(callee.expression).symbol?.name ?? "";
        if (!/Iterator|Generator/.test(symbol))
          return `js.get(${this.#expression(callee.expression)}, ${spelledText(method)})(${this.#arguments(node).join(", ")})`;
      }
      return this.#refuse(node, `the call of ${method}`);
    }
    const base = this.#expression(callee.expression);
    return this.#method(node, base, kind, method);
  }

  #method(node: ts.CallExpression, base: string, kind: Kind, method: string): string {
    const given = node.arguments;
    const counts = (index: number): number => {
      const argument = given[index];
      if (!argument) return 0;
      if (ts.isArrowFunction(argument) || ts.isFunctionExpression(argument)) return argument.parameters.length;
      const signature = this.#checker.getTypeAtLocation(argument).getCallSignatures()[0];
      return signature?.getParameters().length ?? 0;
    };
    const first = given[0];
    const list = () => this.#arguments(node);
    if (kind === "string") {
      switch (method) {
        case "replace":
        case "replaceAll": {
          const replacement = given[1];
          if (!first || !replacement) break;
          const isFunction = this.#kindOf(replacement) === "function";
          const what = this.#expression(first);
          const by = this.#expression(replacement);
          if (this.#kindOf(first) === "regexp")
            return `js.replace(${base}, ${what}, ${by}, ${isFunction ? counts(1) : 0})`;
          return isFunction
            ? this.#refuse(node, "this replacement")
            : `${base}.replace(${what}, ${by}${method === "replace" ? ", 1" : ""})`;
        }
        case "split":
          return `js.split(${base}, ${list().join(", ")})`;
        case "match":
          return `js.match(${base}, ${list().join(", ")})`;
        case "search":
          return `js.search(${base}, ${list().join(", ")})`;
        case "includes":
          return `(${list()[0]} in ${base})`;
        case "startsWith":
          return `${base}.startswith(${list().join(", ")})`;
        case "endsWith":
          return `${base}.endswith(${list().join(", ")})`;
        case "indexOf":
          return `js.index_of(${base}, ${list().join(", ")})`;
        case "lastIndexOf":
          return `js.last_index_of(${base}, ${list().join(", ")})`;
        case "repeat":
          return `(${base} * max(0, ${list()[0]}))`;
        case "at":
          return `js.at(${base}, ${list()[0]})`;
      }
      const simple = stringMethods[method];
      if (simple) return `js.${simple}(${[base, ...list()].join(", ")})`;
    }
    if (kind === "array" || kind === "match") {
      switch (method) {
        case "push":
          return given.length === 1 && first && !ts.isSpreadElement(first)
            ? `${base}.append(${list()[0]})`
            : `${base}.extend([${list().join(", ")}])`;
        case "map":
        case "filter":
        case "some":
        case "every":
        case "flatMap":
        case "find":
        case "findIndex":
        case "findLast":
        case "findLastIndex":
        case "forEach":
          if (first && ts.isIdentifier(first) && builtIns[first.text])
            return `js.${helper(method)}(${base}, ${list()[0]}, 1)`;
          return `js.${helper(method)}(${base}, ${list()[0]}, ${Math.min(2, Math.max(1, counts(0)))})`;
        case "reduce":
          return `js.reduce(${base}, ${Math.max(2, counts(0))}, ${list().join(", ")})`;
        case "sort":
        case "toSorted":
          return `js.${method === "sort" ? "sort" : "to_sorted"}(${[base, ...list()].join(", ")})`;
        case "includes":
          return `(${list()[0]} in ${base})`;
        case "join":
          return `(${list()[0] ?? '","'}).join(js.strings(${base}))`;
        case "at":
          return `js.at(${base}, ${list()[0]})`;
        case "slice":
          return `js.slice(${[base, ...list()].join(", ")})`;
        case "concat":
          return `js.concat(${[base, ...list()].join(", ")})`;
        case "entries":
          return `list(enumerate(${base}))`;
        case "keys":
          return `range(len(${base}))`;
        case "reverse":
          return `js.reverse(${base})`;
        case "toReversed":
          return `list(reversed(${base}))`;
        case "pop":
          return `(${base}.pop() if ${base} else None)`;
        case "shift":
          return `(${base}.pop(0) if ${base} else None)`;
        case "indexOf":
          return `js.index_in(${base}, ${list()[0]})`;
        case "splice":
          return `js.splice(${[base, ...list()].join(", ")})`;
      }
    }
    if (kind === "regexp" && (method === "test" || method === "exec")) return `${base}.${method}(${list().join(", ")})`;
    if (kind === "number" && method === "toString") return `js.in_base(${[base, ...list()].join(", ")})`;
    if (kind === "set") {
      switch (method) {
        case "has":
          return `(${list()[0]} in ${base})`;
        case "add":
          return `${base}.add(${list()[0]})`;
        case "delete":
          return `${base}.discard(${list()[0]})`;
      }
    }
    if (kind === "map") {
      switch (method) {
        case "has":
          return `(${list()[0]} in ${base})`;
        case "get":
          return `${base}.get(${list()[0]})`;
        case "clear":
          return `${base}.clear()`;
        case "set":
          return `js.put(${base}, ${list().join(", ")})`;
        case "delete":
          return `${base}.pop(${list()[0]}, None)`;
        case "keys":
        case "values":
          return `list(${base}.${method}())`;
        case "entries":
          return `list(${base}.items())`;
      }
    }
    return this.#refuse(node, `${method} of a ${kind}`);
  }

  #patternLiteral(node: ts.RegularExpressionLiteral): string {
    const [, source = "", flags = ""] = /^\/(.*)\/([a-z]*)$/s.exec(node.text) ?? [];
    const name = `_R${this.#patterns.length + 1}`;
    this.#patterns.push(`${name} = ${this.#patternOf(new RegExp(source, flags))}`);
    return name;
  }

  #patternOf(pattern: RegExp): string {
    const { parts, ignoreCase } = pythonPattern(pattern, this.#sets);
    const source = parts.map((part) => {
      if (typeof part === "string") return rawText(part);
      this.#usesSets = true;
      return `charsets.${part.set}`;
    });
    const flags = [ignoreCase ? "i" : "", pattern.global ? "g" : "", pattern.sticky ? "y" : ""].join("");
    return `js.RegExp(${source.join(" + ") || 'r""'}${flags ? `, ${spelledText(flags)}` : ""})`;
  }

  /** A value of the module's top. */
  #data(value: unknown, indent: string): string {
    if (value instanceof RegExp) return this.#patternOf(value);
    if (value === null || value === undefined) return "None";
    if (typeof value === "boolean") return value ? "True" : "False";
    if (typeof value === "number") return Number.isInteger(value) ? String(value) : value.toString();
    if (typeof value === "string") return spelledText(value, true);
    const inner = `${indent}    `;
    const wrap = (open: string, parts: string[], close: string): string => {
      const short = `${open}${parts.join(", ")}${close}`;
      if (short.length + indent.length <= 100 && !short.includes("\n")) return short;
      return `${open}\n${parts.map((part) => `${inner}${part},\n`).join("")}${indent}${close}`;
    };
    if (Array.isArray(value))
      return wrap(
        "[",
        value.map((item) => this.#data(item, inner)),
        "]",
      );
    if (value instanceof Set)
      return value.size === 0
        ? "set()"
        : wrap(
            "{",
            [...value].map((item) => this.#data(item, inner)),
            "}",
          );
    const entries = value instanceof Map ? [...value] : Object.entries(value as object);
    return wrap(
      "{",
      entries.map(([key, item]) => `${this.#data(key, inner)}: ${this.#data(item, inner)}`),
      "}",
    );
  }
}

/** No function in it, at any depth. */
function isData(value: unknown): boolean {
  if (typeof value === "function") return false;
  if (typeof value !== "object" || value === null || value instanceof RegExp) return true;
  const inner = value instanceof Set || value instanceof Map ? [...value] : Object.values(value);
  return inner.every(isData);
}

const builtIns: Readonly<Record<string, string>> = {
  String: "js.string",
  Number: "js.number",
  Boolean: "js.truthy",
  parseInt: "js.parse_int",
  sha256: "js.sha256",
  utf8ToBytes: "js.utf8_bytes",
};

const staticCalls: Readonly<Record<string, string>> = {
  "Math.max": "js.largest",
  "Math.min": "js.smallest",
  "Math.floor": "js.floor",
  "Math.ceil": "js.ceil",
  "Math.round": "js.round_half_up",
  "Math.abs": "abs",
  "Math.log2": "js.log2",
  "Number.parseInt": "js.parse_int",
  "Number.isInteger": "js.is_integer",
  "Number.isNaN": "js.is_nan",
  "Number.isFinite": "js.is_finite",
  "String.fromCharCode": "js.from_char_code",
  "String.fromCodePoint": "js.from_code_point",
  "Object.entries": "js.entries",
  "Object.keys": "js.keys",
  "Object.values": "js.values",
  "Object.fromEntries": "dict",
  "Object.hasOwn": "js.has",
  "Array.isArray": "js.is_array",
  "Array.from": "list",
  "JSON.stringify": "js.json_text",
  "JSON.parse": "js.json_value",
};

const stringMethods: Readonly<Record<string, string>> = {
  slice: "slice",
  toLowerCase: "lower",
  toUpperCase: "upper",
  trim: "trim",
  trimEnd: "trim_end",
  trimStart: "trim_start",
  charCodeAt: "char_code_at",
  codePointAt: "code_point_at",
  padStart: "pad_start",
  toWellFormed: "well_formed",
  normalize: "normalize",
};

const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const pyName = (name: string) => (reserved.has(name) || name.startsWith("__") ? `${name}_` : name);

const rawText = (source: string) =>
  source.includes('"')
    ? source.includes("'")
      ? `r"""${source.replaceAll('"', "\\x22")}"""`
      : `r'${source}'`
    : `r"${source}"`;

const isAssignment = (kind: ts.SyntaxKind) =>
  kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;

/** `{ …all, arguments: undefined }`: all but one. */
const isAbsent = (property: ts.Node | undefined): property is ts.PropertyAssignment =>
  property !== undefined &&
  ts.isPropertyAssignment(property) &&
  ts.isIdentifier(property.initializer) &&
  property.initializer.text === "undefined";

const isChain = (node: ts.Node): boolean => ts.isOptionalChain(node);

const keyText = (element: ts.ArrayBindingElement): string =>
  ts.isOmittedExpression(element) ? "" : (element.propertyName ?? element.name).getText();

function functionAround(node: ts.Node): ts.Node | undefined {
  let at = node.parent;
  // A parameter belongs to its own function; the name of a function to the one around it.
  if (ts.isParameter(node)) return node.parent;
  while (at && !ts.isSourceFile(at)) {
    if (ts.isFunctionLike(at)) return at;
    at = at.parent;
  }
  return undefined;
}

function isWithin(node: ts.Node, owner: ts.Node): boolean {
  for (let at: ts.Node | undefined = node; at; at = at.parent) if (at === owner) return true;
  return false;
}

export const moduleNameBelow = (folder: string) => (file: string) => {
  const path = relative(folder, file).replaceAll("\\", "/").replace(/\.ts$/, "").replaceAll("-", "_");
  return path.startsWith("..") ? path.replaceAll("../", "").replaceAll("/", "_") : path;
};

/** Name of a list's method in js.py. */
const helper = (method: string) => (method === "map" || method === "filter" ? `${method}_` : snake(method));

/** Under this name a module gives what it has at its top. */
export const topName = "valuesAtTop";
