import type ts from "typescript";
import type { CharacterSets } from "../pattern.ts";
import { type Kind, kindOf } from "./kinds.ts";
import { Names } from "./names.ts";
import { Values } from "./values.ts";

/** What the translation of one module writes into, and what it asks of the module. */
export class ModuleContext {
  readonly source: ts.SourceFile;
  readonly checker: ts.TypeChecker;
  readonly names: Names;
  readonly values: Values;
  readonly #lines: string[] = [];
  #indent = "";

  constructor(source: ts.SourceFile, checker: ts.TypeChecker, sets: CharacterSets) {
    this.source = source;
    this.checker = checker;
    this.names = new Names(source, checker);
    this.values = new Values(sets);
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  get isAtTop(): boolean {
    return this.#indent === "";
  }

  line(text: string): undefined {
    this.#lines.push(text === "" ? "" : this.#indent + text);
  }

  block(write: () => void): undefined {
    const before = this.#lines.length;
    this.#indent += "    ";
    write();
    if (this.#lines.length === before) this.line("pass");
    this.#indent = this.#indent.slice(4);
  }

  kindOf(node: ts.Node): Kind {
    return kindOf(node, this.checker);
  }

  refuse(node: ts.Node, what: string): never {
    const { line } = this.source.getLineAndCharacterOfPosition(node.getStart(this.source));
    throw new Error(
      `${this.source.fileName}:${line + 1}: ${what} has no form in Python here: ${node.getText(this.source).slice(0, 120)}\n` +
        "Write it in another way, or teach it to src/runtime/build/python/transpile.",
    );
  }
}
