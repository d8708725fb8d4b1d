import ts from "typescript";
import { assign, destructure } from "./assignments.ts";
import type { ModuleContext } from "./context.ts";
import { Expressions } from "./expressions.ts";
import { assignedOutside, functionAround, isAssignment } from "./scope.ts";
import type { Speller } from "./speller.ts";
import { isData } from "./values.ts";

/** Writes statements, and functions, which are made of them. */
export class Statements {
  readonly #context: ModuleContext;
  /** Values at the module's top, by name. */
  readonly #atTop: Readonly<Record<string, unknown>>;
  readonly #to: Speller;
  /** What `continue` has to do first, for each loop around, the innermost last. */
  #steps: (() => void)[] = [];

  constructor(context: ModuleContext, atTop: Readonly<Record<string, unknown>>) {
    this.#context = context;
    this.#atTop = atTop;
    this.#to = new Expressions(context, (name, node) => this.#function(name, node));
  }

  statement(node: ts.Statement): undefined {
    const context = this.#context;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isFunctionDeclaration(node)) return this.#function(node.name ? context.names.of(node.name) : "_", node);
    if (ts.isVariableStatement(node)) return this.#variables(node.declarationList);
    if (ts.isExpressionStatement(node)) return this.#expressionStatement(node.expression);
    if (ts.isReturnStatement(node))
      return context.line(node.expression ? `return ${this.#to.expression(node.expression)}` : "return");
    if (ts.isIfStatement(node)) return this.#if(node);
    if (ts.isForOfStatement(node)) return this.#forOf(node);
    if (ts.isForStatement(node)) return this.#for(node);
    if (ts.isWhileStatement(node)) return this.#while(node.expression, node.statement, () => {});
    if (ts.isBlock(node)) return this.#all(node.statements);
    if (ts.isContinueStatement(node)) {
      this.#steps.at(-1)?.();
      return context.line("continue");
    }
    if (ts.isBreakStatement(node)) return context.line("break");
    if (ts.isSwitchStatement(node)) return this.#switch(node);
    context.refuse(node, `a ${ts.SyntaxKind[node.kind]}`);
  }

