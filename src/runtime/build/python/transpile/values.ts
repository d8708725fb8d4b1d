import type ts from "typescript";
import { text, wrapped } from "../literal.ts";
import { type CharacterSets, pythonPattern } from "../pattern.ts";

/** Values and patterns of one module as Python's expressions. */
export class Values {
  readonly #sets: CharacterSets;
  readonly #patterns: string[] = [];
  #usesSets = false;

  constructor(sets: CharacterSets) {
    this.#sets = sets;
  }

  /** Lines that come before all others: a pattern that stands within a function is compiled once. */
  get patterns(): readonly string[] {
    return this.#patterns;
  }

  get usesSets(): boolean {
    return this.#usesSets;
  }

  patternLiteral(node: ts.RegularExpressionLiteral): string {
    const [, source = "", flags = ""] = /^\/(.*)\/([a-z]*)$/s.exec(node.text) ?? [];
    const name = `_R${this.#patterns.length + 1}`;
    this.#patterns.push(`${name} = ${this.#pattern(new RegExp(source, flags))}`);
    return name;
  }

  /** A value as it is at the module's top when the module runs. */
  data(value: unknown, indent = ""): string {
    if (value instanceof RegExp) return this.#pattern(value);
    if (value === null || value === undefined) return "None";
    if (typeof value === "boolean") return value ? "True" : "False";
    if (typeof value === "number") return String(value);
    if (typeof value === "string") return text(value, true);
    const inner = `${indent}    `;
    const all = (items: Iterable<unknown>) => [...items].map((item) => this.data(item, inner));
    if (Array.isArray(value)) return wrapped("[", all(value), "]", indent);
    if (value instanceof Set) return value.size === 0 ? "set()" : wrapped("{", all(value), "}", indent);
    const entries = value instanceof Map ? [...value] : Object.entries(value as object);
    const pairs = entries.map(([key, item]) => `${this.data(key, inner)}: ${this.data(item, inner)}`);
    return wrapped("{", pairs, "}", indent);
  }

  #pattern(pattern: RegExp): string {
    const { parts, ignoreCase } = pythonPattern(pattern, this.#sets);
    const source = parts.map((part) => {
      if (typeof part === "string") return rawText(part);
      this.#usesSets = true;
      return `charsets.${part.set}`;
    });
    const flags = [ignoreCase ? "i" : "", pattern.global ? "g" : "", pattern.sticky ? "y" : ""].join("");
    return `js.RegExp(${source.join(" + ") || 'r""'}${flags ? `, ${text(flags)}` : ""})`;
  }
}

/** No function in it, at any depth. */
export function isData(value: unknown): boolean {
  if (typeof value === "function") return false;
  if (typeof value !== "object" || value === null || value instanceof RegExp) return true;
  const inner = value instanceof Set || value instanceof Map ? [...value] : Object.values(value);
  return inner.every(isData);
}

function rawText(source: string): string {
  if (!source.includes('"')) return `r"${source}"`;
  return source.includes("'") ? `r"""${source.replaceAll('"', "\\x22")}"""` : `r'${source}'`;
}