  #all(statements: Iterable<ts.Statement>): undefined {
    for (const statement of statements) this.statement(statement);
  }

  #variables(list: ts.VariableDeclarationList): undefined {
    const { names, values } = this.#context;
    for (const declaration of list.declarations) {
      const { name, initializer } = declaration;
      if (!ts.isIdentifier(name)) {
        if (!initializer) this.#context.refuse(declaration, "this declaration");
        const temporary = names.fresh("d");
        this.#context.line(`${temporary} = ${this.#to.expression(initializer)}`);
        destructure(name, temporary, initializer, this.#to);
        continue;
      }
      const isTop = functionAround(declaration) === undefined;
      if (isTop && name.text in this.#atTop && isData(this.#atTop[name.text]))
        this.#context.line(`${names.of(name)} = ${values.data(this.#atTop[name.text])}`);
      else if (initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)))
        this.#function(names.of(name), initializer);
      else {
        const value = initializer ? this.#to.expression(initializer) : "None";
        this.#context.line(`${names.of(name)} = ${value}`);
      }
    }
  }

  #function(name: string, node: ts.FunctionLikeDeclaration): undefined {
    const { names } = this.#context;
    const { parameters, unpack } = this.#parameters(node);
    // JavaScript's functions may take less than they are given; Python's may not.
    if (isGivenToFunction(node) && !parameters.some((each) => each.startsWith("*"))) parameters.push("*_");
    this.#context.line(`def ${name}(${parameters.join(", ")}):`);
    const steps = this.#steps;
    this.#steps = [];
    this.#context.block(() => {
      const outer = assignedOutside(node, (identifier) => names.symbolOf(identifier));
      for (const [word, variables] of Object.entries(outer)) {
        const declared = new Set(variables.map((each: ts.Identifier) => names.of(each)));
        if (declared.size > 0) this.#context.line(`${word} ${[...declared].join(", ")}`);
      }
      for (const each of unpack) each();
      if (!node.body) return;
      if (ts.isBlock(node.body)) this.#all(node.body.statements);
      else this.#context.line(`return ${this.#to.expression(node.body)}`);
    });
    this.#steps = steps;
    if (this.#context.isAtTop) this.#context.line("");
  }

  /** Parameters as Python has them, and what the function has to do first to have them as JavaScript does. */
  #parameters(node: ts.FunctionLikeDeclaration): { parameters: string[]; unpack: (() => void)[] } {
    const context = this.#context;
    const parameters: string[] = [];
    const unpack: (() => void)[] = [];
    for (const { name, initializer, dotDotDotToken, questionToken } of node.parameters) {
      if (dotDotDotToken && ts.isIdentifier(name)) {
        const rest = context.names.of(name);
        parameters.push(`*${rest}`);
        unpack.push(() => context.line(`${rest} = list(${rest})`));
      } else if (ts.isIdentifier(name)) {
        const own = context.names.of(name);
        parameters.push(questionToken || initializer ? `${own}=None` : own);
        if (initializer)
          unpack.push(() => {
            const otherwise = this.#to.expression(initializer);
            context.line(`if ${own} is None:`);
            context.block(() => context.line(`${own} = ${otherwise}`));
          });
      } else {
        const temporary = context.names.fresh("p");
        parameters.push(initializer ? `${temporary}=None` : temporary);
        unpack.push(() => {
          if (initializer) context.line(`${temporary} = {} if ${temporary} is None else ${temporary}`);
          destructure(name, temporary, undefined, this.#to);
        });
      }
    }
    return { parameters, unpack };
  }

  #if(node: ts.IfStatement): undefined {
    this.#context.line(`if ${this.#to.condition(node.expression)}:`);
    this.#context.block(() => this.statement(node.thenStatement));
    const other = node.elseStatement;
    if (!other) return;
    this.#context.line("else:");
    this.#context.block(() => this.statement(other));
  }

  #forOf(node: ts.ForOfStatement): undefined {
    const list = node.initializer as ts.VariableDeclarationList;
    const name = list.declarations[0]?.name;
    if (!name) return this.#context.refuse(node, "this loop");
    const over = this.#to.iterated(node.expression);
    const variable = ts.isIdentifier(name) ? this.#context.names.of(name) : this.#context.names.fresh("e");
    this.#context.line(`for ${variable} in ${over}:`);
    this.#steps.push(() => {});
    this.#context.block(() => {
      if (!ts.isIdentifier(name)) destructure(name, variable, undefined, this.#to);
      this.statement(node.statement);
    });
    this.#steps.pop();
  }

  #for({ initializer, condition, incrementor, statement }: ts.ForStatement): undefined {
    if (initializer) {
      if (ts.isVariableDeclarationList(initializer)) this.#variables(initializer);
      else this.#expressionStatement(initializer);
    }
    this.#while(condition, statement, () => {
      if (incrementor) this.#expressionStatement(incrementor);
    });
  }

  /** @param step what is done after each turn, also after one that `continue` ends */
  #while(condition: ts.Expression | undefined, statement: ts.Statement, step: () => void): undefined {
    this.#context.line("while True:");
    this.#steps.push(step);
    this.#context.block(() => {
      if (condition) {
        // Within the loop: what the condition needs written before it is to be done in each turn.
        this.#context.line(`if not ${this.#to.condition(condition)}:`);
        this.#context.block(() => this.#context.line("break"));
      }
      this.statement(statement);
      step();
    });
    this.#steps.pop();
  }

  #switch(node: ts.SwitchStatement): undefined {
    const value = this.#context.names.fresh("s");
    this.#context.line(`${value} = ${this.#to.expression(node.expression)}`);
    let tests: string[] = [];
    let isFirst = true;
    for (const clause of node.caseBlock.clauses) {
      if (ts.isCaseClause(clause)) tests.push(`${value} == ${this.#to.expression(clause.expression)}`);
      else tests.push("True");
      if (clause.statements.length === 0) continue;
      this.#context.line(`${isFirst ? "if" : "elif"} ${tests.join(" or ")}:`);
      this.#context.block(() => this.#all(clause.statements.filter((each) => !ts.isBreakStatement(each))));
      tests = [];
      isFirst = false;
    }
  }

  #expressionStatement(node: ts.Expression): undefined {
    if (ts.isParenthesizedExpression(node) || ts.isVoidExpression(node))
      return this.#expressionStatement(node.expression);
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      const sign = { [ts.SyntaxKind.PlusPlusToken]: "+=", [ts.SyntaxKind.MinusMinusToken]: "-=" }[
        node.operator as number
      ];
      if (sign) return this.#context.line(`${this.#to.expression(node.operand)} ${sign} 1`);
    }
    if (ts.isBinaryExpression(node)) {
      const kind = node.operatorToken.kind;
      if (kind === ts.SyntaxKind.CommaToken) {
        this.#expressionStatement(node.left);
        return this.#expressionStatement(node.right);
      }
      if (kind === ts.SyntaxKind.AmpersandAmpersandToken) {
        this.#context.line(`if ${this.#to.condition(node.left)}:`);
        return this.#context.block(() => this.#expressionStatement(node.right));
      }
      if (isAssignment(kind)) return assign(node, this.#to);
    }
    this.#context.line(this.#to.expression(node));
  }
}

/** Whether a function is an argument of one that the redactor has itself: those of the language are called for as many as it takes. */
function isGivenToFunction(node: ts.FunctionLikeDeclaration): boolean {
  return (
    (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) &&
    ts.isCallExpression(node.parent) &&
    ts.isIdentifier(node.parent.expression)
  );
}
